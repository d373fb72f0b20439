import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { listenHttp } from '../support/listen.ts';

test('a prober that has no file descriptor left says nothing about the target, and tells the operator', async () => {
  const target = await listenHttp((response) => response.end());
  const script = fileURLToPath(new URL('../support/check-without-descriptors.ts', import.meta.url));
  const child = spawn(
    '/bin/sh',
    ['-c', 'ulimit -n 64; exec "$@"', 'sh', process.execPath, script, target.url],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  await once(child, 'close');
  expect(JSON.parse(output)).toEqual({ outcome: 'void', code: 'internal', error: 'EMFILE' });
  expect(target.connections()).toBe(0);
});
