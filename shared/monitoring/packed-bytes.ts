/** How a column is written, in its first byte: bits that add up. */
const AS_DIFFERENCES = 1;
const WITH_RUNS = 2;

/** Writes counts, texts and columns of whole numbers into as few bytes as they need. */
export class ByteWriter {
  #bytes = new Uint8Array(256);
  #length = 0;

  /** A whole number from 0 to 2^53 - 1, seven bits a byte, lowest first. @throws RangeError for any other */
  count(value: number): void {
    if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`${value} cannot be packed.`);
    let rest = value;
    while (rest > 127) {
      this.#byte((rest % 128) + 128);
      rest = Math.floor(rest / 128);
    }
    this.#byte(rest);
  }

  text(value: string): void {
    const bytes = new TextEncoder().encode(value);
    this.count(bytes.length);
    this.raw(bytes);
  }

  raw(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /**
   * Whole numbers of either sign: as they are or as differences, each either number by number or with runs of zeros
   * counted. The shortest of the four is written.
   */
  column(values: readonly number[]): void {
    const differences = values.map((value, index) => value - (values[index - 1] ?? 0));
    const ways = [
      [0, writeEach(values)],
      [AS_DIFFERENCES, writeEach(differences)],
      [WITH_RUNS, writeRuns(values)],
      [AS_DIFFERENCES + WITH_RUNS, writeRuns(differences)],
    ] as const;
    const [way, bytes] = ways.reduce((best, each) => (each[1].length < best[1].length ? each : best));
    this.#byte(way);
    this.raw(bytes);
  }

  finish(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  #byte(value: number): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = value;
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + more));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}

/** Reads what a `ByteWriter` wrote, in the same order. @throws RangeError where the bytes end too early or make no sense */
export class ByteReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  count(): number {
    const first = this.#bytes[this.#at];
    if (first !== undefined && first < 128) {
      this.#at++;
      return first;
    }
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.#bytes[this.#at++];
      if (byte === undefined) throw new RangeError('Packed bytes end too early.');
      value += (byte & 127) * scale;
      if (byte < 128) break;
      scale *= 128;
    }
    if (!Number.isSafeInteger(value)) throw new RangeError('Packed bytes hold no such number.');
    return value;
  }

  text(): string {
    const length = this.count();
    const end = this.#at + length;
    if (end > this.#bytes.length) throw new RangeError('Packed bytes end too early.');
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      this.#bytes.subarray(this.#at, end),
    );
    this.#at = end;
    return text;
  }

  /** @param length how many numbers the column has */
  column(length: number): number[] {
    const way = this.count();
    if (way > AS_DIFFERENCES + WITH_RUNS)
      throw new RangeError('Packed bytes are in a way that is not known.');
    const values = (way & WITH_RUNS) === 0 ? this.#each(length) : this.#runs(length);
    if ((way & AS_DIFFERENCES) === 0) return values;
    for (let index = 1; index < length; index++) {
      values[index] = (values[index] ?? 0) + (values[index - 1] ?? 0);
    }
    return values;
  }

  /** @throws RangeError where anything is left */
  end(): void {
    if (this.#at !== this.#bytes.length) throw new RangeError('Packed bytes go on after their end.');
  }

  #each(length: number): number[] {
    const values: number[] = [];
    while (values.length < length) values.push(unfold(this.count()));
    return values;
  }

  #runs(length: number): number[] {
    const values: number[] = [];
    while (values.length < length) {
      const value = unfold(this.count());
      values.push(value);
      if (value !== 0) continue;
      const more = this.count();
      if (values.length + more > length)
        throw new RangeError('Packed bytes hold more numbers than they say.');
      for (let zero = 0; zero < more; zero++) values.push(0);
    }
    return values;
  }
}

/** Puts small numbers of either sign onto small counts: 0, -1, 1, -2, ... become 0, 1, 2, 3, ... */
const fold = (value: number) => (value < 0 ? -2 * value - 1 : 2 * value);
const unfold = (count: number) => (count % 2 === 0 ? count / 2 : -(count + 1) / 2);

function writeEach(values: readonly number[]): Uint8Array {
  const writer = new ByteWriter();
  for (const value of values) writer.count(fold(value));
  return writer.finish();
}

/** A zero is followed by how many more zeros come after it. */
function writeRuns(values: readonly number[]): Uint8Array {
  const writer = new ByteWriter();
  for (let index = 0; index < values.length; index++) {
    writer.count(fold(values[index] ?? 0));
    if (values[index] !== 0) continue;
    const start = index;
    while (values[index + 1] === 0) index++;
    writer.count(index - start);
  }
  return writer.finish();
}
