import { createSignal } from 'solid-js';

/** The dialog that adds a monitor opens from any page: by a button, by `n`, from the command palette. */
export const [addMonitorIsOpen, setAddMonitorOpen] = createSignal(false);

/** The dialog's code. */
export const loadAddMonitor = () => import('./add-monitor-dialog.tsx');

/** For a button that is pointed at: what does not arrive is loaded, and missed, when it is pressed. */
export const loadAddMonitorAhead = () => void loadAddMonitor().catch(() => undefined);
