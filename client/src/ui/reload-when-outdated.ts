/** When the page was last reloaded for this reason; a reload that did not help is not tried again at once. */
const STORED = 'reloaded-at';
const NOT_AGAIN_MS = 30_000;

/**
 * A page that was opened before a new version was deployed asks for files that are no longer there. Loading it anew brings
 * the new version. Offline that would only lose what is on the screen.
 */
export function reloadWhenOutdated(): void {
  addEventListener('vite:preloadError', (event) => {
    if (!navigator.onLine || !mayReload()) return;
    event.preventDefault();
    location.reload();
  });
}

function mayReload(): boolean {
  try {
    const last = Number(sessionStorage.getItem(STORED) ?? 0);
    if (Date.now() - last < NOT_AGAIN_MS) return false;
    sessionStorage.setItem(STORED, String(Date.now()));
    return true;
  } catch {
    // Nothing can be remembered, so nothing would stop it from going round.
    return false;
  }
}
