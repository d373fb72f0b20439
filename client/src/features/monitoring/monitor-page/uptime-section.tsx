import { For, Show } from 'solid-js';
import type { Range, UptimeSummary } from '../../../../../shared/monitoring/history.ts';
import { createHeldError } from '../../../api/held-error.ts';
import { queries } from '../../../api/queries.ts';
import { useQuery } from '../../../api/use-query.ts';
import { formatRatio } from '../../../ui/charts/format-ratio.ts';
import { RANGE_WORDS } from '../../../ui/charts/step-label.ts';
import { UptimeBar } from '../../../ui/charts/uptime-bar.tsx';
import { formatDowntime } from '../../../ui/charts/uptime-days.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Loading, Skeleton } from '../../../ui/skeleton.tsx';
import { PageSection } from './page-section.tsx';

const SHOWN = ['24h', '7d', '30d', '90d'] as const satisfies Range[];
const DAYS = 90;

/** Uptime of four spans, with how much of each was watched, and the last ninety days one by one. */
export function UptimeSection(props: { monitorId: string }) {
  const days = useQuery(() => queries.uptime.days.queryOptions({ monitorId: props.monitorId, days: DAYS }));
  const known = () => days.data;
  const failed = createHeldError(days);
  return (
    <PageSection title="Uptime">
      <dl class="grid grid-cols-2 gap-x-6 gap-y-5 lg:grid-cols-4">
        <For each={SHOWN}>{(range) => <UptimeFigure monitorId={props.monitorId} range={range} />}</For>
      </dl>
      <div class="mt-5 border-t border-line pt-4">
        <Show
          when={known()}
          fallback={
            <Show
              when={failed()}
              fallback={
                <Loading label="Loading the days">
                  <Skeleton class="h-9 w-full" />
                  <Skeleton class="mt-2 h-5 w-full" />
                </Loading>
              }
            >
              <ErrorState error={failed()} onRetry={() => void days.refetch()} busy={days.isFetching} />
            </Show>
          }
        >
          {(shown) => <UptimeBar days={shown()} />}
        </Show>
      </div>
    </PageSection>
  );
}

function UptimeFigure(props: { monitorId: string; range: Range }) {
  const summary = useQuery(() =>
    queries.uptime.summary.queryOptions({ monitorId: props.monitorId, range: props.range }),
  );
  const known = () => summary.data;
  const failed = createHeldError(summary);
  return (
    <div>
      <dt class="text-13 text-muted">Last {RANGE_WORDS[props.range]}</dt>
      <dd class="mt-0.5">
        <Show
          when={known()}
          fallback={
            <Show
              when={failed() === null}
              fallback={<span class="text-13 text-muted">Not known right now</span>}
            >
              <Loading label={`Loading uptime of the last ${RANGE_WORDS[props.range]}`}>
                <Skeleton class="my-1 h-6 w-24" />
                <Skeleton class="mt-2 h-4 w-32" />
              </Loading>
            </Show>
          }
        >
          {(shown) => (
            <>
              <span class="figures block text-20 font-semibold">
                {shown().ratio === null ? '–' : formatRatio(shown().ratio ?? 0)}
              </span>
              <span class="figures block text-13 text-faint">{wordsOf(shown())}</span>
            </>
          )}
        </Show>
      </dd>
    </div>
  );
}

/** What stands under the figure: how long it was down, and how much was watched where that was not everything. */
function wordsOf(summary: UptimeSummary): string {
  if (summary.ratio === null) return 'Not watched';
  const down = summary.downSeconds > 0 ? `Down ${formatDowntime(summary.downSeconds)}` : 'No downtime';
  return summary.coverage < 0.995
    ? `${down}, ${formatRatio(summary.coverage).replace(' ', '\u00a0')} watched`
    : down;
}
