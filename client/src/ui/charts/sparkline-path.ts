export type SparklineShape = {
  /** SVG paths with one part for each stretch of values without a gap: the line, and the ground under it. */
  line: string;
  area: string;
  /** Where along x values are missing, one span for each run of them. */
  gaps: { from: number; to: number }[];
  /** The newest value; null when the newest is a gap, or there is none. */
  last: { x: number; y: number } | null;
};

type Point = { x: number; y: number };

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
  const foot = box.height - box.inset;
  const x = (index: number) => round(values.length > 1 ? box.inset + index * step : box.width / 2);
  const y = (value: number) => round(foot - (value / ceiling) * (box.height - 2 * box.inset));

  const stretches: Point[][] = [];
  const gaps: SparklineShape['gaps'] = [];
  values.forEach((value, index) => {
    const before = index === 0 ? undefined : values[index - 1];
    if (value === null) {
      const open = before === null ? gaps.at(-1) : undefined;
      if (open === undefined) gaps.push({ from: x(index), to: x(index) });
      else open.to = x(index);
      return;
    }
    const point = { x: x(index), y: y(value) };
    const open = before === null || before === undefined ? undefined : stretches.at(-1);
    if (open === undefined) stretches.push([point]);
    else open.push(point);
  });
  const newest = values.at(-1) ?? null;
  return {
    line: stretches.map(lineThrough).join(''),
    area: stretches
      .filter((points) => points.length > 1)
      .map((points) => `${lineThrough(points)}V${foot}H${points[0]?.x}Z`)
      .join(''),
    gaps,
    last: newest === null ? null : { x: x(values.length - 1), y: y(newest) },
  };
}

/** A line of no length still draws its round ends: a dot. */
function lineThrough(points: readonly Point[]): string {
  return `M${points.map((point) => `${point.x} ${point.y}`).join('L')}${points.length === 1 ? 'h0' : ''}`;
}
