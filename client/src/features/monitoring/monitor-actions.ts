import type { Monitor } from '../../../../shared/monitoring/monitor.ts';
import { client } from '../../api/client.ts';
import { queries } from '../../api/queries.ts';
import { readRefusal } from '../../api/refusal.ts';
import { toast } from '../../ui/toast.tsx';

type Named = Pick<Monitor, 'id' | 'name'>;

/** Stops the checks of a monitor; one press undoes it. */
export async function pauseMonitor(monitor: Named): Promise<void> {
  await act(async () => {
    await client.monitors.pause.mutate({ monitorId: monitor.id });
    toast({
      sentence: `${monitor.name} is paused.`,
      action: { label: 'Undo', run: () => void resumeMonitor(monitor) },
    });
  });
}

/** Has a monitor that rests for the plan stay paused once the plan has room for it. */
export async function keepPaused(monitor: Named): Promise<void> {
  await act(async () => {
    await client.monitors.pause.mutate({ monitorId: monitor.id });
    toast({ sentence: `${monitor.name} stays paused until you resume it.` });
  });
}

/** Takes the checks up again; the first one is made at once. */
export async function resumeMonitor(monitor: Named): Promise<void> {
  await act(async () => {
    await client.monitors.resume.mutate({ monitorId: monitor.id });
    toast({ sentence: `${monitor.name} is being checked again.` });
  });
}

/** Has a monitor checked at once, beside its schedule. The result arrives live. */
export async function checkMonitorNow(monitor: Named): Promise<void> {
  await act(async () => {
    await client.monitors.checkNow.mutate({ monitorId: monitor.id });
    toast({ sentence: `${monitor.name} is being checked now.` });
  });
}

/** Makes a paused copy; `open` is called when the person wants to see it. */
export async function duplicateMonitor(monitor: Named, open: (monitorId: string) => void): Promise<void> {
  await act(async () => {
    const copy = await client.monitors.duplicate.mutate({ monitorId: monitor.id });
    toast({
      sentence: `${copy.name} was made. It is paused until you resume it.`,
      action: { label: 'Open', run: () => open(copy.id) },
    });
  });
}

/** Deletes a monitor and all that was found out about it. Ask first. @returns whether it is gone */
export async function removeMonitor(monitor: Named): Promise<boolean> {
  return act(async () => {
    await client.monitors.remove.mutate({ monitorId: monitor.id });
    toast({ sentence: `${monitor.name} was deleted.` });
  });
}

/** Does something on the server, says so when that fails, and has what is shown asked for again either way. */
async function act(work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    toast({ tone: 'problem', sentence: readRefusal(error).sentence });
    return false;
  } finally {
    await queries.monitors.invalidate();
  }
}
