import { For, Show } from 'solid-js';
import { formatLatency } from '../time/duration.ts';
import { PHASES } from './phases.ts';
import type { StepSummary } from './stack-phases.ts';

/** What the chart shows at the crosshair, or over all of what is in view; its places are the same for both. */
export function LatencyLegend(props: { when: string; step: StepSummary }) {
  const latency = (value: number | null | undefined) => (value == null ? '–' : formatLatency(value));
  return (
    <div class="flex flex-wrap items-baseline gap-x-5 gap-y-1.5 text-13">
      <p class="min-w-44 font-medium">{props.when}</p>
      <dl class="figures flex flex-wrap gap-x-4 gap-y-1">
        <For each={PHASES}>
          {(phase) => (
            <div class="flex items-baseline gap-1.5">
              <dt class="flex items-baseline gap-1.5 text-muted">
                <span class={`size-2 self-center rounded-[2px] ${phase.ground}`} aria-hidden="true" />
                {phase.label}
              </dt>
              <dd class="min-w-12">{latency(props.step.phases?.[phase.key])}</dd>
            </div>
          )}
        </For>
        <div class="flex items-baseline gap-1.5">
          <dt class="text-muted">Total</dt>
          <dd class="min-w-12 font-medium">{latency(props.step.totalMs)}</dd>
        </div>
        <div class="flex items-baseline gap-1.5">
          <dt class="flex items-baseline gap-1.5 text-muted">
            <span class="h-px w-2.5 self-center bg-muted" aria-hidden="true" />
            95th percentile
          </dt>
          <dd class="min-w-12">{latency(props.step.p95Ms)}</dd>
        </div>
        <Show when={props.step.down > 0}>
          <div class="flex items-baseline gap-1.5 text-down-text">
            <dt>Failed</dt>
            <dd class="min-w-12">
              {props.step.down} of {props.step.checks}
            </dd>
          </div>
        </Show>
      </dl>
    </div>
  );
}
