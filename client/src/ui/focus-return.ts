/**
 * Gives the focus back to what opened a dialog: Kobalte knows only a trigger of its own, and ours are opened by keys and
 * menus, too. What was chosen in a menu gives it back to the menu's button.
 */
export function createFocusReturn(onOpen?: (event: Event) => void) {
  let opener: HTMLElement | null = null;
  return {
    onOpenAutoFocus: (event: Event) => {
      opener = openerOf(document.activeElement);
      onOpen?.(event);
    },
    onCloseAutoFocus: (event: Event) => {
      event.preventDefault();
      if (opener?.isConnected) opener.focus({ preventScroll: true });
    },
  };
}

function openerOf(active: Element | null): HTMLElement | null {
  const button = active?.closest('[role="menu"]')?.getAttribute('aria-labelledby');
  const opener = button ? document.getElementById(button) : active;
  return opener instanceof HTMLElement ? opener : null;
}
