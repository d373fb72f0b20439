import { buildClient } from './build-client.ts';
import { readConfig, type StartConfig } from './config.ts';
import { logsFolder, readOrMakeSecrets, type Secrets, takeDataFolder } from './data-folder.ts';
import { readDemo } from './demo/demo-file.ts';
import { isPortFree } from './free-port.ts';
import { type Database, openGivenDatabase } from './given-database.ts';
import { placeCluster, startOneBoxDatabase } from './one-box-database.ts';
import { type Processes, startProcesses } from './processes.ts';
import { removeRunning, writeRunning } from './running-file.ts';
import { createSay } from './say.ts';
import { StartFailure } from './start-failure.ts';
import { prepareTestPayments } from './test-payments.ts';

/** Progress and trouble go to standard error; standard output has the one line that says where to go. */
const say = createSay();
const stopped = new AbortController();
let database: Promise<Database> | undefined;
let processes: Processes | undefined;
let takenFolder: string | undefined;

/** Runs everything on this machine until it is told to stop; with what cannot start, it says why and exits with 1. */
export function runOneBox(options: { development: boolean }): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  // A terminal that was closed takes no more words; there is still everything to stop.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  // run.mjs started us; when it goes, however that went, so do we.
  if (process.channel) process.on('disconnect', onSignal);

  start(options.development).catch((error: unknown) => {
    if (stopped.signal.aborted) return; // what is being stopped may fail
    say(error instanceof StartFailure ? error.message : `StatusWatch could not start: ${sentenceOf(error)}`);
    void stopAndExit(1);
  });
}

async function start(development: boolean): Promise<void> {
  const config = await readConfig(process.env, development);
  await assertPortFree(config.port);
  await takeDataFolder(config.dataDir, config.publicUrl);
  takenFolder = config.dataDir;
  const secrets = await readOrMakeSecrets(config.dataDir, () => placeCluster(config.dataDir));
  database = startDatabase(config, secrets);
  const [{ urls, where }] = await Promise.all([
    database,
    development ? undefined : buildClient(say, stopped.signal),
  ]);
  say(`Data is in ${config.dataDir}, logs are in ${logsFolder(config.dataDir)}. The database ${where}.`);

  const testPayments = await prepareTestPayments(config);
  if (testPayments !== undefined) {
    say(`Payments are in test mode: no money moves, and Stripe is played at ${testPayments.url}.`);
  }

  const startAll = async () => {
    const demo = await readDemo(config.dataDir);
    if (stopped.signal.aborted) return;
    if (demo !== undefined) say('The services of the demo are played; 127.0.0.1 may be checked.');
    processes = await startProcesses({
      config,
      urls,
      secrets,
      demo,
      testPayments,
      development,
      say,
      stopped: stopped.signal,
    });
    await processes.ready;
    const about = { pid: process.pid, publicUrl: config.publicUrl, ready: true, demo: demo !== undefined };
    if (!stopped.signal.aborted) await writeRunning(config.dataDir, about);
  };
  // `npm run demo` asks so for its services, once it has read that all is ready.
  process.on('SIGUSR2', () => {
    const restart = async () => {
      await processes?.stop();
      await startAll();
    };
    restart().catch((error: unknown) => {
      say(`It could not be started again with the demo: ${sentenceOf(error)}`);
      void stopAndExit(1);
    });
  });
  await startAll();
  if (!stopped.signal.aborted) process.stdout.write(`StatusWatch is ready at ${config.publicUrl}\n`);
}

async function assertPortFree(port: number): Promise<void> {
  const free = await isPortFree(port).catch((error: NodeJS.ErrnoException) => {
    throw new StartFailure(
      `Port ${port} may not be used (${error.code}): choose one above 1023, as in "PORT=3000 npm start".`,
    );
  });
  if (free) return;
  throw new StartFailure(
    `Port ${port} is taken: stop what listens there, or choose another, as in "PORT=${port + 1} npm start".`,
  );
}

function startDatabase(config: StartConfig, secrets: Secrets): Promise<Database> {
  return config.givenUrls === undefined
    ? startOneBoxDatabase(config.dataDir, secrets, say)
    : openGivenDatabase(config.givenUrls);
}

/** Ends everything in the order in which it needs each other: processes, database, data folder. */
async function stop(): Promise<void> {
  stopped.abort();
  await processes?.stop();
  // A database whose start failed has nothing to stop, and its failure is told elsewhere.
  const running = await database?.catch(() => undefined);
  await running?.stop();
  if (takenFolder !== undefined) await removeRunning(takenFolder);
}

async function stopAndExit(code: number): Promise<never> {
  try {
    await stop();
  } catch (error) {
    say(`Not everything could be stopped: ${sentenceOf(error)}`);
    process.exit(1);
  }
  process.exit(code);
}

function onSignal(): void {
  if (stopped.signal.aborted) return;
  say('Stopping.');
  void stopAndExit(0);
}

const sentenceOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
