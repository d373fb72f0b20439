import { expect, test } from 'vitest';
import { noteServerTime, serverNow } from './server-clock.ts';

const SERVER = 'Tue, 24 Nov 2026 12:00:00 GMT';
const LOCAL = Date.parse(SERVER);

test('a clock that runs with the server’s is left alone', () => {
  noteServerTime(SERVER, LOCAL + 2000);
  expect(serverNow(LOCAL)).toBe(LOCAL);
});

test('a clock that is five minutes ahead does not make everything five minutes old', () => {
  noteServerTime(SERVER, LOCAL + 300_000);
  expect(Math.abs(serverNow(LOCAL + 300_000) - LOCAL)).toBeLessThanOrEqual(500);
});

test('a clock that is behind is brought forward', () => {
  noteServerTime(SERVER, LOCAL - 300_000);
  expect(Math.abs(serverNow(LOCAL - 300_000) - LOCAL)).toBeLessThanOrEqual(500);
});

test('an answer without a date changes nothing, and a clock that was set right is believed again', () => {
  noteServerTime(SERVER, LOCAL + 300_000);
  noteServerTime(null, LOCAL);
  noteServerTime('yesterday', LOCAL);
  expect(serverNow(LOCAL + 300_000)).toBeLessThan(LOCAL + 1000);
  noteServerTime(SERVER, LOCAL);
  expect(serverNow(LOCAL)).toBe(LOCAL);
});
