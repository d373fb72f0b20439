import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, stat, unlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FinishedCheck } from './record-results.ts';

/** What the spool may hold: about 150,000 results. */
const MAX_BYTES = 64 * 1024 * 1024;

export class SpoolFull extends Error {
  override name = 'SpoolFull';
}

/** What came of a look into the spool. */
export type Drained = { results: number; unreadable: string[] };

/**
 * Results that could not be written to the database, one file a batch, oldest first. A result that is recorded twice
 * changes nothing, so probers may share a folder, and a batch that was recorded but not removed may come again.
 */
export class ResultSpool {
  readonly #folder: string;
  #sequence = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** @throws SpoolFull; or the system's error when the disk does not take it */
  async put(batch: readonly FinishedCheck[]): Promise<void> {
    // Not `recursive`: where a folder above can never be made, such as below /proc, Node would try for ever.
    for (const folder of [dirname(this.#folder), this.#folder]) {
      await mkdir(folder, { mode: 0o700 }).catch(ignorePresent);
    }
    const text = JSON.stringify(
      batch.map(({ check, checkedAtMs, finding }) => ({ checkedAtMs, finding, check: withoutSpec(check) })),
    );
    if ((await this.#bytes()) + text.length > MAX_BYTES) {
      throw new SpoolFull(`The spool ${this.#folder} holds ${MAX_BYTES / 1024 / 1024} MiB already.`);
    }
    const name = `${String(Date.now()).padStart(14, '0')}-${String(this.#sequence++).padStart(6, '0')}-${randomUUID()}`;
    const partial = join(this.#folder, `${name}.partial`);
    await writeFile(partial, text, { mode: 0o600 });
    await rename(partial, join(this.#folder, `${name}.json`));
  }

  /**
   * Hands every batch to `record`, oldest first, and removes it once that is done. Stops where `record` throws. A file that
   * a crash of the machine left half-written is set aside.
   */
  async drain(record: (batch: FinishedCheck[]) => Promise<void>): Promise<Drained> {
    const drained: Drained = { results: 0, unreadable: [] };
    for (const name of await this.#names()) {
      const path = join(this.#folder, name);
      const text = await readIfThere(path);
      if (text === null) continue; // another prober of this folder was faster
      const batch = parseBatch(text);
      if (batch === null) {
        await rename(path, `${path}.unreadable`).catch(ignoreMissing);
        drained.unreadable.push(path);
        continue;
      }
      await record(batch);
      await unlink(path).catch(ignoreMissing);
      drained.results += batch.length;
    }
    return drained;
  }

  async #names(): Promise<string[]> {
    try {
      return (await readdir(this.#folder)).filter((name) => name.endsWith('.json')).sort();
    } catch (error) {
      ignoreMissing(error);
      return [];
    }
  }

  async #bytes(): Promise<number> {
    const sizes = await Promise.all(
      (await this.#names()).map((name) => sizeIfThere(join(this.#folder, name))),
    );
    return sizes.reduce((sum, size) => sum + size, 0);
  }
}

/** How a monitor asks may hold secrets, and recording needs none of it. */
function withoutSpec({
  spec: _spec,
  ...slot
}: FinishedCheck['check'] & { spec?: unknown }): FinishedCheck['check'] {
  return slot;
}

/** What `put` wrote; null for what it did not finish. */
function parseBatch(text: string): FinishedCheck[] | null {
  try {
    return JSON.parse(text) as FinishedCheck[];
  } catch {
    return null;
  }
}

async function sizeIfThere(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    ignoreMissing(error);
    return 0;
  }
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    ignoreMissing(error);
    return null;
  }
}

function ignorePresent(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
}
