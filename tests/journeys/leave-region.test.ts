import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, expect, test } from 'vitest';
import type { Monitor } from '../../shared/monitoring/monitor.ts';
import { fillMonitors } from '../support/fill.ts';
import { openHandProber } from '../support/hand-prober.ts';
import { somebodyWaits } from '../support/somebody-waits.ts';
import { watchMonitors } from '../support/watched-monitors.ts';
import { openWorld } from '../support/world.ts';

const ABC = ['a-east', 'b-west', 'c-south'];
const { alice, bob, charlie, addMember, database, register, setPlan } = await openWorld({
  regions: [...ABC, 'd-north', 'local'],
});
const adam = await addMember(alice.tenant, 'admin', 'adam@acme.example');
const prober = await openHandProber(database);
await setPlan(alice.tenant, 'pro');
const { create, get, becomes, settled } = watchMonitors(database, alice);

/** A prober's connection in the middle of recording a batch. */
const recording = new pg.Client({ connectionString: database.urls.prober });
await recording.connect();
afterAll(() => recording.end());

const checkedFrom = async (monitorId: string) => {
  const rows = await database.admin<{ region: string; outcome: string }>(
    `select distinct s.region from check_schedule s join region_outcomes o using (tenant_id, monitor_id, region)
      where monitor_id = $1 order by region`,
    [monitorId],
  );
  return rows.map(({ region }) => region);
};

test('a state that the lost region held is decided anew by those that are left', async () => {
  const monitor = await create({ regions: ABC, retries: 0 });
  for (const region of ABC) await prober.report(monitor, { outcome: 'up', region });
  await becomes(monitor.id, 'up');
  for (const region of ['a-east', 'b-west']) await prober.report(monitor, { outcome: 'down', region });
  await becomes(monitor.id, 'down');

  expect(await adam.call('regions.leave', { region: 'a-east' })).toMatchObject({ changed: 1, kept: [] });
  await settled(monitor.id);
  // One of two against the other is no majority either way: what was found before stands.
  expect(await get(monitor.id)).toMatchObject({ state: 'down', regions: ['b-west', 'c-south'] });
  expect(await checkedFrom(monitor.id)).toEqual(['b-west', 'c-south']);

  await adam.call('regions.leave', { region: 'b-west' });
  await becomes(monitor.id, 'up');
  expect(await checkedFrom(monitor.id)).toEqual(['c-south']);
  await alice.call('monitors.remove', { monitorId: monitor.id });
});

test('a monitor that is checked from nowhere else keeps the region, and its quorum is what the others can make', async () => {
  const only = await create({ regions: ['d-north'], name: 'Only here' });
  const all = await create({ regions: [...ABC, 'd-north'], quorum: 4, name: 'Everywhere' });
  const two = await create({ regions: ['a-east', 'd-north'], quorum: 1 });
  const half = await create({ regions: ['a-east', 'd-north'] });
  await alice.call('monitors.pause', { monitorId: two.id });
  expect(await alice.call('regions.leave', { region: 'd-north' })).toEqual({
    changed: 3,
    kept: [{ id: only.id, name: 'Only here' }],
  });
  expect(await get(only.id)).toMatchObject({ regions: ['d-north'] });
  expect(await checkedFrom(only.id)).toEqual(['d-north']);
  expect(await get(all.id)).toMatchObject({ regions: ABC, quorum: 3 });
  expect(await get(two.id)).toMatchObject({ regions: ['a-east'], quorum: 1, state: 'paused' });
  expect(await get(half.id)).toMatchObject({ regions: ['a-east'], quorum: null });

  const { items } = await adam.call('audit.list', { action: 'region.left', limit: 1 });
  const { id: userId, name } = (await alice.call('auth.me')).user;
  expect(items).toMatchObject([
    {
      actor: { kind: 'user', id: userId, name },
      action: 'region.left',
      subject: { kind: 'region', id: null, name: 'd-north' },
      address: alice.address,
    },
  ]);
  const ofAll = { id: all.id, name: 'Everywhere' };
  const [entry] = items;
  expect(entry?.before).toMatchObject({
    count: 3,
    more: 0,
    monitors: expect.arrayContaining([{ ...ofAll, regions: [...ABC, 'd-north'], quorum: 4 }]),
  });
  expect(entry?.after).toMatchObject({
    count: 3,
    more: 0,
    monitors: expect.arrayContaining([{ ...ofAll, regions: ABC, quorum: 3 }]),
  });
  expect(entry?.before).toHaveProperty('monitors.length', 3);

  expect(await alice.call('regions.leave', { region: 'd-north' })).toMatchObject({ changed: 0 });
  const again = await adam.call('audit.list', { action: 'region.left', limit: 1 });
  expect(again.items[0]?.id).toBe(entry?.id);
});

test('who may only change monitors cannot leave a region for all, and nobody leaves one for others', async () => {
  const monitor = await create({ regions: ['a-east', 'local'] });
  expect((await bob.refused('regions.leave', { region: 'local' })).status).toBe(403);
  expect(await charlie.call('regions.leave', { region: 'local' })).toEqual({ changed: 0, kept: [] });
  expect((await get(monitor.id)).regions).toEqual(['a-east', 'local']);
  expect((await charlie.call('audit.list', { action: 'region.left' })).items).toEqual([]);
});

test('a region taken away from one monitor lowers its quorum, and stands in the audit log', async () => {
  const monitor = await create({ regions: ABC, quorum: 3, name: 'Shop' });
  const fewer = await bob.call('monitors.update', {
    monitorId: monitor.id,
    regions: ['c-south', 'a-east'],
    name: 'Shop 2',
  });
  expect(fewer).toMatchObject({ regions: ['c-south', 'a-east'], quorum: 2 });
  // Neither another order nor another change is one of regions.
  await bob.call('monitors.update', { monitorId: monitor.id, regions: ['a-east', 'c-south'] });
  await bob.call('monitors.update', { monitorId: monitor.id, retries: 2 });
  const { items } = await alice.call('audit.list', { action: 'monitor.regions_changed' });
  const { id, name } = (await bob.call('auth.me')).user;
  expect(items).toMatchObject([
    {
      actor: { kind: 'user', id, name },
      subject: { kind: 'monitor', id: monitor.id, name: 'Shop 2' },
      before: { regions: ABC, quorum: 3 },
      after: { regions: ['c-south', 'a-east'], quorum: 2 },
      address: bob.address,
    },
  ]);
});

test('a region can be left while results of its monitors are being recorded in another order', async () => {
  const made = [
    await create({ regions: ['b-west', 'c-south'] }),
    await create({ regions: ['b-west', 'c-south'] }),
  ];
  const [first = '', second = ''] = made.map(({ id }) => id).sort();
  const record = (monitorId: string) =>
    recording.query('update region_outcomes set streak = streak + 1 where monitor_id = $1', [monitorId]);
  await recording.query('begin');
  await record(second);
  const left = alice.send('regions.leave', { region: 'c-south' });
  await somebodyWaits(database);
  // Now each waits for the other. The one that has waited for longer is ended by Postgres, and begins anew.
  await record(first);
  await recording.query('commit');
  expect((await left).status).toBe(200);
  for (const { id } of made) expect((await get(id)).regions).toEqual(['b-west']);
});

test('fifty at the same instant who leave, change and pause all get their answer', async () => {
  const made: Monitor[] = [];
  for (let number = 0; number < 8; number++) made.push(await create({ regions: ABC }));
  const calls = Array.from({ length: 50 }, (_, turn) => {
    const monitorId = made[turn % made.length]?.id ?? randomUUID();
    if (turn % 5 === 0) return alice.send('regions.leave', { region: ABC[(turn / 5) % 2] });
    if (turn % 5 === 1) return alice.send('monitors.update', { monitorId, regions: ABC });
    if (turn % 5 === 2) return alice.send('monitors.update', { monitorId, timeoutMs: 1000 + turn });
    return alice.send(turn % 5 === 3 ? 'monitors.pause' : 'monitors.resume', { monitorId });
  });
  expect((await Promise.all(calls)).map(({ status }) => status)).toEqual(calls.map(() => 200));
  for (const { id } of made) {
    const { regions, state } = await get(id);
    expect(await checkedFrom(id)).toEqual(state === 'paused' ? [] : [...regions].sort());
  }
});

/** M1 to M5000 by name. */
const FIRST_OF_5000 = [
  ...['M1', 'M10', 'M100'],
  ...Array.from({ length: 10 }, (_, n) => `M${1000 + n}`),
  ...['M101', 'M1010', 'M1011', 'M1012', 'M1013', 'M1014', 'M1015'],
];

test('five thousand monitors leave a region in one go', async () => {
  const eve = await register('Eve’s', 'eve@eve.example');
  await setPlan(eve.tenant, 'pro');
  await fillMonitors(database, eve.tenant, [{}]);
  await database.admin(
    `with one as (select * from monitors where tenant_id = $1),
      made as (
        insert into monitors (tenant_id, name, kind, target, http, assertions, interval_seconds, timeout_ms, retries,
          retry_delay_seconds, recovery, regions, tags)
        select tenant_id, 'M' || n, kind, target || '/' || n, http, assertions, interval_seconds, timeout_ms, retries,
          retry_delay_seconds, recovery, '{b-west,local}', tags
        from one, generate_series(1, 5000) n returning tenant_id, id, regions
      ),
      outcomes as (
        insert into region_outcomes (tenant_id, monitor_id, region) select tenant_id, id, unnest(regions) from made
      ),
      certificates as (
        insert into monitor_certificates (tenant_id, monitor_id, region, certificate, valid_to, first_seen_at, last_seen_at)
        select tenant_id, id, unnest(regions), '{}', now(), now(), now() from (
          select tenant_id, id, regions from made union all select tenant_id, id, regions from one) all_of_them
      )
      insert into monitor_states (tenant_id, monitor_id, state, since) select tenant_id, id, 'pending', now() from made`,
    [eve.tenant.id],
  );
  const left = await eve.call('regions.leave', { region: 'local' });
  expect(left).toEqual({ changed: 5000, kept: [expect.objectContaining({ name: 'Monitor 0' })] });
  const rows = await database.admin(
    `select (select count(*)::int from monitors where tenant_id = $1 and regions = '{b-west}') as monitors,
      (select count(*)::int from region_outcomes where tenant_id = $1 and region = 'b-west') as kept,
      (select count(*)::int from region_outcomes where tenant_id = $1 and region = 'local') as lost,
      (select count(*)::int from monitor_certificates where tenant_id = $1 and region = 'b-west') as certificates_kept,
      (select count(*)::int from monitor_certificates where tenant_id = $1 and region = 'local') as certificates_lost,
      (select count(*)::int from pgboss.job where name = 'monitoring.decide' and data ->> 'tenantId' = $1::text) as decisions`,
    [eve.tenant.id],
  );
  // What is left of the region are the rows of the one monitor that is checked from nowhere else.
  const certificates = { certificates_kept: 5000, certificates_lost: 1 };
  expect(rows).toEqual([{ monitors: 5000, kept: 5000, lost: 1, ...certificates, decisions: 5000 }]);

  const { items } = await eve.call('audit.list', { action: 'region.left' });
  const [entry] = items;
  // The same monitors before and after, the first by name.
  const named = (regions: string[]) =>
    FIRST_OF_5000.map((name) => ({ id: expect.any(String), name, regions, quorum: null }));
  expect(entry?.before).toEqual({ count: 5000, monitors: named(['b-west', 'local']), more: 4980 });
  expect(entry?.after).toEqual({ count: 5000, monitors: named(['b-west']), more: 4980 });
});
