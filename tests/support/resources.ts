import { expect } from 'vitest';
import { eventually } from './eventually.ts';

/** What a check could leave behind. Timers that do not keep a process alive, and what vitest itself holds, are not among it. */
const KINDS = [
  'TCPSocketWrap',
  'TCPServerWrap',
  'TLSWrap',
  'UDPWRAP',
  'Timeout',
  'Zlib',
  'ConnectWrap',
  'QueryReqWrap',
];

export type Resources = Record<string, number>;

/** How many sockets, listeners, timers and decompressors are open in this process. */
export function openResources(): Resources {
  const active = process.getActiveResourcesInfo();
  return Object.fromEntries(KINDS.map((kind) => [kind, active.filter((each) => each === kind).length]));
}

/** Fails when more is open than before, once what is closing has had its time. */
export async function expectNothingLeft(before: Resources, withinMs = 3000): Promise<void> {
  await eventually(() => {
    const now = openResources();
    for (const kind of KINDS) expect(now[kind], kind).toBeLessThanOrEqual(before[kind] ?? 0);
    return true;
  }, withinMs);
}
