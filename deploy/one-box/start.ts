import path from 'node:path';
import { buildClient } from './build-client.ts';
import { ROOT, readConfig, type StartConfig } from './config.ts';
import { logsFolder, readOrMakeSecrets, type Secrets, takeDataFolder } from './data-folder.ts';
import { isPortFree } from './free-port.ts';
import { type Database, openGivenDatabase } from './given-database.ts';
import { LogFile } from './log-file.ts';
import { placeCluster, startOneBoxDatabase } from './one-box-database.ts';
import { environmentsOf } from './process-environments.ts';
import { createSay } from './say.ts';
import { StartFailure } from './start-failure.ts';
import { type SupervisedProcess, superviseProcess } from './supervised-process.ts';
import { waitUntilReady } from './wait-until-ready.ts';

/** Progress and trouble go to standard error; standard output has the one line that says where to go. */
const say = createSay();
const stopped = new AbortController();
const processes: SupervisedProcess[] = [];
let database: Promise<Database> | undefined;
let leaveDataFolder: (() => Promise<void>) | undefined;

/** `npm start`: everything on one machine, until Ctrl-C. */
async function run(): Promise<void> {
  const config = await readConfig(process.env);
  await assertPortFree(config.port);
  leaveDataFolder = await takeDataFolder(config.dataDir);
  const secrets = await readOrMakeSecrets(config.dataDir, () => placeCluster(config.dataDir));
  database = startDatabase(config, secrets);
  const [{ urls, where }] = await Promise.all([database, buildClient(say, stopped.signal)]);
  if (stopped.signal.aborted) return;
  say(`Data is in ${config.dataDir}, logs are in ${logsFolder(config.dataDir)}. The database ${where}.`);

  const died = Promise.withResolvers<never>();
  let ready = false;
  for (const [name, environment] of Object.entries(environmentsOf(config, urls, secrets.secretKey))) {
    const log = new LogFile(path.join(logsFolder(config.dataDir), `${name}.log`));
    const onExit = (trouble: string | undefined) => {
      if (ready) return 'restart' as const;
      died.reject(new StartFailure(trouble ?? `The ${name} ended at once; ${log.path} says why.`));
      return 'leave' as const;
    };
    const script = path.join(ROOT, name, 'main.ts');
    processes.push(superviseProcess({ name, script, environment, log, say, onExit }));
  }
  await Promise.race([waitUntilReady(config.port, stopped.signal), died.promise]);
  ready = true;
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
  await Promise.all(processes.map((process) => process.stop()));
  // A database whose start failed has nothing to stop, and its failure is told elsewhere.
  const running = await database?.catch(() => undefined);
  await running?.stop();
  await leaveDataFolder?.();
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

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
// run.mjs started us; when it goes, however that went, so do we.
if (process.channel) process.on('disconnect', onSignal);

run().catch((error: unknown) => {
  if (stopped.signal.aborted) return; // what is being stopped may fail
  say(error instanceof StartFailure ? error.message : `StatusWatch could not start: ${sentenceOf(error)}`);
  return stopAndExit(1);
});
