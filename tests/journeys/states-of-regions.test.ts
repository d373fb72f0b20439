import { expect, test } from 'vitest';
import type { Monitor } from '../../shared/monitoring/monitor.ts';
import { eventually } from '../support/eventually.ts';
import { openHandProber } from '../support/hand-prober.ts';
import { watchMonitors } from '../support/watched-monitors.ts';
import { openWorld } from '../support/world.ts';

const REGIONS = ['eu-west', 'local', 'us-east'];

const { alice, database, setPlan } = await openWorld({ regions: REGIONS });
const prober = await openHandProber(database);
await setPlan(alice.tenant, 'pro');

const { create, get, becomes, settled } = watchMonitors(database, alice);

/** One result after the other, each decided upon before the next. */
async function report(monitor: Monitor, outcome: 'up' | 'down', ...regions: string[]): Promise<void> {
  for (const region of regions) {
    await prober.report(monitor, { outcome, region });
    await settled(monitor.id);
  }
}

/** A monitor that is up in all three regions; a first failure counts. */
async function upEverywhere(more: Record<string, unknown> = {}): Promise<Monitor> {
  const monitor = await create({ regions: REGIONS, retries: 0, flapChanges: 0, ...more });
  await report(monitor, 'up', ...REGIONS);
  await becomes(monitor.id, 'up');
  return monitor;
}

/** Where a check off the grid is wanted, and whether it is due by now. */
const asked = async (monitorId: string) => {
  const rows = await database.admin<{ region: string; now: boolean }>(
    `select region, due_at <= now() as now from check_schedule where monitor_id = $1 and verification order by region`,
    [monitorId],
  );
  return rows.map(({ region, now }) => [region, now]);
};

test('on a first failure every region is asked at once, and after the delay again, until enough agree', async () => {
  const monitor = await upEverywhere({ retries: 1, retryDelaySeconds: 300 });
  await report(monitor, 'down', 'us-east');
  expect(await asked(monitor.id)).toEqual(REGIONS.map((region) => [region, true]));
  // Answered everywhere, and one region has failed once only: it is asked again, with all others, but not yet.
  await prober.report(monitor, { outcome: 'down', region: 'us-east', verification: true });
  await prober.report(monitor, { outcome: 'down', region: 'eu-west', verification: true });
  await prober.report(monitor, { outcome: 'up', region: 'local', verification: true });
  await settled(monitor.id);
  expect((await get(monitor.id)).state).toBe('up');
  expect(await asked(monitor.id)).toEqual(REGIONS.map((region) => [region, false]));
  await prober.report(monitor, { outcome: 'down', region: 'eu-west', verification: true });
  await becomes(monitor.id, 'down');
});

test('it comes back as it went: one good region of three is not enough, two are', async () => {
  const monitor = await upEverywhere();
  await report(monitor, 'down', ...REGIONS);
  await becomes(monitor.id, 'down');
  await report(monitor, 'up', 'us-east');
  expect((await get(monitor.id)).state).toBe('down');
  expect(await asked(monitor.id)).toEqual(REGIONS.map((region) => [region, true]));
  await report(monitor, 'up', 'eu-west');
  await becomes(monitor.id, 'up');
});

test('a monitor that asks for all of its regions is down when all say so, and up when all do', async () => {
  const monitor = await upEverywhere({ quorum: 3 });
  await report(monitor, 'down', 'us-east', 'eu-west');
  expect((await get(monitor.id)).state).toBe('up');
  await report(monitor, 'down', 'local');
  expect((await becomes(monitor.id, 'down')).reason).toContain('Down from 3 of 3 regions');
  await report(monitor, 'up', 'us-east', 'eu-west');
  expect((await get(monitor.id)).state).toBe('down');
  await report(monitor, 'up', 'local');
  await becomes(monitor.id, 'up');
});

test('a monitor that asks for one region is down as soon as one says so, until none does', async () => {
  const monitor = await upEverywhere({ quorum: 1 });
  await report(monitor, 'down', 'us-east');
  expect((await becomes(monitor.id, 'down')).reason).toContain('Down from 1 of 3 regions');
  await report(monitor, 'up', 'local', 'eu-west');
  expect((await get(monitor.id)).state).toBe('down');
  await report(monitor, 'up', 'us-east');
  await becomes(monitor.id, 'up');
});

/** As if this region had been silent for two minutes. */
const silence = (monitorId: string, ...regions: string[]) =>
  database.admin(
    `update check_schedule set due_at = now() - interval '4 minutes' where monitor_id = $1 and region = any($2) and not verification`,
    [monitorId, regions],
  );

test('where fewer regions speak than a monitor asks for, all that speak must agree', async () => {
  const monitor = await upEverywhere({ quorum: 3 });
  await silence(monitor.id, 'us-east');
  await report(monitor, 'down', 'eu-west');
  expect((await get(monitor.id)).state).toBe('up');
  await report(monitor, 'down', 'local');
  expect((await becomes(monitor.id, 'down')).reason).toContain('Down from 2 of 2 regions');
});

test('with two of three regions silent the third decides, and only after its retries', async () => {
  const monitor = await upEverywhere({ retries: 2 });
  await silence(monitor.id, 'us-east', 'eu-west');
  await report(monitor, 'down', 'local');
  for (let retry = 1; retry <= 2; retry++) {
    expect((await get(monitor.id)).state).toBe('up');
    await eventually(async () => (await prober.wanted(monitor.id)).includes('local'));
    await prober.report(monitor, { outcome: 'down', verification: true });
    await settled(monitor.id);
  }
  await becomes(monitor.id, 'down');
});

test('a new monitor on whose failure not enough regions agree is up, and does not stay unknown to all', async () => {
  const monitor = await create({ regions: ['eu-west', 'local'], retries: 0 });
  await report(monitor, 'down', 'eu-west');
  expect((await get(monitor.id)).state).toBe('pending');
  await report(monitor, 'up', 'local');
  await becomes(monitor.id, 'up');
});
