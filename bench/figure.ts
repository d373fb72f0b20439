/** One measured figure, beside what was promised. */
export type Figure = {
  question: string;
  value: number;
  unit: string;
  /** What it must not pass (`most`) or fall below (`least`); none for a reference. */
  target?: { most: number } | { least: number };
  /** Why it is what it is, where that is worth a line. */
  note?: string;
};

export function holds({ value, target }: Figure): boolean | null {
  if (target === undefined) return null;
  return 'most' in target ? value <= target.most : value >= target.least;
}

/** The value below which a share (0 to 1) of the samples lies. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
