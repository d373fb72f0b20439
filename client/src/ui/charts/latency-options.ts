import uPlot from 'uplot';
import type { Series, SeriesPoint } from '../../../../shared/monitoring/history.ts';
import { readColour } from '../theme/theme.ts';
import { formatLatency } from '../time/duration.ts';
import { PHASES } from './phases.ts';
import { axisLabel } from './step-label.ts';

const AXIS_FONT = '12px "Inter Variable", system-ui, sans-serif';
/** Below this many pixels a drag was a click. */
const SHORTEST_DRAG = 6;

type LatencyOptions = {
  size: { width: number; height: number };
  series: () => Series;
  onCursor: (index: number | null) => void;
  onZoom: (fromSeconds: number, toSeconds: number) => void;
};

/** How uPlot draws the chart: bars of stacked phases, a whisker at the 95th percentile, and what failed along the foot. */
export function latencyOptions(chart: LatencyOptions): uPlot.Options {
  const bars = uPlot.paths.bars?.({ size: [0.82, 48, 1], gap: 0 });
  const axis = (): Partial<uPlot.Axis> => ({
    stroke: () => readColour('--text-faint'),
    font: AXIS_FONT,
    grid: { stroke: () => readColour('--line'), width: 1 },
    ticks: { show: false },
  });
  return {
    ...chart.size,
    legend: { show: false },
    padding: [8, 14, 0, 0],
    cursor: {
      y: false,
      points: { show: false },
      drag: { x: true, y: false, dist: SHORTEST_DRAG },
    },
    scales: {
      x: { time: true, range: (plot, min, max) => wholeSteps(plot, min, max, chart.series().stepSeconds) },
      y: { range: (_plot, _min, max) => [0, Math.max(max ?? 0, 1) * 1.08] },
    },
    axes: [
      {
        ...axis(),
        grid: { show: false },
        size: 28,
        gap: 8,
        space: 72,
        values: (_plot, splits, _axis, _space, increment) => splits.map((at) => axisLabel(at, increment)),
      },
      {
        ...axis(),
        size: 60,
        gap: 8,
        space: 36,
        // Where nothing was answered there is no scale to read.
        values: (_plot, splits) =>
          splits.map((value) => (isAnswered(chart.series()) ? formatLatency(value) : '')),
      },
    ],
    series: [
      {},
      // Drawn as whiskers below; here it takes part in the scale.
      { paths: () => null, points: { show: false } },
      ...PHASES.toReversed().map(({ colour }) => ({
        ...(bars === undefined ? {} : { paths: bars }),
        width: 0,
        fill: () => readColour(colour),
        points: { show: false },
      })),
    ],
    hooks: {
      setCursor: [(plot) => chart.onCursor(plot.cursor.idx ?? null)],
      setScale: [
        (plot, key) => {
          const { min, max } = plot.scales.x ?? {};
          if (key === 'x' && min !== undefined && max !== undefined) chart.onZoom(min, max);
        },
      ],
      drawAxes: [(plot) => drawFailedGround(plot, chart.series())],
      draw: [
        (plot) => {
          drawWhiskers(plot, chart.series());
          drawFailedMarks(plot, chart.series());
        },
      ],
    },
  };
}

const isAnswered = (series: Series) => series.points.some((point) => point.phases !== null);

/** The whole range shows its first and last step in full; a part of it is shown as it was chosen. */
function wholeSteps(plot: uPlot, min: number, max: number, stepSeconds: number): uPlot.Range.MinMax {
  const at = plot.data[0];
  const whole = min === at?.[0] && max === at?.[at.length - 1];
  return whole ? [min - stepSeconds / 2, max + stepSeconds / 2] : [min, max];
}

type Column = { point: SeriesPoint; centre: number; width: number };

/** The steps in view, in pixels of the canvas. */
function columnsInView(plot: uPlot, series: Series): Column[] {
  const [from, to] = plot.series[0]?.idxs ?? [0, -1];
  const step = plot.valToPos(series.stepSeconds, 'x', true) - plot.valToPos(0, 'x', true);
  return series.points.slice(from, to + 1).map((point, offset) => ({
    point,
    centre: plot.valToPos(plot.data[0]?.[from + offset] ?? 0, 'x', true),
    width: step,
  }));
}

function drawFailedGround(plot: uPlot, series: Series): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.fillStyle = readColour('--down-soft');
  for (const { point, centre, width } of columnsInView(plot, series)) {
    if (point.down > 0) ctx.fillRect(centre - width / 2, bbox.top, width, bbox.height);
  }
  ctx.restore();
}

function drawWhiskers(plot: uPlot, series: Series): void {
  const { ctx } = plot;
  const height = Math.max(1, Math.round(uPlot.pxRatio));
  ctx.save();
  ctx.fillStyle = readColour('--text-muted');
  for (const { point, centre, width } of columnsInView(plot, series)) {
    if (point.p95Ms === null) continue;
    const wide = Math.max(1, Math.min(width * 0.5, 14 * uPlot.pxRatio));
    ctx.fillRect(centre - wide / 2, plot.valToPos(point.p95Ms, 'y', true) - height / 2, wide, height);
  }
  ctx.restore();
}

/** Along the foot: a square where checks failed, a triangle where they were only slow, as everywhere. */
function drawFailedMarks(plot: uPlot, series: Series): void {
  const { ctx, bbox } = plot;
  const foot = bbox.top + bbox.height;
  ctx.save();
  for (const { point, centre, width } of columnsInView(plot, series)) {
    const side = Math.max(2 * uPlot.pxRatio, Math.min(7 * uPlot.pxRatio, width * 0.8));
    if (point.down > 0) {
      ctx.fillStyle = readColour('--down');
      ctx.fillRect(centre - side / 2, foot - side, side, side);
    } else if (point.degraded > 0) {
      ctx.fillStyle = readColour('--degraded');
      ctx.beginPath();
      ctx.moveTo(centre, foot - side);
      ctx.lineTo(centre + side / 2, foot);
      ctx.lineTo(centre - side / 2, foot);
      ctx.fill();
    }
  }
  ctx.restore();
}
