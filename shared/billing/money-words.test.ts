import { expect, test } from 'vitest';
import { moneyWords, priceWords } from './money-words.ts';

test('an amount is read in its own currency, however that is divided', () => {
  expect(moneyWords(1900, 'eur')).toBe('€19.00');
  expect(moneyWords(123_456, 'usd')).toBe('US$1,234.56');
  expect(moneyWords(1200, 'jpy')).toBe('JP¥1,200');
  expect(moneyWords(5500, 'kwd')).toBe('KWD\u00A05.500');
  expect(moneyWords(50_000, 'isk')).toBe('ISK\u00A0500.00');
  expect(moneyWords(-500, 'gbp')).toBe('-£5.00');
});

test('a price says for how long it is, and goes without cents where there are none', () => {
  const price = { amount: 1900, currency: 'eur', interval: 'month', intervalCount: 1 } as const;
  expect(priceWords(price)).toBe('€19 a month');
  expect(priceWords({ ...price, amount: 1950 })).toBe('€19.50 a month');
  expect(priceWords({ ...price, interval: 'year' })).toBe('€19 a year');
  expect(priceWords({ ...price, intervalCount: 3 })).toBe('€19 every 3 months');
});
