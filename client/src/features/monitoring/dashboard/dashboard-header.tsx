import Plus from 'lucide-solid/icons/plus';
import { Show } from 'solid-js';
import { breachOfPlan, type PlanName } from '../../../../../shared/billing/plans.ts';
import type { MonitorSummary } from '../../../../../shared/monitoring/monitor.ts';
import { Button } from '../../../ui/button.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { WayToPro } from '../../billing/way-to-pro.tsx';
import { loadAddMonitorAhead, setAddMonitorOpen } from '../add-monitor/add-monitor-open.ts';
import { overPlanSentence } from '../over-plan.ts';

/** Title and the way to add one more, with how much of the plan is used, and what to do when all of it is. */
export function DashboardHeader(props: {
  plan: PlanName;
  summary: MonitorSummary | undefined;
  mayChange: boolean;
}) {
  const breach = () =>
    breachOfPlan(props.plan, {
      monitorsBefore: props.summary?.total ?? 0,
      intervalSeconds: Number.POSITIVE_INFINITY,
      regions: 0,
    });
  return (
    <>
      <header class="flex min-h-8 items-center gap-3">
        <h1 class="text-20 font-semibold">Monitors</h1>
        <div class="flex-1" />
        <Show when={props.mayChange}>
          <Show when={props.summary?.limit}>
            {(limit) => (
              <span class="text-13 text-muted figures">
                {props.summary?.total} of {limit()} used
              </span>
            )}
          </Show>
          {/* An empty list has a button of its own. */}
          <Show when={props.summary?.total !== 0}>
            <Button
              variant={breach() === null ? 'primary' : 'secondary'}
              onPointerEnter={loadAddMonitorAhead}
              onClick={() => setAddMonitorOpen(true)}
              aria-keyshortcuts="n"
            >
              <Plus class="size-4" aria-hidden="true" />
              Add monitor
            </Button>
          </Show>
        </Show>
      </header>
      {/* That some are not checked concerns everybody; that there is no room for more, those who may add some. */}
      <Show
        when={
          overPlanSentence(props.plan, props.summary?.total ?? 0) ?? (props.mayChange && breach()?.sentence)
        }
      >
        {(sentence) => (
          <div class="mt-4">
            <Notice tone="neutral" action={<WayToPro class="my-1" />}>
              {sentence()}
            </Notice>
          </div>
        )}
      </Show>
    </>
  );
}
