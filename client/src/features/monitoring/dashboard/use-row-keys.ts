import type { MonitorListItem } from '../../../../../shared/monitoring/monitor.ts';
import { useShortcuts } from '../../../ui/shortcuts/shortcuts.ts';
import { checkMonitorNow, pauseMonitor, resumeMonitor } from '../monitor-actions.ts';
import { ROW_LINK } from './monitor-cells.tsx';

/** j and k walk through the list, Enter opens (the rows are links), c and p act on the row that has the focus. */
export function useRowKeys(list: {
  body: () => HTMLElement | undefined;
  monitorOf: (id: string) => MonitorListItem | undefined;
  mayChange: () => boolean;
}): void {
  const links = () => [...(list.body()?.querySelectorAll<HTMLElement>(`[${ROW_LINK}]`) ?? [])];
  const step = (by: 1 | -1) => {
    const all = links();
    const row = document.activeElement?.closest('tr');
    const at = all.findIndex((link) => link.closest('tr') === row);
    const next = at === -1 ? (by === 1 ? 0 : all.length - 1) : at + by;
    all[next]?.focus();
    all[next]?.scrollIntoView({ block: 'nearest' });
  };
  const onFocused = (act: (monitor: MonitorListItem) => void) => () => {
    const row = document.activeElement?.closest('tr');
    const id = row?.querySelector(`[${ROW_LINK}]`)?.getAttribute(ROW_LINK);
    const monitor = id ? list.monitorOf(id) : undefined;
    if (monitor !== undefined) act(monitor);
  };
  useShortcuts([
    { keys: 'j', label: 'Next monitor; Enter opens it', run: () => step(1) },
    { keys: 'k', label: 'Previous monitor', run: () => step(-1) },
  ]);
  useShortcuts(
    list.mayChange()
      ? [
          {
            keys: 'c',
            label: 'Check the chosen monitor now',
            run: onFocused((monitor) => {
              if (monitor.state !== 'paused') void checkMonitorNow(monitor);
            }),
          },
          {
            keys: 'p',
            label: 'Pause or resume the chosen monitor',
            run: onFocused((monitor) => {
              void (monitor.state === 'paused' ? resumeMonitor(monitor) : pauseMonitor(monitor));
            }),
          },
        ]
      : [],
  );
}
