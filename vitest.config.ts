import { defineConfig } from 'vitest/config';

const DATABASE = './tests/support/global-setup.ts';

/** A part of `npm test`: `vitest run --project <name>` runs it alone. */
const part = (
  name: string,
  include: string[],
  more: {
    database?: boolean;
    seconds?: number;
    together?: boolean;
    atOnce?: number;
  } = {},
) => ({
  extends: true as const,
  test: {
    name,
    include,
    globalSetup: more.database ? [DATABASE] : [],
    testTimeout: (more.seconds ?? 10) * 1000,
    hookTimeout: 60_000,
    // A machine that is busy elsewhere is no failure: what is waited for may take its time.
    expect: { poll: { timeout: 10_000 } },
    // The code runs here as it runs in production: by Node itself, types stripped.
    experimental: { viteModuleRunner: false, nodeLoader: false },
    // By itself it runs one file at a time on two cores.
    maxWorkers: more.atOnce ?? 2,
    // The server's modules hold no state: loading them once a worker, not once a file, halves the time.
    isolate: more.together !== true,
  },
});

/** In the order in which `tests/run.ts` runs them. */
export const PARTS = [
  part('unit', ['{shared,server,prober,drizzle,client}/**/*.test.ts', 'tests/architecture/**/*.test.ts']),
  part('database', ['tests/database/**/*.test.ts'], { database: true, seconds: 30, together: true }),
  part('journeys', ['tests/journeys/**/*.test.ts'], {
    database: true,
    seconds: 90,
    together: true,
    atOnce: 4,
  }),
  part('prober', ['tests/prober/**/*.test.ts'], { database: true, seconds: 60, atOnce: 4 }),
  part('deploy', ['tests/deploy/**/*.test.ts'], { database: true, seconds: 60, atOnce: 3 }),
  // With more at once on two cores, what is promised within seconds comes late.
  part('browser', ['tests/browser/**/*.test.ts'], {
    database: true,
    seconds: 120,
    together: true,
  }),
  part('faults', ['tests/faults/**/*.test.ts'], { seconds: 120 }),
  // Most of their time they wait, each on a Postgres of its own.
  part('long-faults', ['tests/long-faults/**/*.test.ts'], { seconds: 1800, atOnce: 6 }),
];

export default defineConfig({ test: { projects: PARTS } });
