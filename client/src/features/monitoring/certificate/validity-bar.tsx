import { Show } from 'solid-js';

const DAY_MS = 86_400_000;

/** The life of a certificate and how much of it is over, with a notch where the threshold lies. Decoration: the days stand above it. */
export function ValidityBar(props: {
  fromMs: number;
  toMs: number;
  nowMs: number;
  thresholdDays: number | null;
}) {
  const wholeMs = () => Math.max(1, props.toMs - props.fromMs);
  const share = (ms: number) => Math.min(100, Math.max(0, ((ms - props.fromMs) / wholeMs()) * 100));
  const notch = () =>
    props.thresholdDays === null ? null : share(props.toMs - props.thresholdDays * DAY_MS);
  return (
    <svg width="100%" height="10" class="block" aria-hidden="true">
      <rect y="2" width="100%" height="6" rx="3" class="fill-sunken" />
      <rect y="2" width={`${share(props.nowMs)}%`} height="6" rx="3" class="fill-line-field" />
      <Show when={notch()}>{(at) => <rect x={`${at()}%`} width="2" height="10" class="fill-text" />}</Show>
    </svg>
  );
}
