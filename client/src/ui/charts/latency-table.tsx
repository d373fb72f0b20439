import { createMemo, For } from 'solid-js';
import type { Series } from '../../../../shared/monitoring/history.ts';
import { Cell, HeaderCell, Row } from '../table.tsx';
import { formatLatency } from '../time/duration.ts';
import { formatPhase, PHASES } from './phases.ts';
import { summarizeSteps } from './stack-phases.ts';
import { stepLabel } from './step-label.ts';

/**
 * The same figures as the chart, the newest step first; steps in which nothing was checked are left out. It scrolls both
 * ways in a frame that the keyboard reaches.
 */
export function LatencyTable(props: { series: Series; label: string }) {
  const rows = createMemo(() =>
    props.series.points
      .map((point) => ({ at: Date.parse(point.at) / 1000, ...summarizeSteps([point]) }))
      .filter((row) => row.checks + row.unknown > 0)
      .reverse(),
  );
  const latency = (value: number | null | undefined) => (value == null ? '–' : formatLatency(value));
  return (
    <section
      class="max-h-80 overflow-auto rounded-8 border border-line"
      aria-label={props.label}
      tabindex="0"
    >
      <table class="w-full border-collapse text-left text-14" aria-label={props.label}>
        <thead>
          <tr>
            <HeaderCell>Time</HeaderCell>
            <HeaderCell class="text-right">Total</HeaderCell>
            <For each={PHASES}>{(phase) => <HeaderCell class="text-right">{phase.label}</HeaderCell>}</For>
            <HeaderCell class="text-right">
              <abbr title="95th percentile" class="no-underline">
                p95
              </abbr>
            </HeaderCell>
            <HeaderCell class="text-right">Checks</HeaderCell>
            <HeaderCell class="text-right">Failed</HeaderCell>
          </tr>
        </thead>
        <tbody class="figures">
          <For
            each={rows()}
            fallback={
              <Row>
                <Cell colspan={PHASES.length + 5} class="text-muted">
                  Nothing was checked in this time.
                </Cell>
              </Row>
            }
          >
            {(row) => (
              <Row>
                <Cell class="whitespace-nowrap">{stepLabel(row.at, props.series.stepSeconds)}</Cell>
                <Cell class="text-right font-medium whitespace-nowrap">{latency(row.totalMs)}</Cell>
                <For each={PHASES}>
                  {(phase) => (
                    <Cell class="text-right whitespace-nowrap text-muted">
                      {formatPhase(row.phases?.[phase.key])}
                    </Cell>
                  )}
                </For>
                <Cell class="text-right whitespace-nowrap text-muted">{latency(row.p95Ms)}</Cell>
                <Cell class="text-right">{row.checks}</Cell>
                <Cell class="text-right">{row.down}</Cell>
              </Row>
            )}
          </For>
        </tbody>
      </table>
    </section>
  );
}
