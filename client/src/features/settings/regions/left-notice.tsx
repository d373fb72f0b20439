import { A } from '@solidjs/router';
import X from 'lucide-solid/icons/x';
import { For, Show } from 'solid-js';
import type { LeftRegion } from '../../../../../shared/monitoring/region-status.ts';
import { Button } from '../../../ui/button.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { leftSentence } from './region-words.ts';

/** More names than this say less than their number. */
const NAMED = 8;

/** What came of leaving a region, until it is dismissed: who lost it, and by name who kept it. */
export function LeftNotice(props: { region: string; result: LeftRegion; onDismiss: () => void }) {
  const named = () => props.result.kept.slice(0, NAMED);
  const unnamed = () => props.result.kept.length - named().length;
  return (
    <div class="mt-4">
      <Notice
        tone="success"
        action={
          <Button variant="ghost" size="small" square aria-label="Dismiss" onClick={() => props.onDismiss()}>
            <X class="size-4" aria-hidden="true" />
          </Button>
        }
      >
        {leftSentence(props.region, props.result)}
        <Show when={named().length > 0}>
          <ul class="mt-1.5 flex flex-wrap gap-x-3 gap-y-1">
            <For each={named()}>
              {(monitor) => (
                <li class="min-w-0">
                  <A
                    href={`/monitors/${monitor.id}`}
                    class="rounded-4 break-words text-accent-text underline"
                  >
                    {monitor.name}
                  </A>
                </li>
              )}
            </For>
            <Show when={unnamed() > 0}>
              <li>and {unnamed().toLocaleString('en')} more</li>
            </Show>
          </ul>
        </Show>
      </Notice>
    </div>
  );
}
