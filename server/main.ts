import { ConfigError, readConfig } from './config.ts';
import { createLog } from './log.ts';
import { startServer } from './start-server.ts';

/** Reads the configuration, starts, and stops when told; nothing else. */
async function run(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLog(config.logLevel, 'server');
  const server = await startServer(config, log);
  log.info(
    { event: 'server.started', port: server.port, publicUrl: config.publicUrl.origin },
    'server started',
  );

  let stopping = false;
  const stop = async (why: string) => {
    if (stopping) return;
    stopping = true;
    log.info({ event: 'server.stopping', why }, 'server stopping');
    await server.stop();
    log.info({ event: 'server.stopped' }, 'server stopped');
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal));
  // Started by `npm start`, it goes when its parent goes, however that went.
  if (process.channel) process.on('disconnect', () => void stop('parent gone'));
}

run().catch((error: unknown) => {
  const log = createLog('fatal', 'server');
  // What is wrong with the environment is said in words; a stack would only hide them.
  if (error instanceof ConfigError)
    log.fatal({ event: 'server.refused', problems: error.problems }, error.message);
  else
    log.fatal({ event: 'server.failed', err: error }, error instanceof Error ? error.message : String(error));
  process.exit(1);
});
