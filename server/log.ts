import pino, { type DestinationStream, type Logger } from 'pino';

export type { Logger };

const REDACTED = [
  'password',
  'passwordConfirmation',
  'token',
  'cookie',
  'authorization',
  '*.password',
  '*.passwordConfirmation',
  '*.token',
  '*.cookie',
  '*.authorization',
  'headers.cookie',
  'headers.authorization',
];

/**
 * What is told of an error, in the log and in a failed job. Never more: an error of a query carries its parameters, an error
 * of Postgres the row.
 */
type ErrorLine = { type: string; message: string; code?: string; stack?: string; cause?: ErrorLine };

export function describeError(error: unknown): ErrorLine {
  if (!(error instanceof Error)) return { type: typeof error, message: String(error) };
  // drizzle writes the parameters, password hashes among them, into the message itself, and so into the stack; and
  // before them the whole query, of which the beginning is enough.
  const message = error.message
    .replace(/\nparams: [\s\S]*$/, '')
    .replace(/\s+/g, ' ')
    .slice(0, 300);
  const stack = error.stack?.replace(error.message, () => message);
  return {
    type: error.name,
    message,
    ...('code' in error ? { code: String(error.code) } : {}),
    ...(stack === undefined ? {} : { stack }),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  };
}

/**
 * JSON lines, on standard output unless told otherwise; what could open a door is cut out before it is written.
 */
export function createLog(
  level: string,
  process: 'server' | 'prober',
  destination: DestinationStream = pino.destination(1),
): Logger {
  return pino(
    {
      level,
      base: { process },
      serializers: { err: describeError },
      redact: { paths: REDACTED, censor: '[redacted]' },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    destination,
  );
}
