import ChevronDown from 'lucide-solid/icons/chevron-down';
import { createSignal, Show } from 'solid-js';
import type { Attempt } from '../../../../../../shared/monitoring/state-change.ts';
import { PhaseBar } from '../../../../ui/charts/phase-bar.tsx';
import { formatDuration, formatLatency } from '../../../../ui/time/duration.ts';
import { clockTime, exactTime } from '../../../../ui/time/relative-time.ts';
import { ExchangeView } from '../../exchange/exchange-view.tsx';
import { OutcomeMark } from '../outcome-mark.tsx';
import { ResultDetails } from '../result-details.tsx';

/** One check that counted: what it found, where, when and how fast; underneath, what it sent and what came back. */
export function AttemptEntry(props: {
  attempt: Attempt;
  /** When the first of them began: how much later this one did stands beside its time. */
  beganAt: string;
  /** One scale for all the small bars. */
  scaleMs: number;
  open: boolean;
}) {
  const attempt = () => props.attempt;
  const [opened, setOpened] = createSignal(props.open);
  const atMs = () => Date.parse(attempt().checkedAt);
  const laterMs = () => atMs() - Date.parse(props.beganAt);
  const address = () => attempt().exchange?.hops.findLast((hop) => hop.address !== null)?.address ?? null;
  const found = () =>
    attempt().reason ?? (attempt().statusCode === null ? 'Answered' : `Status ${attempt().statusCode}`);
  return (
    <li>
      <details
        class="group/attempt"
        open={props.open}
        onToggle={(event) => setOpened(event.currentTarget.open)}
      >
        <summary class="grid grid-cols-[auto_minmax(0,1fr)_auto] gap-x-3 gap-y-1 px-3 py-2.5 hover:bg-hover lg:grid-cols-[6.5rem_minmax(0,1fr)_15rem_auto]">
          <OutcomeMark outcome={attempt().outcome} />
          <span class="min-w-0 break-words max-lg:col-span-3 max-lg:row-start-2">{found()}</span>
          <span class="flex min-w-0 items-center gap-3 max-lg:col-span-3 max-lg:row-start-4">
            <span class="figures w-16 shrink-0 text-13 whitespace-nowrap lg:text-right">
              {formatLatency(attempt().timings.totalMs)}
            </span>
            <span class="min-w-0 flex-1">
              <PhaseBar timings={attempt().timings} scaleMs={props.scaleMs} />
            </span>
          </span>
          <ChevronDown
            class="size-4 self-center text-muted transition-transform group-open/attempt:rotate-180 max-lg:col-start-3 max-lg:row-start-1"
            aria-hidden="true"
          />
          <span class="flex min-w-0 flex-wrap gap-x-2 text-13 text-muted max-lg:col-span-3 max-lg:row-start-3 lg:col-span-2 lg:col-start-2">
            <span class="mono">{attempt().region}</span>
            <span class="figures" title={exactTime(atMs())}>
              {clockTime(atMs())}
              {laterMs() >= 1000 ? `, ${formatDuration(laterMs())} later` : ''}
            </span>
            <Show when={address()}>{(ip) => <span class="mono break-all">{ip()}</span>}</Show>
            <Show when={attempt().verification}>
              <span class="text-faint">verification</span>
            </Show>
          </span>
        </summary>
        <Show when={opened()}>
          <div class="border-t border-line px-3 py-4">
            <ResultDetails result={attempt()} />
            <div class="mt-5">
              <Show
                when={attempt().exchange}
                fallback={
                  <p class="text-13 text-muted">
                    What it sent and got was not kept: it came to nothing, or was recorded later.
                  </p>
                }
              >
                {(record) => <ExchangeView record={record()} />}
              </Show>
            </div>
          </div>
        </Show>
      </details>
    </li>
  );
}
