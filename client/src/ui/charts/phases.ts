import type { Timings } from '../../../../shared/checks/check-result.ts';
import { formatLatency } from '../time/duration.ts';

export type PhaseKey = Exclude<keyof Timings, 'totalMs'>;

/** The phases of a check in the order in which they happen, each with the token of its colour. */
export const PHASES = [
  { key: 'dnsMs', label: 'DNS', colour: '--phase-dns', fill: 'fill-phase-dns', ground: 'bg-phase-dns' },
  {
    key: 'connectMs',
    label: 'Connect',
    colour: '--phase-connect',
    fill: 'fill-phase-connect',
    ground: 'bg-phase-connect',
  },
  { key: 'tlsMs', label: 'TLS', colour: '--phase-tls', fill: 'fill-phase-tls', ground: 'bg-phase-tls' },
  {
    key: 'firstByteMs',
    label: 'First byte',
    colour: '--phase-first-byte',
    fill: 'fill-phase-first-byte',
    ground: 'bg-phase-first-byte',
  },
  {
    key: 'transferMs',
    label: 'Transfer',
    colour: '--phase-transfer',
    fill: 'fill-phase-transfer',
    ground: 'bg-phase-transfer',
  },
] as const satisfies readonly {
  key: PhaseKey;
  label: string;
  colour: string;
  fill: string;
  ground: string;
}[];

export const NO_PHASES: Record<PhaseKey, number> = {
  dnsMs: 0,
  connectMs: 0,
  tlsMs: 0,
  firstByteMs: 0,
  transferMs: 0,
};

/**
 * How long a phase took, or a dash for one that did not come about: there was no TLS, a name needed no look-up, or it was
 * never reached. The mean of nothing but such checks is zero, and no time either.
 */
export function formatPhase(ms: number | null | undefined): string {
  return ms ? formatLatency(ms) : '–';
}
