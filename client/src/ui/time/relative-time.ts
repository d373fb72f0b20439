const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** From here on a date says more than a number of days. */
const LONGEST_RELATIVE = 30 * DAY;

/**
 * How far an instant lies from now, in one unit: "just now", "12 s ago", "in 3 min", "5 d ago"; its date once that is
 * a month away. Instants are epoch milliseconds; what lies within 1.5 s of now, on either side, is now: clocks differ.
 */
export function relativeTime(instantMs: number, nowMs: number): string {
  const distance = Math.abs(nowMs - instantMs);
  if (distance < 1.5 * SECOND) return 'just now';
  if (distance >= LONGEST_RELATIVE) return calendarDate(instantMs);
  const amount = inOneUnit(distance);
  return instantMs < nowMs ? `${amount} ago` : `in ${amount}`;
}

function inOneUnit(distanceMs: number): string {
  if (distanceMs < MINUTE) return `${Math.floor(distanceMs / SECOND)} s`;
  if (distanceMs < HOUR) return `${Math.floor(distanceMs / MINUTE)} min`;
  if (distanceMs < DAY) return `${Math.floor(distanceMs / HOUR)} h`;
  return `${Math.floor(distanceMs / DAY)} d`;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** One formatter for each set of options: making one costs far more than using it. */
function formatOf(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify(options);
  let format = formats.get(key);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-GB', options);
    formats.set(key, format);
  }
  return format;
}

/** "24 Nov 2026", in the browser's zone unless another is given. */
export function calendarDate(instantMs: number, timeZone?: string): string {
  return formatOf({ day: 'numeric', month: 'short', year: 'numeric', timeZone }).format(instantMs);
}

/** "Tue 24 Nov 2026, 21:56:50 GMT+1": the exact instant, its zone included. */
export function exactTime(instantMs: number, timeZone?: string): string {
  const date = formatOf({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', timeZone });
  return `${date.format(instantMs).replace(',', '')}, ${clockTime(instantMs, timeZone)} ${zoneName(instantMs, timeZone)}`;
}

/** "21:56:50". */
export function clockTime(instantMs: number, timeZone?: string): string {
  return formatOf({
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZone,
  }).format(instantMs);
}

/** The short name of the zone at that instant: "CET", "GMT+1", "UTC". */
export function zoneName(instantMs: number, timeZone?: string): string {
  const parts = formatOf({ timeZoneName: 'short', timeZone }).formatToParts(instantMs);
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? 'UTC';
}
