import { expect, test } from 'vitest';
import { tokenInFragment } from './token-in-fragment.ts';

const TOKEN = 'aB3_-'.repeat(8).concat('xyz');

test('a link carries its token in the fragment', () => {
  expect(tokenInFragment(`#token=${TOKEN}`)).toBe(TOKEN);
  expect(tokenInFragment(`#from=mail&token=${TOKEN}`)).toBe(TOKEN);
});

test.each(['', '#', '#token=', `#token=${TOKEN.slice(1)}`, `#${TOKEN}`, `#token=${TOKEN}%0A`])(
  'a link that was cut short or added to carries none: "%s"',
  (fragment) => {
    expect(tokenInFragment(fragment)).toBeNull();
  },
);
