import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { LogFile } from '../../deploy/one-box/log-file.ts';
import { makeFolder } from './folder.ts';

const MIB = 1024 * 1024;

test('a log keeps its newest lines within twenty-odd MiB, whatever is written', async () => {
  const file = path.join(await makeFolder(), 'server.log');
  const log = new LogFile(file);
  const line = 'x'.repeat(MIB - 1);
  for (let count = 0; count < 40; count++) log.write(line);
  log.write('the last');
  log.close();
  expect(await readFile(file, 'utf8')).toMatch(/the last\n$/);
  const sizes = await Promise.all([file, `${file}.1`].map(async (name) => (await stat(name)).size));
  for (const size of sizes) expect(size).toBeLessThanOrEqual(11 * MIB);
});

test('a log goes on where the process before it stopped', async () => {
  const file = path.join(await makeFolder(), 'server.log');
  for (const word of ['one', 'two']) {
    const log = new LogFile(file);
    log.write(word);
    log.close();
  }
  expect(await readFile(file, 'utf8')).toBe('one\ntwo\n');
});
