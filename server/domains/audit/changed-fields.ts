import { isDeepStrictEqual } from 'node:util';
import type { AuditFields } from '../../../shared/audit/audit-entry.ts';
import { Secret } from './secret.ts';

/** What differs between two sets of fields, as each had it, and within fields too; null when nothing does. */
export function changedFields(
  before: AuditFields,
  after: AuditFields,
): { before: AuditFields; after: AuditFields } | null {
  const was: [string, unknown][] = [];
  const is: [string, unknown][] = [];
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const change = changedValue(before[name], after[name]);
    if (change?.before !== undefined) was.push([name, change.before]);
    if (change?.after !== undefined) is.push([name, change.after]);
  }
  if (was.length === 0 && is.length === 0) return null;
  return { before: Object.fromEntries(was), after: Object.fromEntries(is) };
}

function changedValue(before: unknown, after: unknown): { before: unknown; after: unknown } | null {
  if (isFields(before) && isFields(after)) return changedFields(before, after);
  const same =
    before instanceof Secret && after instanceof Secret
      ? before.equals(after)
      : isDeepStrictEqual(before, after);
  return same ? null : { before, after };
}

function isFields(value: unknown): value is AuditFields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Secret);
}
