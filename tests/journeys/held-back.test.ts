import { expect, test } from 'vitest';
import { openPlanWorld } from '../support/plan-world.ts';
import type { Persona } from '../support/world.ts';

const { create, database, entries, lookAgain, moveTo, openCompany, standing } = await openPlanWorld();

const FAST = { intervalSeconds: 10, regions: ['b-west', 'a-east', 'c-south'], quorum: 2 };
const HAD = { intervalSeconds: 10, timeoutMs: 8000, regions: FAST.regions, quorum: 2 };
const pick = async (who: Persona, monitorId: string) => {
  const { intervalSeconds, timeoutMs, regions, quorum, heldBack } = await who.call('monitors.get', {
    monitorId,
  });
  return { intervalSeconds, timeoutMs, regions, quorum, heldBack };
};
const checks = (monitorId: string) =>
  database.admin(
    `select s.region, s.interval_seconds as seconds, s.timeout_ms as timeout from check_schedule s
      join region_outcomes o using (tenant_id, monitor_id, region) where s.monitor_id = $1 order by s.region`,
    [monitorId],
  );

test('what Free does not allow of intervals and regions is held back, and given back with Pro', async () => {
  const { owner } = await openCompany();
  const { id: monitorId } = await create(owner, 'fast', FAST);
  await moveTo(owner, 'free');
  const now = { intervalSeconds: 60, timeoutMs: 10_000, regions: ['b-west'], quorum: 1 };
  const heldBack = { intervalSeconds: 10, regions: FAST.regions };
  expect(await pick(owner, monitorId)).toEqual({ ...now, heldBack });
  expect(await checks(monitorId)).toEqual([{ region: 'b-west', seconds: 60, timeout: 10_000 }]);
  expect(await entries(owner)).toEqual([
    { action: 'monitor.regions_changed', name: 'fast', before: HAD, after: now },
  ]);
  // A new name is none of its business.
  await owner.call('monitors.update', { monitorId, name: 'faster' });
  expect(await pick(owner, monitorId)).toEqual({ ...now, heldBack });

  await moveTo(owner, 'pro');
  expect(await pick(owner, monitorId)).toEqual({ ...HAD, heldBack: null });
  expect(await checks(monitorId)).toEqual(
    ['a-east', 'b-west', 'c-south'].map((region) => ({ region, seconds: 10, timeout: 8000 })),
  );
  expect((await entries(owner))[0]).toEqual({
    action: 'monitor.regions_changed',
    name: 'faster',
    before: now,
    after: HAD,
  });
});

test('what somebody sets meanwhile is theirs and is not given back; the rest is', async () => {
  const { owner } = await openCompany();
  const { id: slowed } = await create(owner, 'slowed', FAST);
  const { id: moved } = await create(owner, 'moved', FAST);
  const { id: sameAgain } = await create(owner, 'same-again', FAST);
  await moveTo(owner, 'free');
  await owner.call('monitors.update', { monitorId: slowed, intervalSeconds: 120 });
  await owner.call('monitors.update', { monitorId: moved, regions: ['c-south'] });
  // As a form sends it that was opened and saved.
  await owner.call('monitors.update', {
    monitorId: sameAgain,
    intervalSeconds: 60,
    regions: ['b-west'],
    quorum: 1,
  });
  expect((await pick(owner, slowed)).heldBack).toEqual({ intervalSeconds: null, regions: FAST.regions });
  expect((await pick(owner, moved)).heldBack).toEqual({ intervalSeconds: 10, regions: null });
  await lookAgain(owner);
  expect(await pick(owner, slowed)).toMatchObject({ intervalSeconds: 120, regions: ['b-west'] });
  await moveTo(owner, 'pro');
  expect(await pick(owner, slowed)).toMatchObject({
    intervalSeconds: 120,
    regions: FAST.regions,
    heldBack: null,
  });
  expect(await pick(owner, moved)).toMatchObject({
    intervalSeconds: 10,
    regions: ['c-south'],
    heldBack: null,
  });
  expect(await pick(owner, sameAgain)).toEqual({ ...HAD, heldBack: null });
});

test('a deadline that somebody sets meanwhile stays where it fits the interval that is given back', async () => {
  const { owner } = await openCompany();
  const { id: short } = await create(owner, 'short', FAST);
  const { id: long } = await create(owner, 'long', FAST);
  await moveTo(owner, 'free');
  await owner.call('monitors.update', { monitorId: short, timeoutMs: 3000 });
  await owner.call('monitors.update', { monitorId: long, timeoutMs: 25_000 });
  await lookAgain(owner);
  expect(await pick(owner, long)).toMatchObject({ intervalSeconds: 60, timeoutMs: 25_000 });
  await moveTo(owner, 'pro');
  expect(await pick(owner, short)).toMatchObject({ intervalSeconds: 10, timeoutMs: 3000 });
  expect(await pick(owner, long)).toMatchObject({ intervalSeconds: 10, timeoutMs: 8000 });
});

test('those that rest are held back too, so that any of them can be resumed on Free', async () => {
  const { owner, idOf } = await openCompany('m1', 'm2', 'm3');
  const { id: fast } = await create(owner, 'fast', FAST);
  await moveTo(owner, 'free');
  expect(await standing(owner)).toEqual(['m1 -', 'm2 -', 'm3 -', 'fast plan']);
  expect(await checks(fast)).toEqual([]);
  await owner.call('monitors.pause', { monitorId: idOf('m1') });
  await owner.call('monitors.resume', { monitorId: fast });
  expect(await checks(fast)).toEqual([{ region: 'b-west', seconds: 60, timeout: 10_000 }]);
  await moveTo(owner, 'pro');
  expect(await pick(owner, fast)).toEqual({ ...HAD, heldBack: null });
});

test('a region whose probers are gone is not the one that is left', async () => {
  const { owner } = await openCompany();
  const { id } = await create(owner, 'fast', FAST);
  const seen = (ago: string) =>
    database.admin(
      `update prober_instances set last_seen_at = now() - $1::interval where region = 'b-west'`,
      [ago],
    );
  await seen('2 hours');
  await moveTo(owner, 'free');
  expect(await pick(owner, id)).toMatchObject({ regions: ['a-east'] });
  await seen('0');
});

test('a region that the organization left meanwhile is not given back', async () => {
  const { owner } = await openCompany();
  const { id } = await create(owner, 'fast', FAST);
  await moveTo(owner, 'free');
  expect(await owner.call('regions.leave', { region: 'c-south' })).toEqual({ changed: 0, kept: [] });
  expect((await pick(owner, id)).heldBack).toEqual({ intervalSeconds: 10, regions: ['b-west', 'a-east'] });
  await moveTo(owner, 'pro');
  expect(await pick(owner, id)).toMatchObject({
    intervalSeconds: 10,
    regions: ['b-west', 'a-east'],
    quorum: 2,
  });
});
