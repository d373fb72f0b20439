import { useQuery } from '@tanstack/solid-query';
import { Show } from 'solid-js';
import type { Monitor } from '../../../../../shared/monitoring/monitor.ts';
import { forSolid } from '../../../api/for-solid.ts';
import { queries } from '../../../api/queries.ts';
import { Ago } from '../../../ui/time/ago.tsx';
import { OutcomeMark } from './outcome-mark.tsx';
import { PageSection } from './page-section.tsx';
import { ResultDetails } from './result-details.tsx';

const WITHIN_DAYS = 7;
const HOUR_MS = 3_600_000;

/**
 * What asks for the newest failure. Older ones are left to the results: to find that a monitor never failed, all that it
 * ever found would have to be read.
 */
export function lastFailureInput(monitorId: string) {
  const thisHourMs = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;
  const from = new Date(thisHourMs - WITHIN_DAYS * 24 * HOUR_MS).toISOString();
  return { monitorId, outcome: 'down' as const, limit: 1, from };
}

/** The newest check that failed, open while the monitor is down: what there is to find out why. */
export function LastFailure(props: { monitor: Monitor }) {
  const failures = useQuery(() => ({
    ...forSolid(queries.results.list.queryOptions(lastFailureInput(props.monitor.id))),
    // Results never change: what the cache holds is shown as it is.
    reconcile: false as const,
    select: undefined,
  }));
  const last = () => (failures.isPending ? undefined : failures.data?.items[0]);
  return (
    <Show when={last()}>
      {(result) => (
        <PageSection
          title="Last failed check"
          aside={<Ago at={result().checkedAt} class="text-13 text-muted" />}
        >
          <details open={props.monitor.state === 'down'} class="group">
            <summary class="-m-4 flex items-start gap-3 rounded-8 p-4 group-open:pb-3">
              <span class="flex h-5 items-center">
                <OutcomeMark outcome={result().outcome} />
              </span>
              <span class="min-w-0 flex-1 break-words">{result().reason}</span>
              <span class="shrink-0 text-13 text-muted group-open:hidden">Show</span>
              <span class="hidden shrink-0 text-13 text-muted group-open:inline">Hide</span>
            </summary>
            <div class="mt-4 border-t border-line pt-4">
              <ResultDetails result={result()} />
            </div>
          </details>
        </PageSection>
      )}
    </Show>
  );
}
