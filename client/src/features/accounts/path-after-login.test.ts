import { expect, test } from 'vitest';
import { pathAfterLogin } from './path-after-login.ts';

test('the page that was asked for is gone to', () => {
  expect(pathAfterLogin('/monitors/1?range=7d')).toBe('/monitors/1?range=7d');
  expect(pathAfterLogin(undefined)).toBe('/dashboard');
});

test.each(['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', ''])(
  'nobody is led away by "%s"',
  (next) => {
    expect(pathAfterLogin(next)).toBe('/dashboard');
  },
);
