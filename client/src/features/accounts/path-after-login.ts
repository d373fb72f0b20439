/** Where to go once signed in: the page that was asked for, when it is one of ours, else the dashboard. */
export function pathAfterLogin(next: string | string[] | undefined): string {
  const path = Array.isArray(next) ? next[0] : next;
  // "//host" and "/\host" are addresses of other hosts to a browser.
  return path !== undefined && /^\/(?![/\\])/.test(path) ? path : '/dashboard';
}
