import { createUniqueId, Show } from 'solid-js';
import type { RegionStatus } from '../../../../../shared/monitoring/region-status.ts';
import { Button } from '../../../ui/button.tsx';
import { Ago } from '../../../ui/time/ago.tsx';
import { RegionConditionMark } from '../../monitoring/region-condition.tsx';
import { ProberTable } from './prober-table.tsx';
import { conditionSentence, monitorsSentence } from './region-words.ts';

/** One region: how it does, what that means, which monitors are checked from there, and its probers. */
export function RegionCard(props: { region: RegionStatus; mayLeave: boolean; onLeave: () => void }) {
  const headingId = createUniqueId();
  const region = () => props.region;
  return (
    <li>
      <article
        aria-labelledby={headingId}
        class="@container overflow-hidden rounded-8 border border-line bg-surface"
      >
        <div class="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 px-4 py-3.5">
          <div class="min-w-0 flex-1 basis-72">
            <div class="flex flex-wrap items-center gap-x-3 gap-y-1">
              <h3 id={headingId} class="mono text-14 font-semibold break-words">
                {region().name}
              </h3>
              <RegionConditionMark condition={region().condition} />
              <Show when={region().condition === 'silent'}>
                <span class="text-13 text-muted">
                  last heard <Ago at={region().lastSeenAt} />
                </span>
              </Show>
            </div>
            <p class="mt-1 text-13 text-muted text-pretty">{conditionSentence(region())}</p>
            <p class="mt-0.5 text-13 text-muted text-pretty figures">{monitorsSentence(region())}</p>
          </div>
          <Show when={props.mayLeave && region().monitors > region().onlyHere}>
            <Button size="small" onClick={() => props.onLeave()}>
              Stop checking from this region
            </Button>
          </Show>
        </div>
        <ProberTable region={region()} />
      </article>
    </li>
  );
}
