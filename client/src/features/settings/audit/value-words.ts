import { formatDuration, formatLatency } from '../../../ui/time/duration.ts';
import { exactTime } from '../../../ui/time/relative-time.ts';

/** What stands in an entry where a secret is. */
export const SECRET = '(secret)';

/** What null means where it is no lack. */
const WITHOUT: Readonly<Record<string, string>> = {
  quorum: 'more than half',
  degradedAfterMs: 'never',
  certificateDays: 'never',
  removesAt: 'never',
  cancelAt: 'never',
  pausedFor: 'nothing',
};
const PAUSED_FOR: Readonly<Record<string, string>> = { plan: 'the plan', removal: 'the deletion' };
const INSTANTS = ['removesAt', 'currentPeriodEnd', 'cancelAt'];

/** A value as it is read: "30 s", "1.5 s", "eu-west, us-east". What is not known stands as the API answers it. */
export function valueWords(path: string, value: unknown): string {
  if (value === null) return WITHOUT[path] ?? 'none';
  if (value === '') return 'empty';
  if (path === 'http.followRedirects') return value === true ? 'followed' : 'not followed';
  if (typeof value === 'number') return numberWords(path, value);
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(itemWords).join(', ');
  if (typeof value !== 'string') return JSON.stringify(value);
  if (value === SECRET) return 'secret';
  if (path === 'pausedFor') return PAUSED_FOR[value] ?? value;
  if (path === 'state') return value.replaceAll('_', ' ');
  if (INSTANTS.includes(path)) return exactTime(Date.parse(value));
  return value;
}

function numberWords(path: string, value: number): string {
  if (path.endsWith('Seconds')) return formatDuration(value * 1000);
  if (path.endsWith('Ms')) return formatLatency(value);
  if (path.endsWith('Minutes')) return `${value} min`;
  if (path.endsWith('Days')) return value === 1 ? '1 day' : `${value} days`;
  return value.toLocaleString('en');
}

function itemWords(item: unknown): string {
  if (typeof item !== 'object' || item === null) return String(item);
  const { subject, name, comparator, value, ...others } = item as Record<string, unknown>; // JSON that came so
  const isAssertion =
    typeof subject === 'string' && typeof comparator === 'string' && Object.keys(others).length === 0;
  if (!isAssertion) return JSON.stringify(item);
  const compared = comparator.replaceAll('_', ' ');
  return [subject, name, compared, typeof value === 'string' ? `“${value}”` : value]
    .filter((word) => word !== undefined)
    .join(' ');
}
