import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type BareGet, bareGet } from './bare-get.ts';
import type { Figure } from './figure.ts';
import { startTargets, underLoad } from './prober-under-load.ts';
import { rounded } from './rounded.ts';

const INTERVAL_SECONDS = 10;
const MONITORS = [500, 2000, 5000];
/** Times a bare GET without a pause. */
const PROMISED = { http: 1.8, https: 1.15 };
const GETS = { http: 10_000, https: 3000 };

/** What a check costs the prober, beside a bare GET of the same kind, the database's part included. */
export async function checkCost(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const scheme of ['http', 'https'] as const) {
    for (const monitors of MONITORS) {
      const perSecond = monitors / INTERVAL_SECONDS;
      const bare = await bareBeside(scheme, perSecond);
      const seen = await underLoad({
        ...{ monitors, scheme, intervalSeconds: INTERVAL_SECONDS },
        ...{ warmUpMs: 15_000, measuredMs: 30_000 },
      });
      const name = `${monitors} ${scheme} monitors, ${perSecond} checks/s`;
      figures.push(
        {
          question: `Bare node:${scheme} GET, fresh connection, 50 at a time`,
          value: bare.unpaced,
          unit: 'µs CPU',
          note: `${bare.paced} µs at ${perSecond} a second`,
        },
        {
          question: `${name}: CPU of the prober per check`,
          value: rounded(seen.microsPerCheck),
          unit: 'µs CPU',
          note: `all of it, database included; ${rounded(seen.residentMiB)} MiB`,
        },
        {
          question: `${name}: the same beside a bare GET`,
          value: rounded(seen.microsPerCheck / bare.unpaced),
          unit: '×',
          target: { most: PROMISED[scheme] },
          note: `${rounded(seen.microsPerCheck / bare.paced)} × one at the same pace`,
        },
      );
    }
  }
  return figures;
}

async function bareBeside(scheme: 'http' | 'https', perSecond: number): Promise<BareGet> {
  const folder = await mkdtemp(path.join(tmpdir(), 'statuswatch-bench-'));
  const targets = await startTargets(folder);
  try {
    // A bare loop at a slow pace is measured for half a minute, too.
    return await bareGet(targets, scheme, Math.min(GETS[scheme], perSecond * 25), perSecond);
  } finally {
    await targets.close();
    await rm(folder, { recursive: true, force: true });
  }
}
