import { Show } from 'solid-js';
import { breachOfPlan, type PlanName } from '../../../../../shared/billing/plans.ts';
import { Notice } from '../../../ui/notice.tsx';

/** Says that the plan is full before anyone tries to add one more. */
export function PlanNotice(props: { plan: PlanName; monitors: number }) {
  const breach = () =>
    breachOfPlan(props.plan, { monitorsBefore: props.monitors, intervalSeconds: 86_400, regions: 1 });
  return (
    <Show when={breach()}>
      {(full) => (
        <div class="mt-4">
          <Notice tone="neutral">{full().sentence}</Notice>
        </div>
      )}
    </Show>
  );
}
