import 'uplot/dist/uPlot.min.css';
import './latency-canvas.css';
import { createEffect, on, onCleanup, onMount } from 'solid-js';
import uPlot from 'uplot';
import type { Series } from '../../../../shared/monitoring/history.ts';
import { currentTheme } from '../theme/theme.ts';
import { latencyOptions } from './latency-options.ts';
import { stackPhases } from './stack-phases.ts';

export type Zoom = { fromSeconds: number; toSeconds: number };

type LatencyCanvasProps = {
  series: Series;
  height: number;
  /** The step under the crosshair, set from outside by the keyboard; null without one. */
  cursor: number | null;
  onCursor: (index: number | null) => void;
  /** Null: the whole range. */
  zoom: Zoom | null;
  onZoom: (zoom: Zoom | null) => void;
};

/** The drawn part of the latency chart. It is decoration to those who cannot see it: its owner says it in words. */
export default function LatencyCanvas(props: LatencyCanvasProps) {
  let holder!: HTMLDivElement;
  let plot: uPlot | undefined;

  /** Steps are drawn around their middle, so that the step under the pointer is the one whose middle is nearest. */
  const columns = () => {
    const [at, ...rest] = stackPhases(props.series.points);
    const middles = at.map((seconds) => seconds + props.series.stepSeconds / 2);
    return [middles, ...rest] as uPlot.AlignedData;
  };

  const isWhole = (zoom: Zoom): boolean => {
    const [first, last] = [props.series.points[0], props.series.points.at(-1)];
    if (first === undefined || last === undefined) return true;
    return (
      zoom.fromSeconds <= Date.parse(first.at) / 1000 &&
      zoom.toSeconds >= Date.parse(last.at) / 1000 + props.series.stepSeconds
    );
  };

  const placeCursor = (index: number | null) => {
    const at = index === null ? undefined : plot?.data[0]?.[index];
    // Outside of the plot is how uPlot says that there is no cursor.
    if (at == null) plot?.setCursor({ left: -10, top: -10 }, false);
    else plot?.setCursor({ left: plot.valToPos(at, 'x'), top: 0 }, false);
  };

  onMount(() => {
    plot = new uPlot(
      latencyOptions({
        size: { width: holder.clientWidth, height: props.height },
        series: () => props.series,
        onCursor: (index) => props.onCursor(index),
        onZoom: (fromSeconds, toSeconds) => {
          const zoom = { fromSeconds, toSeconds };
          props.onZoom(isWhole(zoom) ? null : zoom);
          placeCursor(props.cursor);
        },
      }),
      columns(),
      holder,
    );
    const resize = new ResizeObserver(() => {
      plot?.setSize({ width: holder.clientWidth, height: props.height });
    });
    resize.observe(holder);
    const followFinger = (event: PointerEvent) => {
      if (event.pointerType === 'mouse' || plot === undefined) return;
      const { left, top } = plot.over.getBoundingClientRect();
      plot.setCursor({ left: event.clientX - left, top: event.clientY - top });
    };
    plot.over.addEventListener('pointermove', followFinger);
    onCleanup(() => {
      resize.disconnect();
      plot?.destroy();
    });
  });

  createEffect(
    on(
      () => props.series,
      () => {
        plot?.setData(columns(), props.zoom === null);
        if (props.zoom !== null) plot?.redraw();
      },
      { defer: true },
    ),
  );
  createEffect(
    on(
      () => props.zoom,
      (zoom) => {
        const data = plot?.data[0];
        const [first, last] = [data?.[0], data?.[data.length - 1]];
        if (plot === undefined || first == null || last == null) return;
        plot.setScale(
          'x',
          zoom === null ? { min: first, max: last } : { min: zoom.fromSeconds, max: zoom.toSeconds },
        );
      },
      { defer: true },
    ),
  );
  createEffect(
    on(
      () => props.cursor,
      (index) => {
        if (plot?.cursor.idx !== index) placeCursor(index);
      },
      { defer: true },
    ),
  );
  // Colours are kept with the paths, so these too are made anew.
  createEffect(on(currentTheme, () => plot?.redraw(true, true), { defer: true }));

  return <div ref={holder} class="latency-canvas w-full" aria-hidden="true" />;
}
