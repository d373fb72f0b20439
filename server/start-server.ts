import { once } from 'node:events';
import type { Server } from 'node:http';
import { serve } from '@hono/node-server';
import { compose, type Services } from './compose.ts';
import { ConfigError, type ServerConfig } from './config.ts';
import { isDatabaseAway } from './database/is-database-away.ts';
import { problemsOfRole } from './database/role-check.ts';
import { findOverdue } from './domains/monitoring/find-overdue.ts';
import { keepAllSealed } from './domains/monitoring/keep-all-sealed.ts';
import { createApp } from './http/app.ts';
import { startWorkers } from './jobs/registry.ts';
import type { Logger } from './log.ts';
import { requireRows } from './trpc/require-rows.ts';
import { appRouter } from './trpc/router.ts';

export type RunningServer = {
  services: Services;
  port: number;
  /** Answers what is under way, ends live streams after a second, and lets go of the database. */
  stop: () => Promise<void>;
};

/** Live streams never end by themselves; pages come back to the next server. */
const STREAM_GRACE_MS = 1000;

/**
 * Checks the database's roles, starts working jobs, and listens.
 *
 * @throws ConfigError for a role that could walk around row-level security, a database that is away, a port that is taken
 */
export async function startServer(config: ServerConfig, log: Logger): Promise<RunningServer> {
  requireRows(Object.keys(appRouter._def.procedures));
  const services = await compose(config, log);
  try {
    await refuseUnsafeRoles(services);
    await services.boss.start();
    await startWorkers(services.boss, services, log);
    await findOverdue(services.pools.system, services.boss);
    await keepAllSealed(services.pools.system, services.boss);
    const server = await listen(services);
    return { services, port: config.port, stop: () => stop(server, services) };
  } catch (error) {
    await services.close();
    if (!isDatabaseAway(error)) throw error;
    const { host } = new URL(config.databaseUrls.app);
    throw new ConfigError(
      [`The database at ${host} does not answer. Start it, or mend DATABASE_URL and its companions.`],
      { cause: error },
    );
  }
}

async function refuseUnsafeRoles({ pools }: Services): Promise<void> {
  const problems = await Promise.all([
    problemsOfRole(pools.app, 'app'),
    problemsOfRole(pools.identity, 'identity'),
    problemsOfRole(pools.system, 'system'),
  ]);
  if (problems.flat().length > 0) throw new ConfigError(problems.flat());
}

async function listen(services: Services): Promise<Server> {
  const { port } = services.config;
  const server = serve({ fetch: createApp(services).fetch, port }) as Server; // HTTP/1.1: no other server was asked for
  try {
    await once(server, 'listening');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    throw new ConfigError([`Port ${port} is taken. Stop what listens there, or set PORT to another.`]);
  }
  return server;
}

async function stop(server: Server, services: Services): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  const cut = setTimeout(() => server.closeAllConnections(), STREAM_GRACE_MS);
  await closed;
  clearTimeout(cut);
  await services.close();
}
