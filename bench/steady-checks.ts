import type { Figure } from './figure.ts';
import { type Load, type UnderLoad, underLoad } from './prober-under-load.ts';
import { rounded } from './rounded.ts';

const INTERVAL_SECONDS = 10;
const DASHBOARDS = 40;
const HANGING = 0.1;

const LOADS: { checksPerSecond: number; more?: Partial<Load>; latenessMs: number }[] = [
  { checksPerSecond: 100, latenessMs: 10 },
  { checksPerSecond: 500, latenessMs: 25 },
  { checksPerSecond: 500, more: { dashboards: DASHBOARDS }, latenessMs: 25 },
  { checksPerSecond: 1000, latenessMs: 50 },
];

/** How late checks begin while it goes on for a while, and whether each slot has its one result. */
export async function steadyChecks(): Promise<Figure[]> {
  const figures: Figure[] = [];
  let last: UnderLoad | undefined;
  for (const { checksPerSecond, more, latenessMs } of LOADS) {
    last = await underLoad(loadOf(checksPerSecond, more));
    figures.push(...figuresOf(nameOf(checksPerSecond, more), last, latenessMs));
  }
  // Beside the one just measured: the same load, a tenth of it with targets that never answer.
  const hanging = await underLoad(loadOf(1000, { hanging: HANGING }));
  const twice = 2 * Math.max(1, last?.p99 ?? Number.NaN);
  figures.push(...figuresOf(nameOf(1000, { hanging: HANGING }), hanging, twice));
  return figures;
}

const loadOf = (checksPerSecond: number, more: Partial<Load> = {}): Load => ({
  monitors: checksPerSecond * INTERVAL_SECONDS,
  intervalSeconds: INTERVAL_SECONDS,
  warmUpMs: 20_000,
  measuredMs: 30_000,
  ...more,
});

function nameOf(checksPerSecond: number, { dashboards, hanging }: Partial<Load> = {}): string {
  const with_ = [
    dashboards === undefined ? '' : `, ${dashboards} dashboards watched`,
    hanging === undefined ? '' : `, ${hanging * 100} % of the targets hang`,
  ];
  return `${checksPerSecond} checks/s${with_.join('')}`;
}

function figuresOf(name: string, seen: UnderLoad, latenessMs: number): Figure[] {
  return [
    {
      question: `${name}: lateness p99`,
      value: rounded(seen.p99),
      unit: 'ms',
      target: { most: rounded(latenessMs) },
      note: `p50 ${rounded(seen.p50)} ms, worst ${rounded(seen.worst)} ms, ${seen.checks} checks, ${rounded(seen.microsPerCheck)} µs CPU each, ${rounded(seen.residentMiB)} MiB${
        seen.heard > 0 ? `, ${seen.heard} changes reached the dashboards` : ''
      }`,
    },
    {
      question: `${name}: slots lost, or asked twice`,
      value: seen.lost + seen.doubled,
      unit: 'slots',
      target: { most: 0 },
    },
  ];
}
