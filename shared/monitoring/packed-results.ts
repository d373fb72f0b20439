import type { CheckFinding, Timings } from '../checks/check-result.ts';
import type { Outcome } from '../checks/outcome.ts';
import type { ResultCode } from '../checks/result-code.ts';
import { ByteReader, ByteWriter } from './packed-bytes.ts';

/** One result of a monitor and region in a pack. Instants are epoch milliseconds, whole ones. */
export type PackedResult = CheckFinding & { slotMs: number; checkedMs: number; verification: boolean };

export const HOUR_MS = 3_600_000;

/** The first byte of a pack. Another way to pack gets another number; packs of the old one stay readable. */
const FORMAT = 1;

/** Steps a millisecond: latencies are kept to a hundredth of one, as the prober measures them. */
const STEPS = 100;

/** What an outcome is called in a pack, for good: the place in another list may move. */
const OUTCOME_NUMBERS: Record<Outcome, number> = { up: 0, degraded: 1, down: 2, void: 3 };
const OUTCOMES_BY_NUMBER: readonly Outcome[] = ['up', 'degraded', 'down', 'void'];

/** A set of outcomes as bits, which says of a pack what is in it without opening it. */
export function outcomeBits(outcomes: Iterable<Outcome>): number {
  let bits = 0;
  for (const outcome of outcomes) bits |= 1 << OUTCOME_NUMBERS[outcome];
  return bits;
}

const PHASES = [
  'dnsMs',
  'connectMs',
  'tlsMs',
  'firstByteMs',
  'transferMs',
] as const satisfies (keyof Timings)[];

/**
 * Packs the results of one monitor, region and hour, given in any order, one a slot. Columns: slots as differences of
 * differences, lateness, outcomes, statuses, phases in hundredths of a millisecond, and the total as what the phases leave.
 * Codes and reasons stand once each.
 *
 * @throws RangeError for a time that is not finite, or two results of one slot
 */
export function packResults(hourMs: number, results: readonly PackedResult[]): Uint8Array {
  const sorted = results.toSorted((a, b) => a.slotMs - b.slotMs);
  const words: string[] = [];
  const numbers = new Map<string, number>();
  const wordNumber = (word: string) => {
    const known = numbers.get(word);
    if (known !== undefined) return known;
    words.push(word);
    numbers.set(word, words.length);
    return words.length;
  };
  const codes = sorted.map(({ code }) => (code === 'ok' ? 0 : wordNumber(code)));
  const reasons = sorted.map(({ reason }) => (reason === null ? 0 : wordNumber(reason)));
  const slots = sorted.map(({ slotMs }) => slotMs - hourMs);
  const gaps = slots.map((slot, index) => slot - (slots[index - 1] ?? 0));
  if (gaps.some((gap, index) => index > 0 && gap === 0)) throw new RangeError('Two results of one slot.');

  const writer = new ByteWriter();
  writer.count(FORMAT);
  writer.count(sorted.length);
  writer.count(words.length);
  for (const word of words) writer.text(word);
  writer.column(gaps);
  writer.column(sorted.map(({ checkedMs, slotMs }) => checkedMs - slotMs));
  writer.column(sorted.map(({ verification }) => (verification ? 1 : 0)));
  writer.column(sorted.map(({ outcome }) => OUTCOME_NUMBERS[outcome]));
  writer.column(codes);
  writer.column(reasons);
  writer.column(sorted.map(({ statusCode }) => numberOf(statusCode)));
  for (const phase of PHASES) writer.column(sorted.map(({ timings }) => numberOf(stepsOf(timings[phase]))));
  writer.column(sorted.map(({ timings }) => stepsOf(timings.totalMs) - phaseSteps(timings)));
  return writer.finish();
}

/** What `packResults` packed, by slot, oldest first. @throws RangeError for bytes that are no pack */
export function unpackResults(hourMs: number, pack: Uint8Array): PackedResult[] {
  const reader = new ByteReader(pack);
  const format = reader.count();
  if (format !== FORMAT)
    throw new RangeError(`Results are packed in format ${format}, which is not known here.`);
  const length = reader.count();
  const words = Array.from({ length: reader.count() }, () => reader.text());
  const wordOf = (number: number) => {
    const word = words[number - 1];
    if (word === undefined) throw new RangeError('A pack lacks a word.');
    return word;
  };
  const gaps = reader.column(length);
  const lateness = reader.column(length);
  const verifications = reader.column(length);
  const outcomes = reader.column(length);
  const codes = reader.column(length);
  const reasons = reader.column(length);
  const statuses = reader.column(length);
  const [dns = [], connect = [], tls = [], firstByte = [], transfer = []] = PHASES.map(() =>
    reader.column(length),
  );
  const rests = reader.column(length);
  reader.end();

  const results: PackedResult[] = [];
  let slotMs = hourMs;
  // A chart of three months opens a million results: columns are read by index, and nothing else is made but the result.
  for (let index = 0; index < length; index++) {
    slotMs += gaps[index] ?? 0;
    const outcome = OUTCOMES_BY_NUMBER[outcomes[index] ?? -1];
    if (outcome === undefined) throw new RangeError('A pack holds an outcome that is not known.');
    const code = codes[index] ?? 0;
    const reason = reasons[index] ?? 0;
    const dnsSteps = numberFrom(dns[index] ?? 0);
    const connectSteps = numberFrom(connect[index] ?? 0);
    const tlsSteps = numberFrom(tls[index] ?? 0);
    const firstByteSteps = numberFrom(firstByte[index] ?? 0);
    const transferSteps = numberFrom(transfer[index] ?? 0);
    const inPhases =
      (dnsSteps ?? 0) + (connectSteps ?? 0) + (tlsSteps ?? 0) + (firstByteSteps ?? 0) + (transferSteps ?? 0);
    results.push({
      slotMs,
      checkedMs: slotMs + (lateness[index] ?? 0),
      verification: verifications[index] === 1,
      outcome,
      code: code === 0 ? 'ok' : (wordOf(code) as ResultCode), // packed from a result, which has no other
      reason: reason === 0 ? null : wordOf(reason),
      statusCode: numberFrom(statuses[index] ?? 0),
      timings: {
        dnsMs: msOf(dnsSteps),
        connectMs: msOf(connectSteps),
        tlsMs: msOf(tlsSteps),
        firstByteMs: msOf(firstByteSteps),
        transferMs: msOf(transferSteps),
        totalMs: (inPhases + (rests[index] ?? 0)) / STEPS,
      },
    });
  }
  return results;
}

/** Null or a whole number as one whole number, small where it was small. */
const numberOf = (value: number | null) => (value === null ? 0 : value < 0 ? value : value + 1);
const numberFrom = (number: number) => (number === 0 ? null : number < 0 ? number : number - 1);

function stepsOf(ms: number): number;
function stepsOf(ms: number | null): number | null;
function stepsOf(ms: number | null): number | null {
  return ms === null ? null : Math.round(ms * STEPS) + 0; // no minus zero
}

const msOf = (steps: number | null) => (steps === null ? null : steps / STEPS);

const phaseSteps = (timings: Timings) =>
  PHASES.reduce((sum, phase) => sum + (stepsOf(timings[phase]) ?? 0), 0);
