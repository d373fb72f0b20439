import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterAll, expect } from 'vitest';
import type { Services } from '../../server/compose.ts';
import { readConfig } from '../../server/config.ts';
import { createLog } from '../../server/log.ts';
import { startServer } from '../../server/start-server.ts';
import { MONITOR_KEY } from './monitor-key.ts';
import type { TestDatabase } from './test-database.ts';
import { THIS_MACHINE } from './this-machine.ts';

export type LogLine = { level: string; event?: string; msg?: string } & Record<string, unknown>;

export type TestServer = {
  /** Where it is reached; its `PUBLIC_URL` too, unless the environment says another. */
  origin: string;
  port: number;
  services: Services;
  /** Every line it has logged, parsed. */
  logLines: LogLine[];
  /** Hands over the errors logged so far, which a test brought about on purpose. */
  takeErrors: () => LogLine[];
  stop: () => Promise<void>;
  /** Starts it anew after a stop: same port, same database. */
  startAgain: () => Promise<void>;
};

/** The environment a server of this database runs in; `more` is laid over it. */
export function serverEnvironment(
  database: TestDatabase,
  port: number,
  more: Record<string, string> = {},
): Record<string, string> {
  return {
    PORT: String(port),
    PUBLIC_URL: `http://localhost:${port}`,
    SECRET_KEY: 'rU7fK2vXq9LmT4yZ0bNcW8sHdGpJ3aEo5iVx',
    MONITOR_KEY,
    // Whoever a test lets speak, speaks from an address of their own.
    TRUSTED_PROXIES: THIS_MACHINE,
    DATABASE_URL: database.urls.app,
    IDENTITY_DATABASE_URL: database.urls.identity,
    SYSTEM_DATABASE_URL: database.urls.system,
    LOG_LEVEL: 'debug',
    ...more,
  };
}

/**
 * The server, in this process, started as `server/main.ts` starts it. Ends with the test file; when it logged an error
 * that no test expected, the file fails.
 */
export async function openServer(
  database: TestDatabase,
  environment: Record<string, string> = {},
): Promise<TestServer> {
  const port = await freePort();
  const logLines: LogLine[] = [];
  const config = readConfig(serverEnvironment(database, port, environment));
  const log = createLog('debug', 'server', { write: (line) => logLines.push(JSON.parse(line)) });
  let server = await startServer(config, log);
  let stopped: Promise<void> | undefined;
  const stop = () => {
    stopped ??= server.stop();
    return stopped;
  };
  const startAgain = async () => {
    server = await startServer(config, log);
    stopped = undefined;
  };
  let taken = 0;
  const takeErrors = () => {
    const fresh = logLines.slice(taken).filter(({ level }) => level === 'error' || level === 'fatal');
    taken = logLines.length;
    return fresh;
  };
  afterAll(async () => {
    await stop();
    expect(takeErrors()).toEqual([]);
  });
  return {
    origin: `http://localhost:${port}`,
    port,
    get services() {
      return server.services;
    },
    logLines,
    takeErrors,
    stop,
    startAgain,
  };
}

/** A port that nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('The system gave no port.');
  return address.port;
}
