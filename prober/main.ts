import { compose, StartRefused } from './compose.ts';
import { ConfigError, readConfig } from './config.ts';
import { createLog } from './log.ts';
import { runLean } from './run-lean.ts';

/** Takes the prober's flags, reads the configuration, composes, starts, and stops when told; nothing else. */
async function run(): Promise<void> {
  runLean();
  const config = readConfig(process.env);
  const log = createLog(config.logLevel);
  const prober = await compose(config, log);
  await prober.start();
  const { instanceId } = prober;
  log.info({ event: 'prober.started', region: config.region, instanceId }, 'prober started');

  let stopping = false;
  const stop = async (why: string) => {
    if (stopping) return;
    stopping = true;
    log.info({ event: 'prober.stopping', why }, 'prober stopping');
    try {
      await prober.stop();
    } catch (error) {
      // The database is away: leases end by themselves, results lie in the spool.
      log.warn({ event: 'prober.stopped_hard', err: error }, 'prober stopped without the database');
      process.exit(1);
    }
    log.info({ event: 'prober.stopped' }, 'prober stopped');
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal));
  // Started by `npm start`, it goes when its parent goes, however that went.
  if (process.channel) process.on('disconnect', () => void stop('parent gone'));
}

run().catch((error: unknown) => {
  const sentence = error instanceof Error ? error.message : String(error);
  const log = createLog('fatal');
  // What is wrong outside of us is said in words; a stack would only hide them.
  if (error instanceof ConfigError || error instanceof StartRefused) {
    log.fatal({ event: 'prober.refused' }, sentence);
  } else {
    log.fatal({ event: 'prober.failed', err: error }, sentence);
  }
  process.exit(1);
});
