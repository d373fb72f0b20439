import { randomUUID } from 'node:crypto';
import { getConnInfo } from '@hono/node-server/conninfo';
import { createMiddleware } from 'hono/factory';
import type { Logger } from '../log.ts';
import type { RequestFacts } from '../trpc/context.ts';
import type { ClientAddress } from './client-address.ts';
import type { Hosts } from './hosts.ts';
import type { HttpMetrics } from './metrics.ts';

export type HttpEnv = {
  Variables: {
    facts: RequestFacts;
    log: Logger;
    /** What `Set-Cookie` will say; `answerCookies` sends them. */
    cookies: string[];
    /** Set when the API learned which organization the request is for. */
    tenantId?: string;
  };
};

/** Gives each request an id, reads what it brings, and writes one line and one measurement when it is answered. */
export function requestLog(options: {
  log: Logger;
  hosts: Hosts;
  clientAddress: ClientAddress;
  metrics: HttpMetrics;
}) {
  return createMiddleware<HttpEnv>(async (c, next) => {
    const startedAt = performance.now();
    const given = c.req.header('x-request-id');
    const id = given !== undefined && /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
    const facts: RequestFacts = {
      id,
      ipAddress: options.clientAddress(getConnInfo(c).remote.address, c.req.header('x-forwarded-for')),
      userAgent: c.req.header('user-agent')?.slice(0, 300) ?? null,
      cookieHeader: c.req.header('cookie') ?? '',
      byKey: c.req.header('authorization')?.startsWith('Bearer ') === true,
      fromOurPage: options.hosts.isOurPage({
        origin: c.req.header('origin'),
        fetchSite: c.req.header('sec-fetch-site'),
        host: c.req.header('host'),
      }),
      hostSlug: options.hosts.slugOf(c.req.header('host')),
      // An EventSource sends no headers of its own.
      pageTenantId: c.req.header('x-statuswatch-organization') ?? c.req.query('organization') ?? null,
    };
    const log = options.log.child({ requestId: id });
    c.set('facts', facts);
    c.set('log', log);
    await next();
    c.header('X-Request-Id', id);
    const durationMs = performance.now() - startedAt;
    const route = c.req.path.startsWith('/trpc/') ? c.req.path : routeOf(c.req.path);
    options.metrics.observe(
      c.req.method,
      route.startsWith('/trpc/') ? '/trpc' : route,
      c.res.status,
      durationMs / 1000,
    );
    const line = {
      event: 'http.request',
      method: c.req.method,
      path: route,
      status: c.res.status,
      durationMs: Math.round(durationMs * 10) / 10,
      tenantId: c.get('tenantId'),
    };
    log[levelOf(route, c.res.status)](line, 'request');
  });
}

/** What is asked every few seconds, or comes along with every page, is only told on request. */
function levelOf(route: string, status: number): 'debug' | 'info' | 'warn' | 'error' {
  // "Not ready" is an answer, and it is asked for again and again.
  if (route === '/health') return status >= 500 ? 'warn' : 'debug';
  if (status >= 500) return 'error';
  return route === '/metrics' || route === '/static' ? 'debug' : 'info';
}

/** The few routes there are, so that neither metrics nor logs grow with what people type into the address bar. */
function routeOf(path: string): string {
  if (path.startsWith('/health')) return '/health';
  if (path === '/metrics' || path === '/audit.csv' || path === '/webhooks/stripe') return path;
  if (path.startsWith('/assets/')) return '/static';
  if (path === '/auth/handover' || path === '/auth/handover/confirm') return path;
  return '/app';
}
