import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import {
  CHECK_DUE_CHANNEL,
  CHECK_REQUESTED_CHANNEL,
  PROBER_LOCK_CLASS,
} from '../shared/jobs/wake-channel.ts';
import { releaseLeases } from './claim-due-checks.ts';
import type { Logger } from './log.ts';

const RECONNECT_MS = 500;
/** How long the session may take to answer nothing. */
const PROOF_MS = 4000;

const END_FORMER_SESSION = `
select pg_terminate_backend(l.pid) from pg_locks l
where l.locktype = 'advisory' and l.classid = $1::int and l.objid = $2::int and l.objsubid = 2
  and l.database = (select oid from pg_database where datname = current_database()) and l.pid <> pg_backend_pid()`;

type SessionOptions = {
  databaseUrl: string;
  instanceId: number;
  region: string;
  /** Called when something is due at once, and after a reconnect. */
  onWake: () => void;
  /** Called when somebody wants a draft tried, and after a reconnect. */
  onRequest: () => void;
  log: Logger;
};

/**
 * The one connection that says this prober lives: it holds an advisory lock for the instance, which ends with it within
 * milliseconds of a kill, and listens for what is due or wanted at once. It comes back by itself when the database does.
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

  /** Asks whether the session still answers. One that is silent is given up, and made anew: it may be cut off. */
  async prove(): Promise<void> {
    const client = this.#client;
    if (client === null) return;
    const silence = Promise.withResolvers<never>();
    const timer = setTimeout(() => silence.reject(new Error('The session is silent.')), PROOF_MS);
    try {
      await Promise.race([client.query('select'), silence.promise]);
    } catch (error) {
      this.#options.log.warn({ event: 'prober.session_silent', err: error }, 'session given up');
      await client.end();
    } finally {
      clearTimeout(timer);
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#client?.end();
  }

  async #connect(): Promise<void> {
    const { databaseUrl, instanceId, region, onWake, onRequest, log } = this.#options;
    const client = new pg.Client({
      connectionString: databaseUrl,
      application_name: 'statuswatch-prober-session',
      connectionTimeoutMillis: 5000,
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000, // the system's own default is two hours
    });
    client.on('error', (error) => log.warn({ event: 'prober.session_lost', err: error }, 'session lost'));
    client.on('notification', (message) => {
      if (message.payload !== region) return;
      if (message.channel === CHECK_REQUESTED_CHANNEL) onRequest();
      else onWake();
    });
    await client.connect();
    try {
      // A session of before that was cut off still stands at the server, for hours if nobody ends it. It is ours to end.
      await client.query(END_FORMER_SESSION, [PROBER_LOCK_CLASS, instanceId]);
      await client.query('select pg_advisory_lock($1, $2)', [PROBER_LOCK_CLASS, instanceId]);
      await client.query(`listen ${CHECK_DUE_CHANNEL}; listen ${CHECK_REQUESTED_CHANNEL}`);
      // A crash may have taken back the commit that closed a slot, and left its lease: a check that nobody makes. What is
      // still being made may so be claimed again, and is recorded once.
      await releaseLeases(client, region, instanceId);
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
    this.#options.onRequest();
  }
}
