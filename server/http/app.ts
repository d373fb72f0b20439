import { trpcServer } from '@hono/trpc-server';
import { Hono } from 'hono';
import { compress } from 'hono/compress';
import type { Services } from '../compose.ts';
import { checkReadiness } from '../domains/operations/check-readiness.ts';
import { createContext } from '../trpc/context.ts';
import { answerOf } from '../trpc/error-data.ts';
import { appRouter } from '../trpc/router.ts';
import { answerCookies } from './answer-cookies.ts';
import { limitBatch, limitBody, MAX_BATCH } from './api-guards.ts';
import { auditCsv } from './audit-csv.ts';
import { createClientAddress } from './client-address.ts';
import { serveClient } from './client-files.ts';
import { mountDevMailbox } from './dev-mailbox.ts';
import { keepHandoverToItself, mountHandover } from './handover.ts';
import { databaseAnswers } from './health.ts';
import { createHosts } from './hosts.ts';
import { createMetrics } from './metrics.ts';
import { leadToOwnAddress } from './own-address.ts';
import { type HttpEnv, requestLog } from './request-log.ts';
import { securityHeaders } from './security-headers.ts';
import { mountStripeWebhook } from './stripe-webhook.ts';

/** Every route there is, and the order in which a request passes through what guards it. */
export function createApp(services: Services): Hono<HttpEnv> {
  const { config } = services;
  const hosts = createHosts(config);
  const metrics = createMetrics(services);
  const app = new Hono<HttpEnv>();

  app.use(
    requestLog({
      log: services.log,
      hosts,
      clientAddress: createClientAddress(config.trustedProxies),
      metrics,
    }),
  );
  app.use('/auth/*', keepHandoverToItself);
  // Before the headers of every other answer: what it shows takes headers of its own.
  mountDevMailbox(app, services);
  app.use(securityHeaders(config));

  app.get('/health', async (c) =>
    c.json({ status: 'ok', database: (await databaseAnswers(services.pools.app)) ? 'ok' : 'away' }),
  );
  app.get('/health/ready', async (c) => {
    const parts = await checkReadiness({
      system: services.pools.system,
      migrations: services.migrations,
      jobsRunning: services.jobsRunning,
    });
    const ready = Object.values(parts).every((part) => part === 'ok');
    return c.json({ status: ready ? 'ready' : 'not_ready', ...parts }, ready ? 200 : 503);
  });
  app.get('/metrics', async (c) => {
    const { contentType, body } = await metrics.render();
    return c.body(body, 200, { 'Content-Type': contentType });
  });

  // Before whatever reads bodies.
  mountStripeWebhook(app, services);
  app.use('/trpc/*', answerCookies, limitBody, limitBatch, compress());
  app.use(
    '/trpc/*',
    trpcServer({
      endpoint: '/trpc',
      router: appRouter,
      maxBatchSize: MAX_BATCH,
      createContext: (_options, c) => {
        const { facts, log, cookies } = (c as typeof c & { var: HttpEnv['Variables'] }).var; // set by requestLog and answerCookies, above
        return createContext(services, facts, log, {
          setCookie: (cookie) => cookies.push(cookie),
          belongsTo: (tenantId) => c.set('tenantId', tenantId),
        });
      },
      responseMeta: ({ errors, info }) => {
        const headers = new Headers({ 'Cache-Control': 'no-store' });
        const waits = errors.flatMap((error) => answerOf(error).data.retryAfterSeconds ?? []);
        // Of a batch the longest: by then all of it may be tried again.
        if (waits.length > 0) headers.set('Retry-After', String(Math.max(...waits)));
        const [error] = errors;
        return error === undefined || info?.isBatchCall
          ? { headers }
          : { headers, status: answerOf(error).status };
      },
      onError: ({ error, path, ctx }) => {
        const { status } = answerOf(error);
        if (status < 500) return;
        const log = (ctx as { log?: Services['log'] } | undefined)?.log ?? services.log; // tRPC types it away
        log.error({ event: 'api.failed', path, err: error.cause ?? error }, 'procedure failed');
      },
    }),
  );

  mountHandover(app, services);
  app.use(leadToOwnAddress(hosts, config.publicUrl));
  app.use(compress());
  app.get('/audit.csv', answerCookies, auditCsv(services));
  serveClient(app);
  app.onError((error, c) => {
    services.log.error({ event: 'http.failed', requestId: c.get('facts')?.id, err: error }, 'request failed');
    return c.text('Something went wrong on our side. Try again in a moment.', 500);
  });
  return app;
}
