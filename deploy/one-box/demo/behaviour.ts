import type { DemoService, Trouble } from './services.ts';

const DAY_MS = 86_400_000;

/** How a service answers at one instant. History is written by it, and the demo's server keeps to it afterwards. */
export type Behaviour = {
  trouble: Exclude<Trouble, { kind: 'slow' | 'flaky' }> | null;
  /** Until the first byte, and until the last one after that. */
  firstByteMs: number;
  transferMs: number;
};

/** The same question has the same answer at any time. `madeAtMs` is what the service's episodes are counted back from. */
export function behaviourAt(service: DemoService, atMs: number, madeAtMs: number): Behaviour {
  const episode = service.episodes.find(
    ({ fromMs, untilMs }) => atMs >= madeAtMs - fromMs && (untilMs === null || atMs < madeAtMs - untilMs),
  );
  const slowness = episode?.trouble.kind === 'slow' ? episode.trouble.factor : 1;
  const firstByteMs =
    service.baseMs * busyness(atMs) * slowness * (0.88 + 0.3 * chance(`${service.name} ${atMs}`));
  const trouble = episode === undefined ? null : standing(episode.trouble, atMs);
  return {
    trouble,
    // Whoever fails, fails fast.
    firstByteMs: trouble?.kind === 'status' ? Math.min(firstByteMs, 40) : firstByteMs,
    transferMs: service.transferMs * (0.7 + 0.6 * chance(`${atMs} ${service.name}`)),
  };
}

/** What of a trouble shows at one instant. */
function standing(trouble: Trouble, atMs: number): Behaviour['trouble'] {
  switch (trouble.kind) {
    case 'slow':
      return null;
    case 'flaky':
      return Math.floor(atMs / trouble.everyMs) % 2 === 0
        ? { kind: 'status', statusCode: trouble.statusCode }
        : null;
    default:
      return trouble;
  }
}

/** How much slower than on a quiet night: most in the afternoon, less at weekends, now and then a bad minute. */
function busyness(atMs: number): number {
  const hour = (atMs % DAY_MS) / 3_600_000;
  const weekday = new Date(atMs).getUTCDay();
  const weekend = weekday === 0 || weekday === 6 ? 0.45 : 1;
  const day = Math.max(0, Math.sin(((hour - 6) / 17) * Math.PI));
  const spike = chance(`spike ${Math.floor(atMs / 240_000)}`) > 0.985 ? 1.55 : 1;
  return (1 + 0.5 * weekend * day ** 1.5) * spike;
}

/** A number from 0 to 1 that belongs to a text (FNV-1a): chance that repeats. */
function chance(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return ((hash ^ (hash >>> 12)) >>> 0) / 2 ** 32;
}
