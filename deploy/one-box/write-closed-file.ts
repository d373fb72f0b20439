import { rename, rm, writeFile } from 'node:fs/promises';

/** Writes JSON that only its owner may read: whole or not at all, even if the power goes. */
export async function writeClosedFile(file: string, content: unknown): Promise<void> {
  const half = `${file}.half-made`;
  await rm(half, { force: true });
  await writeFile(half, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600, flush: true });
  await rename(half, file);
}
