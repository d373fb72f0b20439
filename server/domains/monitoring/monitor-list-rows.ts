import { type SQL, sql } from 'drizzle-orm';
import type { MonitorListItem } from '../../../shared/monitoring/monitor.ts';
import type { ListMonitorsInput, SORT_KEYS } from '../../../shared/monitoring/monitor-input.ts';
import { STATE_RANK } from '../../../shared/monitoring/monitor-state.ts';
import type { Transaction } from '../../database/transaction.ts';
import type { StoredMonitor } from './answer-monitor.ts';
import {
  MONITOR_AND_STATE,
  MONITOR_COLUMNS,
  MONITOR_SOURCE,
  type MonitorViewRow,
  NEWEST_OUTCOME,
  toIso,
  toMonitor,
  uptime24h,
} from './monitor-view-rows.ts';

type SortKey = (typeof SORT_KEYS)[number];
type Direction = 'asc' | 'desc';

/** How many results the small chart of a row shows. */
const CHART_POINTS = 24;

const RANK = sql.raw(
  `case s.state ${Object.entries(STATE_RANK)
    .map(([state, rank]) => `when '${state}' then '${rank}'`)
    .join(' ')} end`,
);

/** What each sort compares, of which type, and which way it goes unless told. What is not known stands last both ways. */
type Sort = {
  type: 'text' | 'double precision';
  first: Direction;
  /** What else it must read of every monitor, and not only of those on the page. */
  from: (at: SQL) => SQL;
  key: (direction: Direction) => SQL;
};

const SORTS: Record<SortKey, Sort> = {
  state: { type: 'text', first: 'asc', from: () => sql``, key: () => sql`${RANK} || lower(m.name)` },
  name: { type: 'text', first: 'asc', from: () => sql``, key: () => sql`lower(m.name)` },
  latency: {
    type: 'double precision',
    first: 'desc',
    from: () => NEWEST_OUTCOME,
    key: (way) => sql`coalesce(o.latency_ms, ${lastOf(way)})`,
  },
  uptime: {
    type: 'double precision',
    first: 'asc',
    from: uptime24h,
    key: (way) => sql`coalesce(u.uptime_24h, ${lastOf(way)})`,
  },
  createdAt: {
    type: 'double precision',
    first: 'desc',
    from: () => sql``,
    key: () => sql`extract(epoch from m.created_at)`,
  },
};

const lastOf = (direction: Direction) =>
  sql.raw(direction === 'asc' ? `'infinity'::float8` : `'-infinity'::float8`);

/** The last row of a page, and the instant (ISO 8601, whole milliseconds) for which uptimes were compared. */
export type PagePosition = { key: string; id: string; at: string };

export type StoredListItem = StoredMonitor & Pick<MonitorListItem, 'recentLatenciesMs'>;

export type MonitorPage = { items: StoredListItem[]; next: PagePosition | null; total: number };

/** One page of monitors behind `after`, with the exact total of all that match. */
export async function listMonitorRows(
  tx: Transaction,
  input: ListMonitorsInput,
  after: PagePosition | null,
): Promise<MonitorPage> {
  const sort = SORTS[input.sort];
  const direction = input.direction ?? sort.first;
  const way = sql.raw(direction);
  const type = sql.raw(sort.type);
  const beyond = sql.raw(direction === 'asc' ? '>' : '<');
  // Every page of a listing compares uptimes as they were at its first: else they move while somebody turns pages.
  const at = after === null ? sql`date_trunc('milliseconds', now())` : sql`${after.at}::timestamptz`;
  const position =
    after === null ? sql`` : sql`where (l.key, l.id) ${beyond} (${after.key}::${type}, ${after.id}::uuid)`;
  const { rows } = await tx.execute<
    MonitorViewRow & { total: number; at: string; key: string; chart: (number | null)[] | null }
  >(sql`
    with listed as materialized (
      select m.id, (${sort.key(direction)})::${type} as key
      from ${MONITOR_AND_STATE} ${sort.from(at)}
      where ${conditions(input)}
    ),
    page as (select l.id, l.key from listed l ${position} order by l.key ${way}, l.id ${way} limit ${input.limit + 1})
    select t.total, ${at} as at, page.key::text as key, ${MONITOR_COLUMNS}, c.chart
    from (select count(*) as total from listed) t
    left join (page join ${MONITOR_SOURCE} on m.id = page.id) on true
    ${uptime24h(at)}
    left join lateral (
      select array_agg(case when r.outcome in ('up', 'degraded') then r.total_ms end order by r.slot_at) as chart
      from (
        select h.slot_at, h.outcome, h.total_ms from check_results h
        where h.tenant_id = m.tenant_id and h.monitor_id = m.id and h.slot_at > now() - interval '1 day'
        order by h.slot_at desc limit ${CHART_POINTS}
      ) r
    ) c on true
    order by page.key ${way}, page.id ${way}`);
  const found = rows.filter((row) => row.id !== null);
  const items = found
    .slice(0, input.limit)
    .map((row) => ({ ...toMonitor(row), recentLatenciesMs: row.chart ?? [] }));
  const last = found[input.limit - 1];
  const next =
    found.length > input.limit && last !== undefined
      ? { key: last.key, id: last.id, at: toIso(last.at) }
      : null;
  return { items, next, total: rows[0]?.total ?? 0 };
}

function conditions(input: ListMonitorsInput): SQL {
  const all: SQL[] = [sql`true`];
  if (input.search) {
    const pattern = `%${input.search.replace(/[\\%_]/g, '\\$&')}%`;
    all.push(sql`(m.name ilike ${pattern} or m.target ilike ${pattern})`);
  }
  if (input.state !== undefined) all.push(sql`s.state = ${input.state}`);
  if (input.tag !== undefined) all.push(sql`${input.tag} = any(m.tags)`);
  return sql.join(all, sql` and `);
}

/** How many monitors there are in each state, and which tags they carry. */
export async function summarizeMonitorRows(
  tx: Transaction,
): Promise<{ states: { state: string; count: number }[]; tags: string[] }> {
  const states = await tx.execute<{ state: string; count: number }>(
    sql`select state, count(*) as count from monitor_states group by state`,
  );
  const tags = await tx.execute<{ tag: string }>(
    sql`select distinct unnest(tags) as tag from monitors order by tag limit 200`,
  );
  return { states: states.rows, tags: tags.rows.map((row) => row.tag) };
}
