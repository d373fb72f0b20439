import * as v from 'valibot';
import { expect, test } from 'vitest';
import { plainText, visibleText } from './plain-name.ts';

const name = v.pipe(v.string(), plainText, visibleText);

test.each(['Ünal', 'שלום עולם', '很长', '👩‍👩‍👧‍👦🏳️‍🌈', 'a\u200fb', '_', '../etc/passwd'])(
  '%s is a name',
  (text) => {
    expect(v.parse(name, text)).toBe(text);
  },
);

test.each(['a\0b', '\u001b[31m', 'safe\u202egnp.exe', 'a\u2066b', '\udfff'])('%j is none', (text) => {
  expect(() => v.parse(name, text)).toThrow('Use no control characters.');
});

test.each(['\u200b\u2060\ufeff', '\u0301', '\u00a0'])('%j is nothing to see', (text) => {
  expect(() => v.parse(name, text)).toThrow('Use a character that can be seen.');
});

test('of no name at all the field itself says what belongs there', () => {
  expect(v.parse(name, '')).toBe('');
});
