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
      redact: { paths: REDACTED, censor: '[redacted]' },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    destination,
  );
}
