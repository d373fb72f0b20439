/** What a monitor is called when nobody names it: host, port, and path where there is one. Empty for what is no URL. */
export function nameFromTarget(target: string): string {
  if (!URL.canParse(target)) return '';
  const { host, pathname } = new URL(target);
  return `${host}${pathname === '/' ? '' : pathname}`.slice(0, 120);
}
