import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { start, stop } from './child.ts';
import type { Figure } from './figure.ts';
import { environmentOn, startTargets } from './prober-under-load.ts';
import { rounded } from './rounded.ts';
import { seedMonitors } from './seed-monitors.ts';
import { startStack } from './stack.ts';

const MONITORS = 10_000;
const INTERVAL_SECONDS = 10;
const LOOK_MS = 100;

/** `kill -9` of the only prober, a new one at once: how long until the last of many monitors was checked again. */
export async function afterKill(): Promise<Figure[]> {
  const stack = await startStack();
  const targets = await startTargets(stack.folder);
  try {
    await seedMonitors(stack.admin, {
      ...{ monitors: MONITORS, intervalSeconds: INTERVAL_SECONDS, due: { inMs: 3000 } },
      target: `http://127.0.0.1:${targets.port}/%s`,
    });
    const prober = start('prober/main.ts', environmentOn(stack));
    await delay(25_000);
    const gone = once(prober, 'exit');
    prober.kill('SIGKILL');
    await gone;
    const killedAt = performance.now();
    const { rows } = await stack.admin.query<{ at: string }>('select clock_timestamp()::text as at');
    const again = start('prober/main.ts', environmentOn(stack));
    const unchecked = async () => {
      const { rows: left } = await stack.admin.query<{ left: number }>(
        `select count(*)::int as left from region_outcomes where last_checked_at is null or last_checked_at < $1::timestamptz`,
        [rows[0]?.at],
      );
      return left[0]?.left ?? MONITORS;
    };
    while ((await unchecked()) > 0) await delay(LOOK_MS);
    const seconds = (performance.now() - killedAt) / 1000;
    await stop(again);
    return [
      {
        question: `kill -9 of the prober: until all of ${MONITORS.toLocaleString('en')} monitors are checked again`,
        value: rounded(seconds),
        unit: 's',
        note: `each is checked every ${INTERVAL_SECONDS} s anyway; the new process takes about a second of it to start`,
      },
    ];
  } finally {
    await targets.close();
    await stack.stop();
  }
}
