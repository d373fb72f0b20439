const UNITS: readonly { unit: string; ms: number }[] = [
  { unit: 'd', ms: 86_400_000 },
  { unit: 'h', ms: 3_600_000 },
  { unit: 'min', ms: 60_000 },
  { unit: 's', ms: 1000 },
];

/**
 * A length of time as people say it: its two largest units, the second left out where it is zero ("45 s", "3 min 20 s",
 * "2 h", "3 d 4 h"). Fractions of a second are dropped: a thing that lasted 59.9 s has not lasted a minute.
 */
export function formatDuration(durationMs: number): string {
  const wholeMs = Math.max(0, Math.floor(durationMs / 1000) * 1000);
  const first = UNITS.findIndex(({ ms }) => wholeMs >= ms);
  const [large, small] = UNITS.slice(first === -1 ? UNITS.length - 1 : first);
  if (large === undefined) return '0 s';
  const head = `${Math.floor(wholeMs / large.ms)} ${large.unit}`;
  if (small === undefined) return head;
  const rest = Math.floor((wholeMs % large.ms) / small.ms);
  return rest === 0 ? head : `${head} ${rest} ${small.unit}`;
}

/** How often something happens: "every 30 s", "every minute", "every 5 min", "every day". */
export function formatRhythm(intervalSeconds: number): string {
  const one = { 60: 'minute', 3600: 'hour', 86400: 'day' }[intervalSeconds];
  return `every ${one ?? formatDuration(intervalSeconds * 1000)}`;
}

/** How long an answer took: "0.8 ms", "142 ms", "1.94 s", "12.1 s"; three figures at most, so that columns line up. */
export function formatLatency(latencyMs: number): string {
  if (latencyMs < 9.95) return `${trim(latencyMs.toFixed(1))} ms`;
  if (latencyMs < 999.5) return `${Math.round(latencyMs)} ms`;
  const seconds = latencyMs / 1000;
  return `${trim(seconds.toFixed(seconds < 9.995 ? 2 : 1))} s`;
}

const trim = (figure: string) => figure.replace(/\.?0+$/, '');
