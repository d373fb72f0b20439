import { expect, test } from 'vitest';
import { keepProbers } from '../../server/domains/operations/keep-probers.ts';
import { openWorld } from '../support/world.ts';

const { alice, database, server, visitor } = await openWorld({ regions: [] });
const { system } = server.services.pools;

const seen = async (region: string, daysAgo: number, checks: number) => {
  const [row] = await database.admin<{ id: number }>(
    `insert into prober_instances (region, version, host, started_at, last_seen_at, checks_up, checks_void)
      values ($1, '1', 'test', now() - make_interval(days => $2) - interval '1 hour', now() - make_interval(days => $2), $3, 1)
      returning id`,
    [region, daysAgo, checks],
  );
  return row?.id;
};

const counted = async () => {
  const { text } = await visitor().raw('GET', '/metrics');
  return text.split('\n').filter((line) => line.startsWith('statuswatch_checks_total'));
};

test('probers long gone make one row a region, and nothing that was counted or known of a region is lost', async () => {
  await seen('eu-west', 30, 1000);
  await seen('us-east', 20, 7);
  const last = await seen('eu-west', 8, 200);
  await seen('eu-west', 9, 30);
  const lately = await seen('eu-west', 6, 4);
  const living = await seen('eu-west', 0, 5);
  const alone = await seen('ap-south', 12, 6);
  await seen('us-east', 0, 1);
  const before = await counted();
  expect(before).toContain('statuswatch_checks_total{region="eu-west",outcome="up"} 1239');
  const { regions } = await alice.call('regions.list');
  expect(regions.map(({ name }) => name)).toEqual(['eu-west', 'us-east']);

  await keepProbers(system);
  await keepProbers(system);
  const rows = await database.admin<{ id: number; checks_up: string; checks_void: string }>(
    `select id, checks_up::int, checks_void::int from prober_instances where region in ('eu-west', 'ap-south') order by id`,
  );
  expect(rows).toEqual([
    { id: last, checks_up: 1230, checks_void: 3 },
    { id: lately, checks_up: 4, checks_void: 1 },
    { id: living, checks_up: 5, checks_void: 1 },
    { id: alone, checks_up: 6, checks_void: 1 },
  ]);
  expect((await counted()).sort()).toEqual(before.sort());
  expect((await alice.call('regions.list')).regions).toEqual(regions);
});
