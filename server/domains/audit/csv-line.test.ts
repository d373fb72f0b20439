import { expect, test } from 'vitest';
import { csvLine } from './csv-line.ts';

test('every cell is quoted, and a quote within is doubled', () => {
  expect(csvLine(['a', 'b,c', 'say "hi"', 'two\nlines', ''])).toBe(
    '"a","b,c","say ""hi""","two\nlines",""\r\n',
  );
});

test.each([
  ['=1+1', "'=1+1"],
  ['+1', "'+1"],
  ['-5 °C', "'-5 °C"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', "'\t'=1"],
  ['\r=1', "'\r'=1"],
  ['a;=cmd()', "a;'=cmd()"],
  ['a\n=cmd()', "a\n'=cmd()"],
  ['a = b - c', 'a = b - c'],
])('%j is no formula', (cell, told) => {
  expect(csvLine([cell])).toBe(`"${told}"\r\n`);
});
