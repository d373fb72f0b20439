export type SparklineShape = {
  /** An SVG path with one stroke for each stretch of values without a gap. */
  line: string;
  /** Where along x a value is missing. */
  gaps: number[];
  /** The newest value; null when the newest is a gap, or there is none. */
  last: { x: number; y: number } | null;
};

const round = (value: number) => Math.round(value * 100) / 100;

/**
 * Lays values over a box, oldest at the left, zero at its lower edge: a jitter of a few per cent looks like one. Null is
 * a gap; a value between two gaps becomes a dot.
 */
export function sparklineShape(
  values: readonly (number | null)[],
  box: { width: number; height: number; inset: number },
): SparklineShape {
  const known = values.filter((value) => value !== null);
  const ceiling = Math.max(...known, 0) * 1.15 || 1;
  const step = values.length > 1 ? (box.width - 2 * box.inset) / (values.length - 1) : 0;
  const x = (index: number) => round(values.length > 1 ? box.inset + index * step : box.width / 2);
  const y = (value: number) =>
    round(box.height - box.inset - (value / ceiling) * (box.height - 2 * box.inset));

  let line = '';
  const gaps: number[] = [];
  let connected = false;
  values.forEach((value, index) => {
    if (value === null) {
      gaps.push(x(index));
      connected = false;
      return;
    }
    const alone = !connected && (values[index + 1] ?? null) === null;
    line += `${connected ? 'L' : 'M'}${x(index)} ${y(value)}${alone ? 'h0' : ''}`;
    connected = true;
  });
  const newest = values.at(-1) ?? null;
  return { line, gaps, last: newest === null ? null : { x: x(values.length - 1), y: y(newest) } };
}
