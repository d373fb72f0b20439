import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import packageJson from '../../package.json' with { type: 'json' };
import { ROOT } from './run-part.ts';

const VERSION = packageJson.devDependencies['@sparticuz/chromium'];

export type BrowserBinary = {
  executablePath: string;
  /** For `LD_LIBRARY_PATH`: what Chromium needs beside the C library. */
  libraries: string;
};

/**
 * Chromium, unpacked once a version. The folder appears whole or not at all, so that two runs, or a run that was killed,
 * leave nobody with half a browser.
 */
export async function browserBinary(): Promise<BrowserBinary> {
  const caches = path.join(ROOT, 'node_modules', '.cache');
  const folder = path.join(caches, `chromium-${VERSION}`);
  if (!existsSync(folder)) {
    await mkdir(caches, { recursive: true });
    const unfinished = await mkdtemp(`${folder}-`);
    try {
      await promisify(execFile)(
        process.execPath,
        [fileURLToPath(new URL('browser-unpack.ts', import.meta.url))],
        { env: { ...process.env, TMPDIR: unfinished } },
      );
      await rename(unfinished, folder);
    } catch (error) {
      await rm(unfinished, { recursive: true, force: true });
      // Another run was faster: the folder that it made is as good.
      if (!existsSync(folder)) throw error;
    }
  }
  return {
    executablePath: path.join(folder, 'chromium'),
    libraries: path.join(folder, 'al2023', 'lib'),
  };
}
