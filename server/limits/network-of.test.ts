import { expect, test } from 'vitest';
import { networkOf } from './network-of.ts';

test('an IPv4 address is one, however it is written', () => {
  expect(networkOf('198.18.0.7')).toBe('198.18.0.7');
  expect(networkOf('::ffff:198.18.0.7')).toBe('198.18.0.7');
  expect(networkOf('198.18.0.8')).not.toBe(networkOf('198.18.0.7'));
});

test('all addresses of one IPv6 network are one, those of its neighbour another', () => {
  expect(networkOf('2001:db8:1:2:ffff::9')).toBe(networkOf('2001:db8:1:2::1'));
  expect(networkOf('2001:db8:1:3::1')).not.toBe(networkOf('2001:db8:1:2::1'));
});

test('who comes from nowhere is counted together', () => {
  expect(networkOf(null)).toBe('unknown');
});
