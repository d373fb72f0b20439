import { expect, test } from 'vitest';
import { changedFields } from './changed-fields.ts';
import { Secret } from './secret.ts';

test('only what differs is told, as each side had it', () => {
  const before = { name: 'Shop', tags: ['a'], retries: 1, quorum: null };
  const after = { name: 'Shop', tags: ['a', 'b'], retries: 1, quorum: 2 };
  expect(changedFields(before, after)).toEqual({
    before: { tags: ['a'], quorum: null },
    after: { tags: ['a', 'b'], quorum: 2 },
  });
  expect(changedFields(before, { ...before, tags: ['a'] })).toBeNull();
});

test('within fields only the part that differs is told, and what one side lacks stands on the other', () => {
  const before = { http: { method: 'GET', headers: { A: '1', B: '2' } } };
  const after = { http: { method: 'GET', headers: { B: '3', C: '4' } } };
  expect(changedFields(before, after)).toEqual({
    before: { http: { headers: { A: '1', B: '2' } } },
    after: { http: { headers: { B: '3', C: '4' } } },
  });
  expect(changedFields({ http: { proxy: null } }, { http: { proxy: { port: 1 } } })).toEqual({
    before: { http: { proxy: null } },
    after: { http: { proxy: { port: 1 } } },
  });
});

test('of a secret it is told that it changed, never what it is', () => {
  const of = (secret: string) => ({ auth: { user: 'robot', password: new Secret(secret) } });
  expect(changedFields(of('hush'), of('hush'))).toBeNull();
  const told = '{"before":{"auth":{"password":"(secret)"}},"after":{"auth":{"password":"(secret)"}}}';
  expect(JSON.stringify(changedFields(of('hush'), of('other')))).toBe(told);
});
