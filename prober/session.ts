import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { CHECK_DUE_CHANNEL, PROBER_LOCK_CLASS } from '../shared/jobs/wake-channel.ts';
import type { Logger } from './log.ts';

const RECONNECT_MS = 500;

type SessionOptions = {
  databaseUrl: string;
  instanceId: number;
  region: string;
  /** Called when something is due at once, and after a reconnect. */
  onWake: () => void;
  log: Logger;
};

/**
 * The one connection that says this prober lives: it holds an advisory lock for the instance, which ends with it within
 * milliseconds of a kill, and listens for what is due at once. It comes back by itself when the database does.
 */
export class ProberSession {
  readonly #options: SessionOptions;
  #client: pg.Client | null = null;
  #stopped = false;

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  /** Connects, locks and listens. @throws when the database is away at the first try */
  async start(): Promise<void> {
    await this.#connect();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#client?.end();
  }

  async #connect(): Promise<void> {
    const { databaseUrl, instanceId, region, onWake, log } = this.#options;
    const client = new pg.Client({
      connectionString: databaseUrl,
      application_name: 'statuswatch-prober-session',
      connectionTimeoutMillis: 5000,
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000, // the system's own default is two hours
    });
    client.on('error', (error) => log.warn({ event: 'prober.session_lost', err: error }, 'session lost'));
    client.on('notification', (message) => {
      if (message.payload === region) onWake();
    });
    await client.connect();
    try {
      // Waits for a session of before that the server has not yet given up: as long as it stands we count as alive.
      await client.query('select pg_advisory_lock($1, $2)', [PROBER_LOCK_CLASS, instanceId]);
      await client.query(`listen ${CHECK_DUE_CHANNEL}`);
    } catch (error) {
      await client.end();
      throw error;
    }
    if (this.#stopped) {
      await client.end();
      return;
    }
    this.#client = client;
    client.once('end', () => void this.#reconnect());
  }

  async #reconnect(): Promise<void> {
    this.#client = null;
    while (!this.#stopped && this.#client === null) {
      await delay(RECONNECT_MS);
      try {
        if (!this.#stopped) await this.#connect();
      } catch (error) {
        this.#options.log.debug(
          { event: 'prober.session_waiting', err: error },
          'the database is still away',
        );
      }
    }
    if (this.#client !== null) this.#options.log.info({ event: 'prober.session_back' }, 'session back');
    this.#options.onWake();
  }
}
