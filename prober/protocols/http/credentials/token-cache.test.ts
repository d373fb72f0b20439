import { expect, test } from 'vitest';
import { TokenCache, type TokenClient } from './token-cache.ts';

const client = (clientId: string): TokenClient => ({
  type: 'oauth2',
  tokenUrl: 'https://login.example.com/token',
  clientId,
  clientSecret: 'secret',
  scope: '',
  clientAuthentication: 'basic',
});

/** A cache with a clock that is set by hand, and an endpoint that counts what it is asked. */
function openCache() {
  let nowMs = 1000;
  let asked = 0;
  const cache = new TokenCache(() => nowMs);
  const take = async (clientId: string, lifetimeMs: number | null) => {
    const { token } = await cache.take(client(clientId), async () => ({ token: `${++asked}`, lifetimeMs }));
    return token;
  };
  const wait = (ms: number) => {
    nowMs += ms;
  };
  return { cache, take, wait };
}

test('a token is used until half a minute before it ends', async () => {
  const { take, wait } = openCache();
  expect(await take('a', 100_000)).toBe('1');
  wait(69_999);
  expect(await take('a', 100_000)).toBe('1');
  wait(1);
  expect(await take('a', 100_000)).toBe('2');
});

test('one whose lifetime nobody told is used for five minutes', async () => {
  const { take, wait } = openCache();
  await take('a', null);
  wait(5 * 60_000 - 1);
  expect(await take('a', null)).toBe('1');
  wait(1);
  expect(await take('a', null)).toBe('2');
});

test('of more clients than there is room for, those asked least lately give way', async () => {
  const { take } = openCache();
  for (let index = 0; index < 2000; index++) await take(`client-${index}`, null);
  expect(await take('client-0', null)).toBe('1'); // new again
  await take('one more', null);
  expect(await take('client-0', null)).toBe('1');
  expect(await take('client-1', null)).toBe('2002');
});

test('a token is dropped once, and not the one that came after it', async () => {
  const { cache, take } = openCache();
  const first = await take('a', null);
  cache.drop(client('a'), first);
  const second = await take('a', null);
  expect(second).not.toBe(first);
  cache.drop(client('a'), first);
  expect(await take('a', null)).toBe(second);
});
