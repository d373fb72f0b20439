import type { Context, MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { Hosts } from './hosts.ts';
import { isForwarded } from './is-forwarded.ts';

/** Names and addresses by which a machine speaks to itself. */
const THIS_MACHINE = /^(localhost|127(\.\d+){3}|\[::1\])$/;
/** Says that this browser was led on a moment ago. It comes back only where that led to the very host it came from. */
const LED = 'statuswatch_led';
const LED_SECONDS = 5;

/**
 * Leads a person who opens a page at an address that is none of ours (`http://127.0.0.1:3000`) to the same page at
 * `PUBLIC_URL`: elsewhere it would show, and whatever is sent from it would be refused. Where `PUBLIC_URL` is this machine's own
 * name it leads nobody there who comes from another. Behind a proxy that keeps the host to itself, the address is not seen here,
 * and nobody is led in a circle.
 */
export function leadToOwnAddress(hosts: Hosts, publicUrl: URL): MiddlewareHandler {
  return (c, next) => {
    const host = c.req.header('host') ?? '';
    const isStrange = !hosts.isOurs(host) && URL.canParse(`http://${host}`) && leadsThere(publicUrl, host);
    if (!isStrange || !asksForPage(c) || isForwarded(c) || getCookie(c, LED) !== undefined) return next();
    setCookie(c, LED, '1', { path: '/', maxAge: LED_SECONDS, httpOnly: true, sameSite: 'Lax' });
    c.header('Cache-Control', 'no-store');
    const { pathname, search } = new URL(c.req.url);
    return Promise.resolve(c.redirect(`${publicUrl.origin}${pathname}${search}`));
  };
}

const asksForPage = (c: Context) =>
  c.req.method === 'GET' && c.req.header('accept')?.includes('text/html') === true;

function leadsThere(publicUrl: URL, host: string): boolean {
  return !THIS_MACHINE.test(publicUrl.hostname) || THIS_MACHINE.test(new URL(`http://${host}`).hostname);
}
