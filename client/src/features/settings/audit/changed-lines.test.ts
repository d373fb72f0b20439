import { expect, test } from 'vitest';
import { changedLines, partAt } from './changed-lines.ts';

test('fields within fields stand by their path, and lists stay whole', () => {
  const before = { name: 'Shop', http: { method: 'GET', headers: { A: '1' } }, tags: ['a'] };
  const after = { name: 'Shop 2', http: { method: 'POST', headers: {} }, tags: [] };
  expect(changedLines({ before, after })).toEqual([
    { path: 'name', before: 'Shop', after: 'Shop 2' },
    { path: 'http.method', before: 'GET', after: 'POST' },
    { path: 'http.headers.A', before: '1', after: undefined },
    { path: 'tags', before: ['a'], after: [] },
  ]);
});

test('what is the same on both sides is no change, but for a secret', () => {
  const same = { name: 'Shop', slug: 'shop', tags: ['a'], password: '(secret)' };
  expect(changedLines({ before: same, after: { ...same, name: 'Shop 2', tags: ['a'] } })).toEqual([
    { path: 'name', before: 'Shop', after: 'Shop 2' },
    { path: 'password', before: '(secret)', after: '(secret)' },
  ]);
});

test('things with names are told by their names', () => {
  const monitor = (id: string, name: string, regions: string[]) => ({ id, name, regions, quorum: null });
  const before = {
    monitors: [monitor('aaaaaaaa-1', 'Shop', ['a', 'b']), monitor('bbbbbbbb-2', 'Shop', ['a', 'b'])],
  };
  const after = { monitors: [monitor('aaaaaaaa-1', 'Shop', ['b']), monitor('bbbbbbbb-2', 'Shop', ['b'])] };
  expect(changedLines({ before, after })).toEqual([
    { path: 'monitors.Shop (aaaaaaaa).regions', before: ['a', 'b'], after: ['b'] },
    { path: 'monitors.Shop (bbbbbbbb).regions', before: ['a', 'b'], after: ['b'] },
  ]);
  expect(partAt(before, 'monitors.Shop (aaaaaaaa).quorum')).toBeNull();
  expect(partAt({ count: 2 }, 'count')).toBe(2);
  expect(partAt({ count: 2 }, 'more')).toBeUndefined();
});

test('what came whole is told part by part, and what is empty not at all', () => {
  const certificate = { certificate: 'SHA-256 00', key: '(secret)' };
  expect(changedLines({ before: { certificate: null }, after: { certificate } })).toEqual([
    { path: 'certificate.certificate', before: undefined, after: 'SHA-256 00' },
    { path: 'certificate.key', before: undefined, after: '(secret)' },
  ]);
  expect(changedLines({ before: {}, after: {} })).toEqual([]);
  expect(changedLines({ before: { quorum: null }, after: { quorum: 2 } })).toEqual([
    { path: 'quorum', before: null, after: 2 },
  ]);
});
