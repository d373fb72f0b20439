import { useNavigate } from '@solidjs/router';
import { type Accessor, createSignal, onCleanup } from 'solid-js';
import type { Monitor } from '../../../../../shared/monitoring/monitor.ts';
import {
  checkMonitorNow,
  duplicateMonitor,
  keepPaused,
  pauseMonitor,
  resumeMonitor,
} from '../monitor-actions.ts';

/** Results are recorded within moments of an answer; after this the button is given back whatever came. */
const LONGEST_RECORDING_MS = 5000;

type Action = 'checkNow' | 'pause' | 'resume' | 'duplicate';

/** What can be done with a monitor from its page, one thing at a time, and what is under way. */
export function useMonitorActions(monitor: Accessor<Monitor>) {
  const navigate = useNavigate();
  const [running, setRunning] = createSignal<Action | null>(null);
  const [checkedBefore, setCheckedBefore] = createSignal<{ at: string | null } | null>(null);
  let giveBack: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(giveBack));

  const run = async (action: Action, work: () => Promise<void>): Promise<void> => {
    if (running() !== null) return;
    setRunning(action);
    try {
      await work();
    } finally {
      setRunning(null);
    }
  };

  return {
    isRunning: (action: Action) => running() === action,
    /** From asking for a check until its result is on the page. */
    isChecking: () => {
      const before = checkedBefore();
      return running() === 'checkNow' || (before !== null && before.at === monitor().lastCheckedAt);
    },
    checkNow: () =>
      run('checkNow', async () => {
        const { lastCheckedAt, timeoutMs } = monitor();
        setCheckedBefore({ at: lastCheckedAt });
        clearTimeout(giveBack);
        giveBack = setTimeout(() => setCheckedBefore(null), timeoutMs + LONGEST_RECORDING_MS);
        await checkMonitorNow(monitor());
      }),
    pause: () => run('pause', () => pauseMonitor(monitor())),
    resume: () => run('resume', () => resumeMonitor(monitor())),
    keepPaused: () => run('pause', () => keepPaused(monitor())),
    duplicate: () =>
      run('duplicate', () => duplicateMonitor(monitor(), (monitorId) => navigate(`/monitors/${monitorId}`))),
  };
}

export type MonitorActions = ReturnType<typeof useMonitorActions>;
