import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../../deploy/one-box/config.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { makeFolder } from './folder.ts';

/** A clone with nothing installed, on a machine whose `npx` is ours: what it is asked for is written down. */
async function makeClone(): Promise<{ folder: string; installs: () => Promise<string[]> }> {
  const folder = await makeFolder();
  await mkdir(path.join(folder, 'deploy', 'one-box'), { recursive: true });
  await mkdir(path.join(folder, 'bin'));
  await copyFile(path.join(ROOT, 'deploy/one-box/run.mjs'), path.join(folder, 'deploy/one-box/run.mjs'));
  await writeFile(path.join(folder, 'bun.lock'), 'first');
  await writeFile(path.join(folder, 'hello.mjs'), 'console.log("hello", ...process.argv.slice(2));');
  const npx = path.join(folder, 'bin', 'npx');
  await writeFile(
    npx,
    `#!/bin/sh
echo "$@" >> ${folder}/asked
[ -e ${folder}/no-network ] && { echo "no network" >&2; exit 1; }
mkdir -p node_modules/.bin && ln -sf ${process.execPath} node_modules/.bin/node
`,
  );
  await chmod(npx, 0o755);
  const installs = async () => (await readFile(path.join(folder, 'asked'), 'utf8')).trim().split('\n');
  return { folder, installs };
}

type Outcome = { code: number | null; stdout: string; stderr: string };

function runIn(folder: string, ...args: string[]): Promise<Outcome> {
  const { promise, resolve } = Promise.withResolvers<Outcome>();
  const env = { PATH: `${path.join(folder, 'bin')}:${process.env.PATH}` };
  const script = path.join(folder, 'deploy/one-box/run.mjs');
  const child = execFile(process.execPath, [script, ...args], { env }, (_error, stdout, stderr) => {
    resolve({ code: child.exitCode, stdout, stderr });
  });
  return promise;
}

test('packages are installed by Bun once, and again when the lockfile changes or they are gone', async () => {
  const { folder, installs } = await makeClone();
  const asked = '--yes bun@1.4.5 install --frozen-lockfile';
  expect(await runIn(folder, 'hello.mjs', 'to', 'you')).toMatchObject({ code: 0, stdout: 'hello to you\n' });
  expect(await installs()).toEqual([asked]);
  await runIn(folder, 'hello.mjs');
  expect(await installs()).toEqual([asked]);
  await writeFile(path.join(folder, 'bun.lock'), 'second');
  await runIn(folder, 'hello.mjs');
  expect(await installs()).toEqual([asked, asked]);
  await rm(path.join(folder, 'node_modules'), { recursive: true });
  await runIn(folder, 'hello.mjs');
  expect(await installs()).toEqual([asked, asked, asked]);
});

test('an installation that fails shows why, ends with 1, and is tried again', async () => {
  const { folder, installs } = await makeClone();
  await writeFile(path.join(folder, 'no-network'), '');
  const failed = await runIn(folder, 'hello.mjs');
  expect(failed).toMatchObject({ code: 1, stdout: '' });
  expect(failed.stderr).toContain('no network');
  expect(failed.stderr).toContain('The packages could not be installed: see above, then start again.\n');
  await rm(path.join(folder, 'no-network'));
  expect(await runIn(folder, 'hello.mjs')).toMatchObject({ code: 0, stdout: 'hello\n' });
  expect(await installs()).toHaveLength(2);
});

test('scripts run in the Node that the project pins, and their exit code is the answer', async () => {
  const folder = await makeFolder();
  const script = path.join(folder, 'script.mjs');
  await writeFile(script, 'console.log(process.version, process.cwd()); process.exit(7);');
  const { code, stdout } = await runIn(ROOT, script);
  expect(stdout).toBe(`v${packageJson.dependencies.node} ${path.resolve(ROOT)}\n`);
  expect(code).toBe(7);
});

test('a script hears SIGTERM, and hears when who started it is killed', async () => {
  const script = path.join(await makeFolder(), 'script.mjs');
  await writeFile(
    script,
    `process.on('SIGTERM', () => { console.log('told'); process.exit(3); });
     process.on('disconnect', () => { console.log('left alone'); process.exit(4); });
     console.log('here'); setInterval(() => undefined, 1000);`,
  );
  const start = async () => {
    const child = spawn(process.execPath, [path.join(ROOT, 'deploy/one-box/run.mjs'), script]);
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    await once(child.stdout, 'data');
    return { child, said: () => said };
  };
  const told = await start();
  told.child.kill('SIGTERM');
  expect(await once(told.child, 'close')).toEqual([3, null]);
  expect(told.said()).toBe('here\ntold\n');

  const alone = await start();
  alone.child.kill('SIGKILL');
  await once(alone.child, 'close'); // its standard output ends when the script's does
  expect(alone.said()).toBe('here\nleft alone\n');
});
