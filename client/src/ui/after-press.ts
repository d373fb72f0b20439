let isPressed = false;

for (const type of ['pointerdown', 'pointerup', 'pointercancel']) {
  addEventListener(type, () => (isPressed = type === 'pointerdown'), { capture: true });
}

/**
 * Runs at once, or, while a pointer is pressed, when it is let go: what moves a button away under a press takes the click from
 * it, and who pressed "Save" would wait for nothing.
 */
export function afterPress(run: () => void): void {
  if (!isPressed) {
    run();
    return;
  }
  const letGo = new AbortController();
  for (const type of ['pointerup', 'pointercancel']) {
    const over = () => {
      letGo.abort();
      // The click itself comes right after.
      setTimeout(run);
    };
    addEventListener(type, over, { signal: letGo.signal });
  }
}
