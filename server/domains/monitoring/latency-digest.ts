import { DDSketch } from '@datadog/sketches-js';
import { ByteReader, ByteWriter } from '../../../shared/monitoring/packed-bytes.ts';

/** A percentile lies within this share of the latency of a check that was made. */
const ACCURACY = 0.005;

/** The first byte of a stored digest. Another accuracy or layout gets another number. */
const FORMAT = 1;

/**
 * How latencies are spread, in a few bytes, and such that digests of any stretches of time add up: a DDSketch. It is
 * stored as its filled bins alone; the library's own form takes eight bytes for every bin between the first and the last.
 */
export class LatencyDigest {
  readonly #sketch = new DDSketch({ relativeAccuracy: ACCURACY });

  /** @throws RangeError for bytes that are no digest */
  static read(bytes: Uint8Array): LatencyDigest {
    const reader = new ByteReader(bytes);
    const format = reader.count();
    if (format !== FORMAT) throw new RangeError(`A digest of format ${format} is not known here.`);
    const zeros = reader.count();
    const bins = reader.count();
    const keys = reader.column(bins);
    const counts = reader.column(bins);
    reader.end();
    const digest = new LatencyDigest();
    const sketch = digest.#sketch;
    if (zeros > 0) sketch.accept(0, zeros);
    for (const [index, key] of keys.entries()) sketch.accept(sketch.mapping.value(key), counts[index]);
    return digest;
  }

  add(latencyMs: number): void {
    this.#sketch.accept(latencyMs);
  }

  merge(other: LatencyDigest): void {
    this.#sketch.merge(other.#sketch);
  }

  /** @param share 0.5 for the median; null where no check got an answer */
  percentileMs(share: number): number | null {
    return this.#sketch.count === 0 ? null : this.#sketch.getValueAtQuantile(share);
  }

  toBytes(): Uint8Array {
    const { store, zeroCount } = this.#sketch;
    const filled = store.bins.flatMap((count, index) =>
      count > 0 ? [{ key: index + store.offset, count }] : [],
    );
    const writer = new ByteWriter();
    writer.count(FORMAT);
    writer.count(zeroCount);
    writer.count(filled.length);
    writer.column(filled.map(({ key }) => key));
    writer.column(filled.map(({ count }) => count));
    return writer.finish();
  }
}
