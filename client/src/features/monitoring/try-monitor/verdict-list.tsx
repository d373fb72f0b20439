import CircleCheck from 'lucide-solid/icons/circle-check';
import CircleX from 'lucide-solid/icons/circle-x';
import { For, Show } from 'solid-js';
import type { Verdict } from '../../../../../shared/monitoring/try-monitor.ts';

/** Each assertion with what it found: every one of them, and not only the first that failed. */
export function VerdictList(props: { verdicts: readonly Verdict[] }) {
  return (
    <ul aria-label="Assertions" class="flex flex-col gap-1.5 text-13">
      <For each={props.verdicts}>
        {(verdict) => (
          <li class="flex items-start gap-2">
            <span class="flex h-5 items-center" aria-hidden="true">
              <Show when={verdict.passed} fallback={<CircleX class="size-4 text-down-text" />}>
                <CircleCheck class="size-4 text-muted" />
              </Show>
            </span>
            <span class="sr-only">{verdict.passed ? 'Holds:' : 'Does not hold:'}</span>
            <span class="min-w-0 break-words" classList={{ 'text-down-text': !verdict.passed }}>
              {verdict.sentence}
            </span>
          </li>
        )}
      </For>
    </ul>
  );
}
