import type { Figure } from './figure.ts';
import { underLoad } from './prober-under-load.ts';
import { rounded } from './rounded.ts';

const INTERVAL_SECONDS = 10;
const TOO_LATE_MS = 100;
const STEPS = {
  http: [1000, 1500, 2000, 2500, 3000],
  https: [250, 500, 750, 1000, 1250],
};
const PROMISED = { http: { least: 1500 }, https: undefined };

/** How many checks a second go on, with everything on this machine, until their lateness p99 passes 100 ms. */
export async function sustainedChecks(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const scheme of ['http', 'https'] as const) {
    let sustained = 0;
    const seen: string[] = [];
    for (const checksPerSecond of STEPS[scheme]) {
      const { checks, p99, lost, microsPerCheck } = await underLoad({
        ...{ monitors: checksPerSecond * INTERVAL_SECONDS, intervalSeconds: INTERVAL_SECONDS, scheme },
        ...{ warmUpMs: 20_000, measuredMs: 20_000 },
      });
      const perSecond = Math.round(checks / 20);
      seen.push(
        `${checksPerSecond}/s: p99 ${rounded(p99)} ms, ${perSecond} made, ${Math.round(microsPerCheck)} µs`,
      );
      if (p99 > TOO_LATE_MS || lost > 0) break;
      sustained = checksPerSecond;
    }
    const target = PROMISED[scheme];
    figures.push({
      question: `Checks a second over ${scheme} with lateness p99 within ${TOO_LATE_MS} ms`,
      value: sustained,
      unit: 'checks/s',
      ...(target === undefined ? {} : { target }),
      note: `target, database and prober on this machine; ${seen.join('; ')}`,
    });
  }
  return figures;
}
