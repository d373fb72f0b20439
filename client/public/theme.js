// Runs before the first paint, so that a dark theme never flashes white. It is a file of its own because the content
// security policy allows no inline script. `src/ui/theme/theme.ts` takes over from here.
(() => {
  let choice = null;
  try {
    choice = localStorage.getItem('theme');
  } catch {
    // Storage is blocked: the system's theme it is.
  }
  const dark =
    choice === 'dark' || (choice !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
})();
