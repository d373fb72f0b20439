import * as v from 'valibot';

const SENTENCE = 'Use an ISO 8601 instant, such as 2026-01-31T12:00:00Z.';

/** An instant as it is written over the API; comes out as ISO 8601 UTC. Refuses days that no month has, and years of four digits only. */
export const instantSchema = v.pipe(
  v.string(SENTENCE),
  v.isoTimestamp(SENTENCE),
  v.check((text) => isDayOfCalendar(text) && !Number.isNaN(Date.parse(text)), SENTENCE),
  v.transform((text) => new Date(text).toISOString()),
  // Beyond these a shift by a few seconds or hours leaves what databases and `toISOString` can write in four digits.
  v.check((text) => text >= '1970-01-01' && text < '9999-12-31', 'Use a year from 1970 on.'),
);

/** `Date` takes 31 February for 3 March. */
function isDayOfCalendar(text: string): boolean {
  const day = text.slice(0, 10);
  const parsed = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(parsed) && new Date(parsed).toISOString().startsWith(day);
}
