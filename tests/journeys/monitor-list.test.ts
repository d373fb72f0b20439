import { expect, test } from 'vitest';
import { MONITOR_STATES } from '../../shared/monitoring/monitor-state.ts';
import { type FilledMonitor, fillMonitors } from '../support/fill.ts';
import { openWorld, type Persona } from '../support/world.ts';

const { alice, charlie, register, setPlan, database } = await openWorld();

type ListInput = NonNullable<Parameters<typeof alice.call<'monitors.list'>>[1]>;

/** All pages, one after the other, with what each said of the total. */
async function listAll(who: Persona, input: ListInput) {
  const names: string[] = [];
  const totals: number[] = [];
  let cursor: string | null | undefined;
  do {
    const page = await who.call('monitors.list', { ...input, ...(cursor ? { cursor } : {}) });
    names.push(...page.items.map((item) => item.name));
    totals.push(page.total);
    cursor = page.nextCursor;
  } while (cursor);
  return { names, totals };
}

const FLEET: FilledMonitor[] = [
  { name: 'apple', state: 'up', latencyMs: 30.25, uptime: 1, tags: ['web', 'fruit'] },
  { name: 'Banana', state: 'down', latencyMs: 500, uptime: 0.5, tags: ['web'] },
  { name: 'cherry', state: 'pending' },
  { name: 'Date 100%', state: 'degraded', latencyMs: 1250.125, uptime: 0.9 },
  { name: 'elder_berry', state: 'paused', uptime: 0.25 },
  { name: 'fig', state: 'unknown', latencyMs: 30.25, uptime: 0.5, target: 'https://shop.example.com/Fig' },
  { name: 'grape', state: 'maintenance' },
];
await fillMonitors(database, alice.tenant, FLEET);
await fillMonitors(database, charlie.tenant, [{ name: 'apple of Charlie', tags: ['secret'] }]);

const names = async (input: ListInput) =>
  (await alice.call('monitors.list', input)).items.map((item) => item.name);

test('what is broken stands first, unless asked otherwise', async () => {
  const worstFirst = ['Banana', 'fig', 'Date 100%', 'cherry', 'grape', 'elder_berry', 'apple'];
  expect((await alice.call('monitors.list')).items.map((item) => item.name)).toEqual(worstFirst);
  expect(await names({ sort: 'state', direction: 'desc' })).toEqual([...worstFirst].reverse());
});

test('names are in alphabetical order, whatever their case', async () => {
  const alphabet = ['apple', 'Banana', 'cherry', 'Date 100%', 'elder_berry', 'fig', 'grape'];
  expect(await names({ sort: 'name' })).toEqual(alphabet);
  expect(await names({ sort: 'name', direction: 'desc' })).toEqual([...alphabet].reverse());
});

test('the slowest stand first, and what has no latency last in both directions', async () => {
  const slowest = await names({ sort: 'latency' });
  expect(slowest.slice(0, 2)).toEqual(['Date 100%', 'Banana']);
  expect(slowest.slice(2, 4).sort()).toEqual(['apple', 'fig']);
  expect(slowest.slice(4).sort()).toEqual(['cherry', 'elder_berry', 'grape']);
  const fastest = await names({ sort: 'latency', direction: 'asc' });
  expect(fastest.slice(0, 2).sort()).toEqual(['apple', 'fig']);
  expect(fastest.slice(2, 4)).toEqual(['Banana', 'Date 100%']);
  expect(fastest.slice(4).sort()).toEqual(['cherry', 'elder_berry', 'grape']);
});

test('the worst uptime stands first, and what was not watched last in both directions', async () => {
  const worst = await names({ sort: 'uptime' });
  expect(worst[0]).toBe('elder_berry');
  expect(worst.slice(1, 3).sort()).toEqual(['Banana', 'fig']);
  expect(worst.slice(3, 5)).toEqual(['Date 100%', 'apple']);
  expect(worst.slice(5).sort()).toEqual(['cherry', 'grape']);
  const best = await names({ sort: 'uptime', direction: 'desc' });
  expect(best.slice(0, 2)).toEqual(['apple', 'Date 100%']);
  expect(best.slice(5).sort()).toEqual(['cherry', 'grape']);
});

test('the newest stand first when sorted by when they were made', async () => {
  const inOrder = FLEET.map((monitor) => monitor.name);
  expect(await names({ sort: 'createdAt' })).toEqual([...inOrder].reverse());
  expect(await names({ sort: 'createdAt', direction: 'asc' })).toEqual(inOrder);
});

test('a search looks at names and addresses, and takes every sign for itself', async () => {
  expect(await names({ search: 'AN' })).toEqual(['Banana']);
  expect(await names({ search: 'shop.example' })).toEqual(['fig']);
  expect(await names({ search: '100%' })).toEqual(['Date 100%']);
  expect(await names({ search: '%' })).toEqual(['Date 100%']);
  expect(await names({ search: 'r_b' })).toEqual(['elder_berry']);
  expect(await names({ search: '\\' })).toEqual([]);
  expect(await names({ search: 'Charlie' })).toEqual([]);
  expect(await names({ search: '  fig  ' })).toEqual(['fig']);
});

test('filters narrow the list, and the total with it', async () => {
  expect(await names({ state: 'down' })).toEqual(['Banana']);
  expect(await names({ tag: 'web', sort: 'name' })).toEqual(['apple', 'Banana']);
  expect((await alice.call('monitors.list', { tag: 'web', state: 'up', search: 'a' })).total).toBe(1);
  expect((await alice.call('monitors.list', { tag: 'secret' })).total).toBe(0);
});

test('the summary counts states and shows the tags of one organization only', async () => {
  expect(await alice.call('monitors.summary')).toEqual({
    states: { up: 1, down: 1, degraded: 1, pending: 1, unknown: 1, paused: 1, maintenance: 1 },
    total: 7,
    limit: 3,
    tags: ['fruit', 'web'],
  });
});

const SORTS = ['state', 'name', 'latency', 'uptime', 'createdAt'] as const;
const CASES = SORTS.flatMap((sort) =>
  (['asc', 'desc'] as const).map((direction) => [sort, direction] as const),
);

const many = await register('Many', 'many@many.example');
await setPlan(many.tenant, 'pro');
await fillMonitors(
  database,
  many.tenant,
  Array.from({ length: 57 }, (_, index) => ({
    // Many that are equal, and some that are not known.
    name: `Name ${String(index % 9).padStart(2, '0')}`,
    state: MONITOR_STATES[index % 7] ?? 'up',
    ...(index % 5 === 0 ? {} : { latencyMs: (index % 4) * 10.1 }),
    ...(index % 3 === 0 ? {} : { uptime: index % 2 === 0 ? 1 : 0.5 }),
    createdAt: new Date(Date.now() - (index % 11) * 3_600_000),
  })),
);

test.each(CASES)('sorted by %s %s, pages of ten show each of 57 monitors once', async (sort, direction) => {
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof many.call<'monitors.list'>>> = await many.call('monitors.list', {
      sort,
      direction,
      limit: 10,
      cursor,
    });
    expect(page.total).toBe(57);
    ids.push(...page.items.map((item) => item.id));
    cursor = page.nextCursor;
  } while (cursor !== null);
  expect(ids).toHaveLength(57);
  expect(new Set(ids).size).toBe(57);
});

test('pages of a filtered list have their own exact total', async () => {
  const { names: found, totals } = await listAll(many, { search: 'name 03', limit: 2 });
  expect(found).toHaveLength(totals[0] ?? 0);
  expect(new Set(totals)).toEqual(new Set([6]));
});

test('an empty organization has an empty list', async () => {
  const empty = await register('Empty', 'empty@empty.example');
  expect(await empty.call('monitors.list')).toEqual({ items: [], nextCursor: null, total: 0 });
  expect(await empty.call('monitors.summary')).toMatchObject({ total: 0, tags: [], limit: 3 });
});

test.each([0, 101, 1.5, '10'])('a page of %j is refused', async (limit) => {
  expect((await alice.refused('monitors.list', { limit })).data.fields).toHaveProperty('limit');
});
