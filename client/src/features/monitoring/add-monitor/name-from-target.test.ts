import { expect, test } from 'vitest';
import { nameFromTarget } from './name-from-target.ts';

test('a monitor is called after its host, and its path when there is one', () => {
  expect(nameFromTarget('https://example.com')).toBe('example.com');
  expect(nameFromTarget('https://Example.com:8443/health?deep=1#x')).toBe('example.com:8443/health');
  expect(nameFromTarget(`https://example.com/${'a'.repeat(200)}`)).toHaveLength(120);
});

test('what is no address gives no name', () => {
  expect(nameFromTarget('https://')).toBe('');
  expect(nameFromTarget('')).toBe('');
});
