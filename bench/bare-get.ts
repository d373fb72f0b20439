import { nextMessage, start } from './child.ts';
import type { Targets } from './prober-under-load.ts';

/** CPU of a bare GET on a fresh connection, microseconds: fifty at a time without a pause, and so many a second. */
export type BareGet = { unpaced: number; paced: number };

export async function bareGet(
  targets: Targets,
  scheme: 'http' | 'https',
  gets: number,
  perSecond: number,
): Promise<BareGet> {
  const port = scheme === 'https' ? targets.tlsPort : targets.port;
  const loop = start('bench/bare-loop.ts', {}, [
    ...[scheme, targets.authorityFile],
    ...[port, gets, perSecond].map(String),
  ]);
  return nextMessage<BareGet>(loop);
}
