import type { Figure } from './figure.ts';
import { underLoad } from './prober-under-load.ts';
import { rounded } from './rounded.ts';

const MONITORS = 10_000;

/** What a prober holds with many monitors, each checked once a minute, and each every ten seconds. */
export async function proberMemory(): Promise<Figure[]> {
  const figures: Figure[] = [];
  // As an installation from its second start on: the first strips the sources of their types, and holds what does that.
  await underLoad({ monitors: 1, intervalSeconds: 10, warmUpMs: 5000, measuredMs: 1000 });
  for (const intervalSeconds of [60, 10]) {
    const seen = await underLoad({
      ...{ monitors: MONITORS, intervalSeconds },
      // Past the first round, which begins beside the grid.
      ...{ warmUpMs: (intervalSeconds + 10) * 1000, measuredMs: 30_000 },
    });
    figures.push({
      question: `${MONITORS.toLocaleString('en')} monitors every ${intervalSeconds} s: memory of the prober`,
      value: rounded(seen.residentMiB),
      unit: 'MiB',
      target: { most: 100 },
      note: `resident; ${rounded(seen.microsPerCheck)} µs CPU a check, lateness p99 ${rounded(seen.p99)} ms`,
    });
  }
  return figures;
}
