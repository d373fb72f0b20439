import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';

/**
 * Makes a folder, and those above it that are missing. Not by `recursive`: where the system answers ENOENT for a folder
 * it will not have made, as Linux does in `/proc`, Node then tries for ever.
 *
 * @returns whether it was missing
 * @throws the system's error, such as EACCES or ENOTDIR
 */
export async function makeFolders(folder: string, mode = 0o777): Promise<boolean> {
  if (existsSync(folder)) return false;
  const above = path.dirname(folder);
  if (above !== folder) await makeFolders(above);
  await mkdir(folder, { mode });
  return true;
}
