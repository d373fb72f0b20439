import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { NO_SECRETS } from '../checks/http-secrets.ts';
import { CannotOpen, KeyRing } from './key-ring.ts';
import { openMonitorSecrets, sealMonitorSecrets } from './monitor-secrets.ts';

const [oldKey, newKey] = [randomBytes(32), randomBytes(32)];
const oldRing = new KeyRing([oldKey]);
const newRing = new KeyRing([newKey, oldKey]);
const PLACE = 'monitor/a/b';

function failureOf(open: () => unknown): CannotOpen {
  try {
    open();
  } catch (error) {
    if (error instanceof CannotOpen) return error;
    throw error;
  }
  throw new Error('It opened.');
}

test('what was sealed opens again, whatever letters are in it', () => {
  for (const text of ['', 'p\u00e4ssw\u00f6rd \u{1f511}', 'x'.repeat(70_000)]) {
    expect(oldRing.open(oldRing.seal(text, PLACE).sealed, PLACE)).toBe(text);
  }
});

test('the same secret is never sealed to the same bytes, and shows nowhere in them', () => {
  const [one, other] = [oldRing.seal('hunter2-hunter2', PLACE), oldRing.seal('hunter2-hunter2', PLACE)];
  expect(Buffer.from(one.sealed).equals(other.sealed)).toBe(false);
  expect(Buffer.from(one.sealed).includes('hunter2')).toBe(false);
});

test('copied to another place it does not open', () => {
  const { sealed } = oldRing.seal('secret', PLACE);
  expect(failureOf(() => oldRing.open(sealed, 'monitor/a/c')).missingKey).toBeNull();
  expect(failureOf(() => oldRing.open(sealed, 'request/a/b')).missingKey).toBeNull();
});

test('with one bit changed, anywhere, or cut short it does not open', () => {
  const { sealed } = oldRing.seal('secret', PLACE);
  for (let index = 0; index < sealed.length; index++) {
    const changed = Buffer.from(sealed);
    changed[index] = (changed[index] ?? 0) ^ 1;
    failureOf(() => oldRing.open(changed, PLACE));
    failureOf(() => oldRing.open(sealed.subarray(0, index), PLACE));
  }
});

test('after a rotation the new key seals, and both open until the old one is taken away', () => {
  const former = oldRing.seal('secret', PLACE);
  expect(newRing.sealsWith).not.toBe(former.sealedWith);
  expect(newRing.open(former.sealed, PLACE)).toBe('secret');
  const fresh = newRing.seal('secret', PLACE);
  expect(fresh.sealedWith).toBe(newRing.sealsWith);
  expect(failureOf(() => oldRing.open(fresh.sealed, PLACE)).missingKey).toBe(newRing.sealsWith);
  const onlyNew = new KeyRing([newKey]);
  expect(onlyNew.open(fresh.sealed, PLACE)).toBe('secret');
  expect(failureOf(() => onlyNew.open(former.sealed, PLACE))).toMatchObject({
    missingKey: former.sealedWith,
    message: `A value is sealed with key ${former.sealedWith}, which MONITOR_KEY does not have.`,
  });
});

test('the secrets of a monitor open for that monitor of that organization alone; none need no seal', () => {
  const key = { tenantId: 'acme', monitorId: 'one' };
  expect(sealMonitorSecrets(oldRing, key, NO_SECRETS)).toEqual({ sealed: null, sealedWith: null });
  expect(openMonitorSecrets(oldRing, key, null)).toEqual(NO_SECRETS);
  const secrets = { ...NO_SECRETS, headers: { 'X-Api-Key': 'k' }, graphqlVariables: '{"pin":1}' };
  const { sealed } = sealMonitorSecrets(oldRing, key, secrets);
  expect(openMonitorSecrets(oldRing, key, sealed)).toEqual(secrets);
  failureOf(() => openMonitorSecrets(oldRing, { ...key, monitorId: 'two' }, sealed));
  failureOf(() => openMonitorSecrets(oldRing, { ...key, tenantId: 'umbrella' }, sealed));
});
