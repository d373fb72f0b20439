import { expect, test } from 'vitest';
import { createClientAddress } from './client-address.ts';

const behindProxies = createClientAddress(['10.0.0.0/8', '2001:db8::/32']);

test('without a proxy that we trust nobody can say he comes from elsewhere', () => {
  const direct = createClientAddress([]);
  expect(direct('203.0.113.7', '198.51.100.1')).toBe('203.0.113.7');
  expect(behindProxies('203.0.113.7', '198.51.100.1')).toBe('203.0.113.7');
});

test('behind proxies that we trust it is the last address that is none of them', () => {
  expect(behindProxies('10.0.0.1', '198.51.100.1')).toBe('198.51.100.1');
  expect(behindProxies('10.0.0.1', '198.51.100.1, 10.0.0.2')).toBe('198.51.100.1');
  // What the visitor wrote himself stands further left, and is not believed.
  expect(behindProxies('10.0.0.1', '1.2.3.4, 198.51.100.1, 10.0.0.2')).toBe('198.51.100.1');
  expect(behindProxies('2001:db8::1', '198.51.100.1')).toBe('198.51.100.1');
});

test('nonsense between the commas ends the search', () => {
  expect(behindProxies('10.0.0.1', 'unknown')).toBe('10.0.0.1');
  expect(behindProxies('10.0.0.1', '198.51.100.1, <script>')).toBe('10.0.0.1');
  expect(behindProxies('10.0.0.1', undefined)).toBe('10.0.0.1');
  expect(behindProxies(undefined, '198.51.100.1')).toBeNull();
});

test('an IPv4 address in IPv6 clothes is the same address', () => {
  expect(behindProxies('::ffff:203.0.113.7', undefined)).toBe('203.0.113.7');
  expect(behindProxies('::ffff:10.0.0.1', '198.51.100.1')).toBe('198.51.100.1');
});
