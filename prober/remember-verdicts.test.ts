import { expect, test } from 'vitest';
import type { TargetGuard } from '../shared/network/target-guard.ts';
import { createTargetGuard } from '../shared/network/target-guard.ts';
import { rememberVerdicts } from './remember-verdicts.ts';

/** A guard that allows one network, and how often it was asked about addresses. */
function countingGuard() {
  const guard = createTargetGuard({ allowNetworks: ['10.0.0.0/8'] });
  const asked: string[] = [];
  const counting: TargetGuard = {
    ...guard,
    checkAddress(address, hostname) {
      asked.push(address);
      return guard.checkAddress(address, hostname);
    },
    isAllowedNetwork(address) {
      asked.push(address);
      return guard.isAllowedNetwork(address);
    },
  };
  return { guard, remembering: rememberVerdicts(counting), asked };
}

test('an address is judged as the guard judges it, and read once', () => {
  const { guard, remembering, asked } = countingGuard();
  const addresses = ['10.1.2.3', '127.0.0.1', '93.184.216.34', '::1', '2606:2800::1', 'nonsense'];
  for (const time of ['first', 'again']) {
    for (const address of addresses) {
      expect(remembering.checkAddress(address, 'example.com'), time).toEqual(
        guard.checkAddress(address, 'example.com'),
      );
      expect(remembering.isAllowedNetwork(address), time).toBe(guard.isAllowedNetwork(address));
    }
  }
  expect(asked).toHaveLength(2 * addresses.length);
});

test('what is said of an address under one name is not said of it under another', () => {
  const { remembering } = countingGuard();
  const isAllowed = (hostname: string) => remembering.checkAddress('93.184.216.34', hostname).allowed;
  expect([isAllowed('example.com'), isAllowed('printer.local'), isAllowed('example.com')]).toEqual([
    true,
    false,
    true,
  ]);
});

test('of very many addresses the first are forgotten, and those of late are not', () => {
  const { remembering, asked } = countingGuard();
  const addressOf = (index: number) => `10.0.${index >> 8}.${index & 255}`;
  for (let index = 0; index < 10_000; index++) remembering.isAllowedNetwork(addressOf(index));
  asked.length = 0;
  remembering.isAllowedNetwork(addressOf(9_999));
  remembering.isAllowedNetwork(addressOf(8_500));
  expect(asked).toEqual([]);
  remembering.isAllowedNetwork(addressOf(0));
  expect(asked).toEqual([addressOf(0)]);
});
