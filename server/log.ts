import pino, { type Logger } from 'pino';

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

/** JSON lines on standard output; what could open a door is cut out before it is written. */
export function createLog(level: string, process: 'server' | 'prober'): Logger {
  return pino({
    level,
    base: { process },
    redact: { paths: REDACTED, censor: '[redacted]' },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
  });
}
