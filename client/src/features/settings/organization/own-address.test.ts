import { expect, test } from 'vitest';
import { addressWith } from './own-address.ts';

test.each([
  [{ slug: 'acme', url: 'http://acme.localhost:3000' }, 'http://zenith.localhost:3000'],
  [{ slug: 'example', url: 'https://example.example.com' }, 'https://zenith.example.com'],
  [{ slug: 's', url: 'https://s.status.example' }, 'https://zenith.status.example'],
])('another subdomain changes the first label alone: %j', (present, wanted) => {
  expect(addressWith('zenith', present)).toBe(wanted);
});
