import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LatencyDigest } from './latency-digest.ts';

const SHARES = [0.5, 0.95, 0.99];
const anyLatencies = fc.array(
  fc.integer({ min: 0, max: 12_000_000 }).map((hundredths) => hundredths / 100),
  { minLength: 1, maxLength: 300 },
);

function digestOf(latenciesMs: number[]): LatencyDigest {
  const digest = new LatencyDigest();
  for (const latencyMs of latenciesMs) digest.add(latencyMs);
  return digest;
}

const percentiles = (digest: LatencyDigest) => SHARES.map((share) => digest.percentileMs(share));

test('a percentile lies within half a percent of a check that was made, at its rank', () => {
  fc.assert(
    fc.property(anyLatencies, (latencies) => {
      const digest = digestOf(latencies);
      const sorted = latencies.toSorted((a, b) => a - b);
      for (const share of SHARES) {
        const rank = share * (sorted.length - 1);
        const below = sorted[Math.floor(rank)] ?? Number.NaN;
        const above = sorted[Math.ceil(rank)] ?? Number.NaN;
        expect(digest.percentileMs(share)).toBeGreaterThanOrEqual(below * 0.995 - 1e-9);
        expect(digest.percentileMs(share)).toBeLessThanOrEqual(above * 1.005 + 1e-9);
      }
    }),
  );
});

test('a digest comes back from its bytes as it was', () => {
  fc.assert(
    fc.property(anyLatencies, (latencies) => {
      const digest = digestOf(latencies);
      const back = LatencyDigest.read(digest.toBytes());
      expect(percentiles(back)).toEqual(percentiles(digest));
      expect(back.toBytes()).toEqual(digest.toBytes());
    }),
  );
});

test('digests of two stretches make the digest of both', () => {
  fc.assert(
    fc.property(anyLatencies, anyLatencies, (first, second) => {
      const merged = LatencyDigest.read(digestOf(first).toBytes());
      merged.merge(LatencyDigest.read(digestOf(second).toBytes()));
      expect(merged.toBytes()).toEqual(digestOf([...first, ...second]).toBytes());
    }),
  );
});

test('where no check got an answer there is no percentile, also in a sum', () => {
  const empty = LatencyDigest.read(new LatencyDigest().toBytes());
  expect(percentiles(empty)).toEqual([null, null, null]);
  empty.merge(digestOf([20]));
  expect(empty.percentileMs(0.5)).toBeCloseTo(20, 0);
  empty.merge(new LatencyDigest());
  expect(empty.percentileMs(0.99)).toBeCloseTo(20, 0);
});

test('an hour checked each minute takes fewer bytes than a check a minute would', () => {
  const latencies = Array.from({ length: 60 }, (_, minute) => 80 + 12 * Math.sin(minute));
  expect(digestOf(latencies).toBytes().length).toBeLessThan(120);
});

test('bytes that are no digest are refused', () => {
  const bytes = digestOf([1, 20, 300]).toBytes();
  expect(() => LatencyDigest.read(bytes.slice(0, -1))).toThrow(RangeError);
  expect(() => LatencyDigest.read(new Uint8Array([9, ...bytes.slice(1)]))).toThrow('format 9');
});
