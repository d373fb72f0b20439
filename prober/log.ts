import pino, { type DestinationStream, type Logger } from 'pino';

export type { Logger };

/** What the log tells of an error. Never more: an error of Postgres carries the row, and with it what a target said. */
type ErrorLine = { type: string; message: string; code?: string; stack?: string; cause?: ErrorLine };

function describeError(error: unknown): ErrorLine {
  if (!(error instanceof Error)) return { type: typeof error, message: String(error) };
  return {
    type: error.name,
    message: error.message,
    ...('code' in error ? { code: String(error.code) } : {}),
    ...(error.stack === undefined ? {} : { stack: error.stack }),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  };
}

/** JSON lines, on standard output unless told otherwise. They name monitors by id and never hold what a monitor sends. */
export function createLog(level: string, destination?: DestinationStream): Logger {
  return pino(
    {
      level,
      base: { process: 'prober' },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: describeError },
    },
    destination,
  );
}
