import { TRPCClientError } from '@trpc/client';
import { expect, test } from 'vitest';
import { mayPass, readRefusal } from './refusal.ts';

const answered = (message: string, data: object) =>
  TRPCClientError.from({ error: { code: -32600, message, data } });

test('a refusal is read with its reason, its sentence and its fields', () => {
  const refusal = readRefusal(
    answered('This is taken.', { reason: 'duplicate_target', fields: { target: 'This is taken.' } }),
  );
  expect(refusal).toEqual({
    reason: 'duplicate_target',
    sentence: 'This is taken.',
    fields: { target: 'This is taken.' },
    limit: null,
    limitOf: null,
    retryAfterSeconds: null,
  });
});

test('who tried too often is told when to go on', () => {
  const { retryAfterSeconds } = readRefusal(
    answered('Too many tries.', { reason: 'rate_limited', retryAfterSeconds: 720 }),
  );
  expect(retryAfterSeconds).toBe(720);
});

test('a limit comes with its figure and with what it limits', () => {
  const { limit, limitOf } = readRefusal(
    answered('Full.', { reason: 'plan_limit_reached', limit: 3, limitOf: 'monitors' }),
  );
  expect([limit, limitOf]).toEqual([3, 'monitors']);
});

test('no answer at all is offline, in words that are not the browser’s', () => {
  const refusal = readRefusal(TRPCClientError.from(new TypeError('Failed to fetch')));
  expect(refusal.reason).toBe('offline');
  expect(refusal.sentence).not.toContain('fetch');
});

test('what is no answer of ours never shows its own words', () => {
  expect(readRefusal(new RangeError('secret detail'))).toMatchObject({ reason: 'internal' });
  expect(readRefusal(new RangeError('secret detail')).sentence).not.toContain('secret');
});

test('only what may end differently is tried again', () => {
  expect(mayPass(TRPCClientError.from(new TypeError('Failed to fetch')))).toBe(true);
  expect(mayPass(answered('', { reason: 'unavailable' }))).toBe(true);
  expect(mayPass(answered('', { reason: 'not_found' }))).toBe(false);
  expect(mayPass(answered('', { reason: 'not_signed_in' }))).toBe(false);
});
