import { once } from 'node:events';
import type { Server } from 'node:http';
import { serve } from '@hono/node-server';
import { compose } from './compose.ts';
import { ConfigError, readConfig } from './config.ts';
import { problemsOfRole } from './database/role-check.ts';
import { findOverdue } from './domains/monitoring/find-overdue.ts';
import { createApp } from './http/app.ts';
import { startWorkers } from './jobs/registry.ts';
import { createLog } from './log.ts';

/** Reads the configuration, composes, starts, and stops when told; nothing else. */
async function run(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLog(config.logLevel, 'server');
  const services = await compose(config, log);

  const problems = (
    await Promise.all([
      problemsOfRole(services.pools.app, 'app'),
      problemsOfRole(services.pools.identity, 'identity'),
      problemsOfRole(services.pools.system, 'system'),
    ])
  ).flat();
  if (problems.length > 0) throw new ConfigError(problems);

  await services.boss.start();
  await startWorkers(services.boss, services, log);
  await findOverdue(services.pools.system, services.boss);

  const app = createApp(services);
  const server = serve({ fetch: app.fetch, port: config.port }) as Server; // HTTP/1.1: no other server was asked for
  await once(server, 'listening');
  log.info(
    { event: 'server.started', port: config.port, publicUrl: config.publicUrl.origin },
    'server started',
  );

  let stopping = false;
  const stop = async (why: string) => {
    if (stopping) return;
    stopping = true;
    log.info({ event: 'server.stopping', why }, 'server stopping');
    const closed = once(server, 'close');
    server.close();
    server.closeIdleConnections();
    // Live streams never end by themselves; pages come back to the next server.
    setTimeout(() => server.closeAllConnections(), 1000).unref();
    await closed;
    await services.close();
    log.info({ event: 'server.stopped' }, 'server stopped');
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal));
  // Started by `npm start`, it goes when its parent goes, however that went.
  if (process.channel) process.on('disconnect', () => void stop('parent gone'));
}

run().catch((error: unknown) => {
  const sentence = error instanceof Error ? error.message : String(error);
  createLog('fatal', 'server').fatal({ event: 'server.failed', err: error }, sentence);
  process.exit(1);
});
