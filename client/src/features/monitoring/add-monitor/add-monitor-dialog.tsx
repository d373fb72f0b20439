import { Show } from 'solid-js';
import { breachOfPlan, PLANS } from '../../../../../shared/billing/plans.ts';
import { queries } from '../../../api/queries.ts';
import { useQuery } from '../../../api/use-query.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog, DialogBody, DialogFooter } from '../../../ui/dialog.tsx';
import { useMe } from '../../../ui/shell/me.ts';
import { WayToPro } from '../../billing/way-to-pro.tsx';
import { AddMonitorForm } from './add-monitor-form.tsx';
import { useAddMonitor } from './use-add-monitor.ts';

/** Adds a monitor with one field, or with every setting; says so instead when the plan is full. */
export default function AddMonitorDialog(props: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const me = useMe();
  const plan = () => me().tenant?.plan ?? 'free';
  const summary = useQuery(() => queries.monitors.summary.queryOptions());
  // Made here, outside what closes: what was typed is still there when the dialog is opened again.
  const adding = useAddMonitor({ plan, onAdded: () => props.onOpenChange(false) });
  const breach = () =>
    breachOfPlan(plan(), {
      monitorsBefore: summary.data?.total ?? 0,
      intervalSeconds: 86_400,
      regions: 1,
    });

  return (
    <Show
      when={breach()}
      fallback={
        <Dialog
          open={props.open}
          onOpenChange={props.onOpenChange}
          title="Add monitor"
          size={adding.more() ? 'large' : 'medium'}
        >
          <AddMonitorForm adding={adding} plan={plan()} />
        </Dialog>
      }
    >
      {(full) => (
        <Dialog
          open={props.open}
          onOpenChange={props.onOpenChange}
          title={`All ${full().limit} monitors of the ${PLANS[plan()].title} plan are in use`}
          size="small"
        >
          <DialogBody>
            <p class="text-14 text-muted text-pretty">{full().sentence}</p>
          </DialogBody>
          <DialogFooter start={<WayToPro class="text-14" onGo={() => props.onOpenChange(false)} />}>
            <Button variant="primary" onClick={() => props.onOpenChange(false)}>
              Close
            </Button>
          </DialogFooter>
        </Dialog>
      )}
    </Show>
  );
}
