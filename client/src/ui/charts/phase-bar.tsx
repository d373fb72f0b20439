import { createMemo, For } from 'solid-js';
import type { Timings } from '../../../../shared/checks/check-result.ts';
import { formatLatency } from '../time/duration.ts';
import { phaseSpans } from './phase-spans.ts';
import { formatPhase, PHASES } from './phases.ts';

/** The phases of one check as one small bar, on a scale that it shares with its neighbours. Decoration: the total stands beside it. */
export function PhaseBar(props: { timings: Timings; scaleMs: number }) {
  const spans = createMemo(() => phaseSpans(props.timings, props.scaleMs));
  return (
    <svg width="100%" height="6" class="block rounded-[2px]" aria-hidden="true">
      <For each={spans()}>
        {(span) => <rect x={`${span.start}%`} width={`${span.width}%`} height="6" class={span.fill} />}
      </For>
    </svg>
  );
}

/** The phases of one check under each other, each where it began: what took the time is seen at a glance. */
export function PhaseWaterfall(props: { timings: Timings }) {
  const spans = createMemo(() => phaseSpans(props.timings, props.timings.totalMs));
  const spanOf = (key: string) => spans().find((span) => span.key === key);
  return (
    <table class="w-full max-w-xl self-start text-13" aria-label="Phases of this check">
      <thead class="sr-only">
        <tr>
          <th scope="col">Phase</th>
          <th scope="col">When</th>
          <th scope="col">Took</th>
        </tr>
      </thead>
      <tbody>
        <For each={PHASES}>
          {(phase) => (
            <tr>
              <th scope="row" class="w-24 py-0.5 text-left font-normal text-muted">
                {phase.label}
              </th>
              <td class="py-0.5 pr-3">
                <svg width="100%" height="10" class="block rounded-[2px] bg-sunken" aria-hidden="true">
                  <rect
                    x={`${spanOf(phase.key)?.start ?? 0}%`}
                    width={`${spanOf(phase.key)?.width ?? 0}%`}
                    height="10"
                    rx="2"
                    class={phase.fill}
                  />
                </svg>
              </td>
              <td class="figures w-16 py-0.5 text-right whitespace-nowrap">
                {formatPhase(props.timings[phase.key])}
              </td>
            </tr>
          )}
        </For>
        <tr>
          <th scope="row" class="pt-1 text-left font-medium">
            Total
          </th>
          <td />
          <td class="figures pt-1 text-right font-medium whitespace-nowrap">
            {formatLatency(props.timings.totalMs)}
          </td>
        </tr>
      </tbody>
    </table>
  );
}
