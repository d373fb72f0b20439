import { readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readOrMakeSecrets, secretsFile } from '../../deploy/one-box/data-folder.ts';
import { readMonitorKey } from '../../shared/secrets/monitor-key.ts';
import { makeFolder } from './folder.ts';

const inThere = async () => 'postgres';

test('the first start makes a key for monitors’ secrets, and every other finds the same', async () => {
  const folder = await makeFolder();
  const made = await readOrMakeSecrets(folder, inThere);
  expect(readMonitorKey(made.monitorKey)).toMatchObject({ ok: true });
  expect(await readOrMakeSecrets(folder, inThere)).toEqual(made);
});

test('an installation of a release that had no such key gets one, and loses nothing', async () => {
  const folder = await makeFolder();
  const former = { secretKey: 'kept', postgres: { password: 'kept too', port: 5432, folder: 'postgres' } };
  await writeFile(path.join(folder, 'secrets.json'), JSON.stringify(former));
  const now = await readOrMakeSecrets(folder, () => Promise.reject(new Error('There is a cluster.')));
  expect(now).toEqual({ ...former, monitorKey: expect.any(String) });
  expect(readMonitorKey(now.monitorKey)).toMatchObject({ ok: true });
  expect(JSON.parse(await readFile(secretsFile(folder), 'utf8'))).toEqual(now);
  expect((await stat(secretsFile(folder))).mode & 0o777).toBe(0o600);
});
