import type { Price } from './billing-status.ts';

/**
 * In how many decimals Stripe counts a currency's smallest unit, where it is not two
 * (https://docs.stripe.com/currencies#minor-units). ISK and UGX have none of their own, and come with two all the same.
 */
const DECIMALS: ReadonlyMap<string, number> = new Map([
  ...[
    'bif',
    'clp',
    'djf',
    'gnf',
    'jpy',
    'kmf',
    'krw',
    'mga',
    'pyg',
    'rwf',
    'vnd',
    'vuv',
    'xaf',
    'xof',
    'xpf',
  ].map((currency) => [currency, 0] as const),
  ...['bhd', 'jod', 'kwd', 'omr', 'tnd'].map((currency) => [currency, 3] as const),
]);

/** "€9.00", "¥1,200": an amount in the currency's smallest unit, as it is read. */
export function moneyWords(amount: number, currency: string): string {
  return format(amount, currency, false);
}

/** "€9 a month", "$90 every 3 months": a round price goes without its cents. */
export function priceWords({ amount, currency, interval, intervalCount }: Price): string {
  const money = format(amount, currency, true);
  return intervalCount === 1 ? `${money} a ${interval}` : `${money} every ${intervalCount} ${interval}s`;
}

function format(amount: number, currency: string, short: boolean): string {
  const decimals = DECIMALS.get(currency.toLowerCase()) ?? 2;
  const value = amount / 10 ** decimals;
  const digits = short && Number.isInteger(value) ? 0 : decimals;
  return new Intl.NumberFormat('en-GB', {
    style: 'currency',
    currency,
    currencyDisplay: 'symbol',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(value);
}
