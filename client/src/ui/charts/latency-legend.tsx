import { For, type JSX } from 'solid-js';
import { formatLatency } from '../time/duration.ts';
import { formatPhase, PHASES } from './phases.ts';
import type { StepSummary } from './stack-phases.ts';

const COUNT = new Intl.NumberFormat('en-GB');

/**
 * What the chart shows at the crosshair, or over all of what is in view. Every figure has its place, so that nothing
 * moves while the crosshair does.
 */
export function LatencyLegend(props: { step: StepSummary }) {
  const latency = (value: number | null | undefined) => (value == null ? '–' : formatLatency(value));
  return (
    <dl class="figures mt-2 mb-3 grid grid-cols-4 gap-x-2 gap-y-2 text-13 lg:grid-cols-8">
      <For each={PHASES}>
        {(phase) => (
          <Figure
            name={phase.label}
            mark={<span class={`size-2 shrink-0 rounded-[2px] ${phase.ground}`} aria-hidden="true" />}
          >
            {formatPhase(props.step.phases?.[phase.key])}
          </Figure>
        )}
      </For>
      <Figure name="Total">
        <span class="font-medium">{latency(props.step.totalMs)}</span>
      </Figure>
      <Figure
        name={<abbr title="95th percentile">p95</abbr>}
        mark={<span class="h-px w-2 shrink-0 bg-muted" aria-hidden="true" />}
      >
        {latency(props.step.p95Ms)}
      </Figure>
      <Figure name="Failed">
        <span class={props.step.down > 0 ? 'font-medium text-down-text' : ''}>
          {props.step.checks === 0
            ? '–'
            : `${COUNT.format(props.step.down)} of ${COUNT.format(props.step.checks)}`}
        </span>
      </Figure>
    </dl>
  );
}

function Figure(props: { name: JSX.Element; mark?: JSX.Element; children: JSX.Element }) {
  return (
    <div class="min-w-0 whitespace-nowrap">
      <dt class="flex items-center gap-1 text-12 text-muted [&_abbr]:no-underline">
        {props.mark}
        {props.name}
      </dt>
      <dd>{props.children}</dd>
    </div>
  );
}
