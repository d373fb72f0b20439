import {
  createEffect,
  createMemo,
  createSignal,
  ErrorBoundary,
  lazy,
  Match,
  on,
  Show,
  Suspense,
  Switch,
} from 'solid-js';
import type { Range, Series } from '../../../../shared/monitoring/history.ts';
import { Button } from '../button.tsx';
import { Loading, Skeleton } from '../skeleton.tsx';
import { formatLatency } from '../time/duration.ts';
import type { Zoom } from './latency-canvas.tsx';
import { LatencyLegend } from './latency-legend.tsx';
import { LatencyTable } from './latency-table.tsx';
import { summarizeSteps } from './stack-phases.ts';
import { stepByKey } from './step-by-key.ts';
import { RANGE_WORDS, stepLabel } from './step-label.ts';

const HEIGHT = 240;

/** uPlot comes with the first chart that is shown, and not before. */
const LatencyCanvas = lazy(() => import('./latency-canvas.tsx'));

/**
 * Latency by phase over time. Pointer, finger or arrow keys move a crosshair whose figures stand above; a drag, or + and
 * - at the crosshair, zooms; the same figures are a table behind a toggle.
 */
export function LatencyChart(props: { series: Series; range: Range }) {
  const [cursor, setCursor] = createSignal<number | null>(null);
  const [zoom, setZoom] = createSignal<Zoom | null>(null);
  const [asTable, setAsTable] = createSignal(false);

  // A part that was chosen of one range says nothing about another.
  createEffect(
    on(
      () => props.range,
      () => {
        setZoom(null);
        setCursor(null);
      },
      { defer: true },
    ),
  );

  const secondsAt = (index: number) => Date.parse(props.series.points[index]?.at ?? '') / 1000;
  const inView = createMemo(() => {
    const part = zoom();
    if (part === null) return props.series.points;
    return props.series.points.filter((_, index) => {
      const middle = secondsAt(index) + props.series.stepSeconds / 2;
      return middle >= part.fromSeconds && middle <= part.toSeconds;
    });
  });
  const atCursor = createMemo(() => {
    const index = cursor();
    const point = index === null ? undefined : props.series.points[index];
    return point === undefined ? null : { at: Date.parse(point.at) / 1000, summary: summarizeSteps([point]) };
  });
  const isEmpty = createMemo(() => {
    const { checks, unknown } = summarizeSteps(props.series.points);
    return checks + unknown === 0;
  });
  const overview = createMemo(() => summarizeSteps(inView()));
  const overviewWords = () =>
    zoom() === null ? `Mean of the last ${RANGE_WORDS[props.range]}` : 'Mean of the part shown';

  const when = () => {
    const at = atCursor();
    return at === null ? overviewWords() : stepLabel(at.at, props.series.stepSeconds);
  };

  /** What a screen reader hears at each step. */
  const spoken = () => {
    const { totalMs, checks, down } = atCursor()?.summary ?? overview();
    if (checks === 0) return `${when()}: nothing was checked`;
    const failed = down > 0 ? `, ${down} of ${checks} checks failed` : '';
    return `${when()}: ${totalMs === null ? 'no answer' : formatLatency(totalMs)}${failed}`;
  };

  const shownIndexes = () => {
    const shown = inView();
    const first = shown[0] === undefined ? 0 : props.series.points.indexOf(shown[0]);
    return { first, last: first + shown.length - 1 };
  };

  /** No step is cut in half. */
  const wholeSteps = ({ fromSeconds, toSeconds }: Zoom): Zoom => {
    const step = props.series.stepSeconds;
    const origin = secondsAt(0);
    return {
      fromSeconds: origin + Math.floor((fromSeconds - origin) / step) * step,
      toSeconds: origin + Math.ceil((toSeconds - origin) / step) * step,
    };
  };

  const zoomBy = (factor: number) => {
    const { first, last } = shownIndexes();
    const centre = secondsAt(cursor() ?? Math.round((first + last) / 2)) + props.series.stepSeconds / 2;
    const half = ((last - first + 1) * props.series.stepSeconds * factor) / 2;
    const least = secondsAt(0);
    const most = secondsAt(props.series.points.length - 1) + props.series.stepSeconds;
    if (half * 2 < props.series.stepSeconds * 4) return;
    if (half * 2 >= most - least) {
      setZoom(null);
      return;
    }
    setZoom(
      wholeSteps({ fromSeconds: Math.max(least, centre - half), toSeconds: Math.min(most, centre + half) }),
    );
  };

  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const index = stepByKey(event.key, cursor(), { ...shownIndexes(), stride: 10 });
    if (index !== undefined) setCursor(index);
    else if (event.key === '+') zoomBy(0.5);
    else if (event.key === '-') zoomBy(2);
    else if (event.key !== 'Escape') return;
    else if (cursor() !== null) setCursor(null);
    else if (zoom() !== null) setZoom(null);
    else return;
    event.preventDefault();
  };

  const table = () => (
    <LatencyTable series={props.series} label={`Latency over the last ${RANGE_WORDS[props.range]}`} />
  );

  return (
    <div>
      <div class="flex min-h-7 items-center justify-between gap-3">
        <p class="figures min-w-0 text-13 font-medium">{when()}</p>
        <div class="flex gap-2">
          <Show when={zoom() !== null}>
            <Button size="small" onClick={() => setZoom(null)}>
              Whole range
            </Button>
          </Show>
          <Button variant="ghost" size="small" onClick={() => setAsTable(!asTable())}>
            {asTable() ? 'Chart' : 'Table'}
          </Button>
        </div>
      </div>
      <LatencyLegend step={atCursor()?.summary ?? overview()} />
      <ErrorBoundary
        fallback={
          <>
            <p class="mb-3 text-13 text-muted">
              The chart could not be drawn in this browser; these are its figures.
            </p>
            {table()}
          </>
        }
      >
        <Switch>
          <Match when={asTable()}>{table()}</Match>
          <Match when={isEmpty()}>
            <p class="grid h-60 place-items-center text-14 text-muted">
              Nothing was checked in the last {RANGE_WORDS[props.range]}.
            </p>
          </Match>
          <Match when={true}>
            <div
              role="slider"
              tabIndex={0}
              class="rounded-6"
              aria-label={`Latency by phase over the last ${RANGE_WORDS[props.range]}`}
              aria-valuemin="0"
              aria-valuemax={props.series.points.length - 1}
              aria-valuenow={cursor() ?? props.series.points.length - 1}
              aria-valuetext={spoken()}
              onKeyDown={press}
            >
              <Suspense
                fallback={
                  <Loading label="Loading the chart">
                    <Skeleton class="h-60 w-full" />
                  </Loading>
                }
              >
                <LatencyCanvas
                  series={props.series}
                  height={HEIGHT}
                  cursor={cursor()}
                  onCursor={setCursor}
                  zoom={zoom()}
                  onZoom={(part) => setZoom(part === null ? null : wholeSteps(part))}
                />
              </Suspense>
            </div>
          </Match>
        </Switch>
      </ErrorBoundary>
    </div>
  );
}
