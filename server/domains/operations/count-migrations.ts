import { readFile } from 'node:fs/promises';
import * as v from 'valibot';

const journal = v.object({ entries: v.array(v.object({ when: v.number() })) });

/** How many migrations this release has, as drizzle-kit's journal lists them. */
export async function countMigrations(journalUrl: URL): Promise<number> {
  return v.parse(journal, JSON.parse(await readFile(journalUrl, 'utf8'))).entries.length;
}
