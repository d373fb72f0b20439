import pino, { type Logger } from 'pino';

export type { Logger };

/** JSON lines on standard output. The prober's lines name monitors by id and never hold what a monitor sends. */
export function createLog(level: string): Logger {
  return pino({
    level,
    base: { process: 'prober' },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
  });
}
