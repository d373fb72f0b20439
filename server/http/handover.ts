import type { Context, Hono, MiddlewareHandler } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import * as v from 'valibot';
import { slugSchema } from '../../shared/tenancy/slug.ts';
import type { Services } from '../compose.ts';
import { arriveByHandover } from '../domains/tenancy/handover-arrive.ts';
import { confirmHandover } from '../domains/tenancy/handover-confirm.ts';
import { hashHandoverSecret } from '../domains/tenancy/hash-handover-secret.ts';
import { newHandoverSecret } from '../domains/tenancy/new-handover-secret.ts';
import { hostOrigin } from '../host-origin.ts';
import type { HttpEnv } from './request-log.ts';

const ARRIVE = '/auth/handover';
const CONFIRM = '/auth/handover/confirm';
/** Where the login page says that the way is closed, and how to go on. */
const CLOSED = '/login?handover=closed';

const NONCE_SECONDS = 60;

const secretSchema = v.pipe(v.string(), v.regex(/^[\w-]{43}$/));
const hashSchema = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

/** The addresses carry codes: nobody keeps these answers, or tells the next page where it was come from. Outside `securityHeaders`, which says less. */
export const keepHandoverToItself: MiddlewareHandler = async (c, next) => {
  await next();
  c.header('Referrer-Policy', 'no-referrer');
  c.header('Cache-Control', 'no-store');
};

/**
 * How a person who is signed in at one host comes to another, whose cookies are its own (docs/decisions/0010-handover.md):
 * the other host marks the browser, the one that asked stands for it, and the other lets it in.
 */
export function mountHandover(app: Hono<HttpEnv>, services: Services): void {
  const { config } = services;
  const secure = config.secureCookies;
  // What one browser is known by at this host while it is on its way. With `__Host-` no other host can have set it.
  const nonceCookie = secure ? '__Host-statuswatch_handover' : 'statuswatch_handover';
  const refuse = (c: Context<HttpEnv>) => {
    const { ipAddress } = c.get('facts');
    c.get('log').warn({ event: 'security.handover_refused', ipAddress }, 'handover refused');
    return c.redirect(CLOSED);
  };

  app.get(ARRIVE, async (c) => {
    const { hostSlug, cookieHeader, ipAddress, userAgent } = c.get('facts');
    const query = v.safeParse(v.object({ code: secretSchema, from: v.optional(slugSchema) }), c.req.query());
    if (!query.success || hostSlug === null) return refuse(c);
    const { code, from } = query.output;
    const nonce = getCookie(c, nonceCookie) ?? null;
    const visit = { code, hostSlug, nonce, cookieHeader, ipAddress, userAgent };
    const arrival = await arriveByHandover(services, visit);
    switch (arrival.step) {
      case 'show_browser': {
        const fresh = newHandoverSecret();
        const attributes = { path: '/', httpOnly: true, secure, sameSite: 'Lax' } as const;
        setCookie(c, nonceCookie, fresh, { ...attributes, maxAge: NONCE_SECONDS });
        const shown = new URLSearchParams({ code, browser: hashHandoverSecret(fresh) });
        return c.redirect(`${hostOrigin(config, from ?? null)}${CONFIRM}?${shown}`);
      }
      case 'signed_in':
        c.set('tenantId', arrival.tenantId);
        c.get('log').info({ event: 'security.handed_over', userId: arrival.userId }, 'handover');
        deleteCookie(c, nonceCookie, { path: '/', secure });
        c.header('Set-Cookie', arrival.setCookie, { append: true });
        return c.redirect('/dashboard');
      case 'refused':
        return refuse(c);
      default:
        return arrival satisfies never;
    }
  });

  app.get(CONFIRM, async (c) => {
    const query = v.safeParse(v.object({ code: secretSchema, browser: hashSchema }), c.req.query());
    if (!query.success) return refuse(c);
    const { code, browser } = query.output;
    const { cookieHeader, ipAddress } = c.get('facts');
    const visit = { code, browserHash: browser, cookieHeader, ipAddress };
    const slug = await confirmHandover(services, visit);
    if (slug === null) return refuse(c);
    return c.redirect(`${hostOrigin(config, slug)}${ARRIVE}?${new URLSearchParams({ code })}`);
  });
}
