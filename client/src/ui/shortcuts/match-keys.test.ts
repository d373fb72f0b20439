import { expect, test } from 'vitest';
import { matchKeys } from './match-keys.ts';

const CANDIDATES = ['n', '/', '?', 'g m', 'mod+k'];
const press = (key: string, more: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey', boolean>> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...more,
});

test('a single key is a shortcut by itself', () => {
  expect(matchKeys(CANDIDATES, null, press('n'))).toEqual({ kind: 'whole', keys: 'n' });
  expect(matchKeys(CANDIDATES, null, press('?'))).toEqual({ kind: 'whole', keys: '?' });
  expect(matchKeys(CANDIDATES, null, press('x'))).toEqual({ kind: 'none' });
});

test('g waits for the key that says where to go', () => {
  expect(matchKeys(CANDIDATES, null, press('g'))).toEqual({ kind: 'begun' });
  expect(matchKeys(CANDIDATES, 'g', press('m'))).toEqual({ kind: 'whole', keys: 'g m' });
  expect(matchKeys(CANDIDATES, null, press('m'))).toEqual({ kind: 'none' });
  expect(matchKeys(CANDIDATES, 'g', press('n'))).toEqual({ kind: 'whole', keys: 'n' });
});

test('Ctrl and ⌘ are the same, and never a plain key', () => {
  expect(matchKeys(CANDIDATES, null, press('k', { ctrlKey: true }))).toEqual({
    kind: 'whole',
    keys: 'mod+k',
  });
  expect(matchKeys(CANDIDATES, null, press('K', { metaKey: true }))).toEqual({
    kind: 'whole',
    keys: 'mod+k',
  });
  expect(matchKeys(CANDIDATES, null, press('n', { ctrlKey: true }))).toEqual({ kind: 'none' });
  expect(matchKeys(CANDIDATES, null, press('/', { altKey: true }))).toEqual({ kind: 'none' });
});
