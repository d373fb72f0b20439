import { AUDIT_GROUPS, type AuditFilter, type AuditGroup } from '../../../../../shared/audit/audit-entry.ts';

/** Which entries the page shows, as its address holds it. Days are the reader's own, `2026-01-31`, both included. */
export type AuditFilters = {
  group: AuditGroup | null;
  /** An id, or `system`. */
  actor: string | null;
  subject: string;
  fromDay: string | null;
  toDay: string | null;
};

export const NO_FILTERS: AuditFilters = { group: null, actor: null, subject: '', fromDay: null, toDay: null };

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const DAY = /^\d{4}-\d\d-\d\d$/;

type Query = Record<string, string | string[] | undefined>;

/** Reads the filters from an address; whatever is not one of ours means "not filtered". */
export function readFilters(query: Query): AuditFilters {
  const text = (name: string) => {
    const value = query[name];
    return (Array.isArray(value) ? value[0] : value) ?? '';
  };
  const actor = text('actor');
  return {
    group: AUDIT_GROUPS.find((group) => group === text('group')) ?? null,
    actor: actor === 'system' || UUID.test(actor) ? actor : null,
    subject: text('q').slice(0, 200),
    fromDay: readDay(text('from')),
    toDay: readDay(text('to')),
  };
}

/** The part of an address that holds the filters; what goes without saying is left out. */
export function writeFilters(filters: AuditFilters): Record<string, string | undefined> {
  return {
    group: filters.group ?? undefined,
    actor: filters.actor ?? undefined,
    q: filters.subject || undefined,
    from: filters.fromDay ?? undefined,
    to: filters.toDay ?? undefined,
  };
}

/** What `audit.list` is asked for. A day begins and ends where the reader is. */
export function filterInput({ group, actor, subject, fromDay, toDay }: AuditFilters): AuditFilter {
  return {
    ...(group === null ? {} : { group }),
    ...(actor === null ? {} : { actor }),
    ...(subject === '' ? {} : { subject }),
    ...(fromDay === null ? {} : { from: beginOf(fromDay, 0) }),
    ...(toDay === null ? {} : { to: beginOf(toDay, 1) }),
  };
}

/** Where the same entries are as a file. */
export function fileAddress(filters: AuditFilters): string {
  const query = new URLSearchParams(
    Object.entries(filterInput(filters)).map(([name, value]) => [name, String(value)]),
  );
  return query.size === 0 ? '/audit.csv' : `/audit.csv?${query}`;
}

/** Whether anything is left out of the log. */
export function isFiltered(filters: AuditFilters): boolean {
  return Object.values(writeFilters(filters)).some((value) => value !== undefined);
}

const readDay = (text: string) => (DAY.test(text) && !Number.isNaN(Date.parse(text)) ? text : null);

/** The first instant of a day, or of one so many days later, where the reader is. */
function beginOf(day: string, later: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + later).toISOString();
}
