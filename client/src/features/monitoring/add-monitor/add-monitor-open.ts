import { createSignal } from 'solid-js';

/** The dialog that adds a monitor opens from any page: by a button, by `n`, from the command palette. */
export const [addMonitorIsOpen, setAddMonitorOpen] = createSignal(false);
