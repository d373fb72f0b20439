import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chown, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import path from 'node:path';
import { commandLineOf } from './command-line-of.ts';
import { findFreePort, isPortFree } from './free-port.ts';
import { findPostgresBinaries, type PostgresBinaries } from './postgres-binaries.ts';
import { readIfThere } from './read-if-there.ts';
import { findServerUser, optionsFor, runAs, type ServerUser } from './server-user.ts';

const LOCK = 'postmaster.pid';
const MAX_LOG_BYTES = 10 * 1024 * 1024;
/** Recovery after a crash reads the log written since the last checkpoint; a slow disk needs its time for that. */
const START_SECONDS = 120;

export type EmbeddedPostgres = {
  /** Superuser, database `postgres`. */
  adminUrl: string;
  port: number;
  /** Ends the server; whoever is still connected is cut off and loses nothing that was committed. */
  stop: () => Promise<void>;
};

/**
 * Starts a real PostgreSQL 18 on the loopback interface. Makes the cluster where there is none; takes over from a server
 * that a killed process left on the same folder. It goes when this process goes, however that went.
 *
 * @param dataDir the cluster's own folder; when we are root it lies where user `postgres` (or `nobody`) can go
 * @param port the one it had; a free one is found for 0, or when somebody else took it meanwhile
 * @param password of the superuser; the one the cluster was made with
 * @param settings for postgresql.conf, such as `{ fsync: 'off' }` for a database that a test throws away
 * @throws Error with the server's own words when it does not start
 */
export async function startEmbeddedPostgres(options: {
  dataDir: string;
  port: number;
  password: string;
  settings?: Record<string, string>;
}): Promise<EmbeddedPostgres> {
  const dataDir = path.resolve(options.dataDir);
  const user = await findServerUser(dataDir);
  const binaries = await findPostgresBinaries(user);
  if (!existsSync(path.join(dataDir, 'PG_VERSION'))) {
    await makeCluster(binaries, user, dataDir, options.password);
  }
  await endWhatIsLeft(binaries, user, dataDir);

  const port =
    options.port !== 0 && (await isPortFree(options.port, '127.0.0.1')) ? options.port : await findFreePort();
  const log = path.join(dataDir, 'server.log');
  const alreadySaid = await keepLogSmall(log);
  const start = [
    ...['start', '--silent', '--wait', `--timeout=${START_SECONDS}`, `--pgdata=${dataDir}`, `--log=${log}`],
    `--options=${serverOptions(port, options.settings ?? {})}`,
  ];
  try {
    await runAs(user, binaries.pgCtl, start);
  } catch (error) {
    throw new Error(`Postgres did not start: ${await lastWords(log, alreadySaid)}`, { cause: error });
  }
  return {
    adminUrl: `postgres://postgres:${encodeURIComponent(options.password)}@127.0.0.1:${port}/postgres`,
    port,
    stop: stopWhenWeGo(binaries, user, dataDir),
  };
}

async function makeCluster(
  binaries: PostgresBinaries,
  user: ServerUser | undefined,
  dataDir: string,
  password: string,
): Promise<void> {
  // Made beside its place and moved there whole, so that a start killed here leaves nothing half-made behind.
  const half = `${dataDir}.half-made`;
  const passwordFile = `${dataDir}.password`;
  await rm(half, { recursive: true, force: true });
  await mkdir(half, { recursive: true, mode: 0o700 });
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  if (user !== undefined) {
    await chown(half, user.uid, user.gid);
    await chown(passwordFile, user.uid, user.gid);
  }
  try {
    await runAs(user, binaries.initdb, [
      ...[`--pgdata=${half}`, '--username=postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256'],
      // Upper and lower case as Unicode has them, on every machine the same, whatever its locales.
      ...['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
      ...['--set=timezone=UTC', '--set=log_timezone=UTC'],
    ]);
    await rename(half, dataDir);
  } finally {
    await rm(passwordFile, { force: true });
  }
}

function serverOptions(port: number, settings: Record<string, string>): string {
  const all = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    // Failed statements are the server's to log, with what it knows of them.
    log_min_messages: 'log',
    log_checkpoints: 'off',
    ...settings,
  };
  return Object.entries(all)
    .map(([name, value]) => `-c ${name}='${value}'`)
    .join(' ');
}

/**
 * Ends a server that a killed process left behind. A lock whose process number belongs to another program by now (in a
 * container the numbers come again), or to a dead process that nobody has collected, looks to Postgres like a running
 * server: with our number in it, it knows better, and still looks whether the old shared memory is in use.
 */
async function endWhatIsLeft(
  binaries: PostgresBinaries,
  user: ServerUser | undefined,
  dataDir: string,
): Promise<void> {
  await stopServer(binaries, user, dataDir);
  const lock = path.join(dataDir, LOCK);
  const [, ...rest] = (await readIfThere(lock))?.split('\n') ?? [];
  if (rest.length > 0) await writeFile(lock, [process.pid, ...rest].join('\n'));
}

/** Stops the server of a cluster where one runs. @throws Error with pg_ctl's words when it goes on running */
async function stopServer(
  binaries: PostgresBinaries,
  user: ServerUser | undefined,
  dataDir: string,
): Promise<void> {
  if (!(await isServing(dataDir))) return;
  try {
    await runAs(user, binaries.pgCtl, stopArguments(dataDir));
  } catch (error) {
    // One that was dying when we looked has nothing left to stop.
    if (await isServing(dataDir)) throw error;
  }
}

/** Whether the process that the lock names is a Postgres. A dead one that nobody has collected has no command line. */
async function isServing(dataDir: string): Promise<boolean> {
  const lock = await readIfThere(path.join(dataDir, LOCK));
  const command = lock === undefined ? undefined : await commandLineOf(Number.parseInt(lock, 10));
  return /(^|\/)postgres( |$)/.test(command ?? '');
}

const stopArguments = (dataDir: string) => [
  'stop',
  '--silent',
  '--wait',
  '--mode=fast',
  '--timeout=60',
  `--pgdata=${dataDir}`,
];

/**
 * A shell that does nothing but wait for the end of a pipe we hold: it comes when we say so and also when we are killed.
 * It stands in a session of its own, so that Ctrl-C reaches us and not the database.
 */
function stopWhenWeGo(
  binaries: PostgresBinaries,
  user: ServerUser | undefined,
  dataDir: string,
): () => Promise<void> {
  const waiting = spawn(
    '/bin/sh',
    ['-c', 'cat; exec "$@"', 'sh', binaries.pgCtl, ...stopArguments(dataDir)],
    {
      ...optionsFor(user),
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    },
  );
  const ended = once(waiting, 'exit');
  waiting.unref();
  (waiting.stdin as Socket).unref(); // a pipe to a child is a socket in Node; the type says less
  return async () => {
    waiting.ref();
    waiting.stdin.end();
    await ended;
    // Whoever waited for the end may have met his own; otherwise pg_ctl says why the server does not stop.
    await stopServer(binaries, user, dataDir);
  };
}

/** What the server said last, without the date before it. */
async function lastWords(log: string, alreadySaid: number): Promise<string> {
  const lines = ((await readIfThere(log)) ?? '').slice(alreadySaid).trim().split('\n');
  const fatal = lines.findLast((line) => /\b(FATAL|PANIC|ERROR):/.test(line)) ?? lines.at(-1);
  return fatal?.replace(/^.*?\b(FATAL|PANIC|ERROR|LOG):\s*/, '') || `it left no word in ${log}.`;
}

/** @returns how many bytes it has */
async function keepLogSmall(log: string): Promise<number> {
  const bytes = existsSync(log) ? (await stat(log)).size : 0;
  if (bytes <= MAX_LOG_BYTES) return bytes;
  await rm(log);
  return 0;
}
