import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OUTCOMES } from '../checks/outcome.ts';
import { RESULT_CODES } from '../checks/result-code.ts';
import { HOUR_MS, outcomeBits, type PackedResult, packResults, unpackResults } from './packed-results.ts';

const HOUR = Date.UTC(2026, 10, 24, 13);

/** As the prober measures: hundredths of a millisecond. */
const anyMs = fc.integer({ min: 0, max: 12_000_000 }).map((hundredths) => hundredths / 100);
const anyPhase = fc.option(anyMs);
const anyResult: fc.Arbitrary<PackedResult> = fc.record({
  slotMs: fc.integer({ min: 0, max: HOUR_MS - 1 }).map((offset) => HOUR + offset),
  checkedMs: fc.integer({ min: -HOUR_MS, max: 24 * HOUR_MS }).map((offset) => HOUR + offset),
  verification: fc.boolean(),
  outcome: fc.constantFrom(...OUTCOMES),
  code: fc.constantFrom(...RESULT_CODES),
  reason: fc.option(fc.string({ unit: 'binary' })),
  statusCode: fc.option(fc.integer({ min: -32_768, max: 32_767 })),
  timings: fc.record({
    dnsMs: anyPhase,
    connectMs: anyPhase,
    tlsMs: anyPhase,
    firstByteMs: anyPhase,
    transferMs: anyPhase,
    totalMs: anyMs,
  }),
});
const anyHour = fc.uniqueArray(anyResult, { selector: (result) => result.slotMs, maxLength: 400 });

const bySlot = (results: PackedResult[]) => results.toSorted((a, b) => a.slotMs - b.slotMs);

/** An hour in which nothing happened, checked each minute. */
const quietHour = (vary: (minute: number) => Partial<PackedResult> = () => ({})): PackedResult[] =>
  Array.from({ length: 60 }, (_, minute) => ({
    slotMs: HOUR + 12_345 + minute * 60_000,
    checkedMs: HOUR + 12_346 + minute * 60_000,
    verification: false,
    outcome: 'up',
    code: 'ok',
    reason: null,
    statusCode: 200,
    timings: {
      dnsMs: 0.41,
      connectMs: 11.2,
      tlsMs: 12.9,
      firstByteMs: 31.07,
      transferMs: 0.22,
      totalMs: 55.83,
    },
    ...vary(minute),
  }));

test('what was packed comes back whole, oldest first, in whatever order it was given', () => {
  fc.assert(
    fc.property(anyHour, (results) => {
      expect(unpackResults(HOUR, packResults(HOUR, results))).toEqual(bySlot(results));
    }),
    { numRuns: 200 },
  );
});

test('a latency loses less than a hundredth of a millisecond, however finely it was measured', () => {
  const anyTime = fc.double({ min: 0, max: 120_000, noNaN: true });
  fc.assert(
    fc.property(anyTime, anyTime, (dnsMs, totalMs) => {
      const timings = { dnsMs, connectMs: null, tlsMs: null, firstByteMs: null, transferMs: null, totalMs };
      const [back] = unpackResults(HOUR, packResults(HOUR, quietHour(() => ({ timings })).slice(0, 1)));
      expect(Math.abs((back?.timings.dnsMs ?? Number.NaN) - dnsMs)).toBeLessThanOrEqual(0.005 + 1e-9);
      expect(Math.abs((back?.timings.totalMs ?? Number.NaN) - totalMs)).toBeLessThanOrEqual(0.005 + 1e-9);
    }),
  );
});

test('the same results make the same bytes', () => {
  fc.assert(
    fc.property(anyHour, (results) => {
      expect(packResults(HOUR, results.toReversed())).toEqual(packResults(HOUR, results));
    }),
    { numRuns: 50 },
  );
});

test('a quiet hour takes a few bytes, and a failing one says its reason once', () => {
  expect(packResults(HOUR, quietHour()).length).toBeLessThanOrEqual(60);
  const reason = 'Connection refused by 192.0.2.7 on port 443, which the host name shop.example stands for.';
  const failing = packResults(
    HOUR,
    quietHour(() => ({ outcome: 'down', code: 'connect_refused', reason, statusCode: null })),
  );
  expect(failing.length).toBeLessThan(60 + reason.length + 20);
});

test('an hour without results is a pack too', () => {
  expect(unpackResults(HOUR, packResults(HOUR, []))).toEqual([]);
});

test('two results of one slot are refused, and so is a time that is none', () => {
  const [first, second] = quietHour();
  if (first === undefined || second === undefined) throw new Error('Too few.');
  expect(() => packResults(HOUR, [first, second, { ...second, outcome: 'down' }])).toThrow('one slot');
  for (const totalMs of [Number.NaN, Number.POSITIVE_INFINITY]) {
    const broken = { ...first, timings: { ...first.timings, totalMs } };
    expect(() => packResults(HOUR, [broken])).toThrow(RangeError);
  }
});

test('bytes that are no pack are refused, not read as something else', () => {
  const pack = packResults(HOUR, quietHour());
  for (let length = 0; length < pack.length; length++) {
    expect(() => unpackResults(HOUR, pack.slice(0, length))).toThrow(RangeError);
  }
  expect(() => unpackResults(HOUR, new Uint8Array([...pack, 0]))).toThrow(RangeError);
  expect(() => unpackResults(HOUR, new Uint8Array([2, ...pack.slice(1)]))).toThrow('format 2');
});

test('a pack that the first release wrote is read as it was meant', () => {
  const pack =
    '0103030a746c735f6661696c656404736c6f77155468652068616e647368616b65206661696c65642e00d00fc0a907e80700060200000000020000040200000204' +
    '000006000092030092030054665400c211d20fc21100961400961400c83000c8e518002e002e00060006';
  const good = { dnsMs: 0.41, connectMs: 11.2, tlsMs: 12.9, transferMs: 0.22 };
  expect(unpackResults(HOUR, Buffer.from(pack, 'hex'))).toEqual([
    {
      slotMs: HOUR + 1000,
      checkedMs: HOUR + 1003,
      verification: false,
      outcome: 'up',
      code: 'ok',
      reason: null,
      statusCode: 200,
      timings: { ...good, firstByteMs: 31.07, totalMs: 55.83 },
    },
    {
      slotMs: HOUR + 61_000,
      checkedMs: HOUR + 61_001,
      verification: false,
      outcome: 'down',
      code: 'tls_failed',
      reason: 'The handshake failed.',
      statusCode: null,
      timings: { dnsMs: 0.5, connectMs: 10, tlsMs: null, firstByteMs: null, transferMs: null, totalMs: 10.5 },
    },
    {
      slotMs: HOUR + 61_500,
      checkedMs: HOUR + 61_500,
      verification: true,
      outcome: 'degraded',
      code: 'slow',
      reason: null,
      statusCode: 200,
      timings: { ...good, firstByteMs: 2031.07, totalMs: 2055.83 },
    },
  ]);
});

test('the outcomes of a pack are bits of their own', () => {
  expect(OUTCOMES.map((outcome) => outcomeBits([outcome]))).toEqual([1, 2, 4, 8]);
  expect(outcomeBits(['up', 'down', 'up'])).toBe(5);
  expect(outcomeBits([])).toBe(0);
});
