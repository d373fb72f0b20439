import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { readMonitorKey } from './monitor-key.ts';

const made = () => randomBytes(32);

test('a key is 32 bytes of base64 in either alphabet, and several stand with commas between them', () => {
  const [first, second, third] = [made(), made(), made()];
  const text = `${first.toString('base64')}, ${second.toString('base64url')},${third.toString('base64')}\n`;
  expect(readMonitorKey(text)).toEqual({ ok: true, keys: [first, second, third] });
});

test.each([
  ['', 'MONITOR_KEY is missing: set it to 32 random bytes in base64'],
  [' , ', 'MONITOR_KEY is missing'],
  ['not/base64!', 'MONITOR_KEY is not base64'],
  [randomBytes(31).toString('base64'), 'MONITOR_KEY is too short'],
  [randomBytes(33).toString('base64'), 'MONITOR_KEY is too long'],
  [made().toString('hex'), 'MONITOR_KEY is too long: a key is 32 bytes (44 characters of base64)'],
  ['changeme', 'MONITOR_KEY looks like a placeholder'],
  [Buffer.alloc(32).toString('base64'), 'MONITOR_KEY looks like a placeholder'],
  [
    Buffer.from('correct horse battery staple 123').toString('base64'),
    'MONITOR_KEY looks like a placeholder',
  ],
  [`${made().toString('base64')},abcd`, 'Key 2 of MONITOR_KEY is too short'],
])('"%s" is no key, and it is said why', (text, sentence) => {
  const read = readMonitorKey(text);
  expect(read).toMatchObject({ ok: false, sentence: expect.stringContaining(sentence) });
});
