import { expect, test } from 'vitest';
import type { Monitor } from '../../shared/monitoring/monitor.ts';
import { openEventStream } from '../support/event-stream.ts';
import { eventually } from '../support/eventually.ts';
import { openHandProber } from '../support/hand-prober.ts';
import { watchMonitors } from '../support/watched-monitors.ts';
import { openWorld } from '../support/world.ts';

const REGIONS = ['us-east', 'local', 'eu-west'];
const { alice, database, setPlan } = await openWorld({ regions: REGIONS });
const prober = await openHandProber(database);
await setPlan(alice.tenant, 'pro');
const { create, get, becomes, settled } = watchMonitors(database, alice);

/** A monitor that every region has found up. */
async function createUp(): Promise<Monitor> {
  const monitor = await create({ regions: REGIONS, intervalSeconds: 10 });
  for (const region of REGIONS) await prober.report(monitor, { outcome: 'up', region });
  await settled(monitor.id);
  return becomes(monitor.id, 'up');
}

/** As if the check of a region had been due for two minutes. */
const fallSilent = (monitorId: string, region: string) =>
  database.admin(
    `update check_schedule set due_at = date_trunc('milliseconds', now()) - interval '2 minutes'
      where monitor_id = $1 and region = $2 and not verification`,
    [monitorId, region],
  );

test('a page that is open hears when one region of several falls silent, and when it is back', async () => {
  const monitor = await createUp();
  const stream = await openEventStream(alice);
  /** Waits until what the page last heard of the monitor is that these regions are silent. */
  const showsSilent = (regions: string[]) =>
    eventually(() => {
      const last = stream.changes().findLast(({ change }) => 'monitor' in change)?.change;
      if (last === undefined || !('monitor' in last)) return null;
      return last.monitor.silentRegions.join() === regions.join() ? last.monitor : null;
    }, 15_000);
  await showsSilent([]);
  await fallSilent(monitor.id, 'eu-west');
  expect(await showsSilent(['eu-west'])).toMatchObject({ id: monitor.id, state: 'up' });
  await prober.report(monitor, { outcome: 'up', region: 'eu-west' });
  await showsSilent([]);
});

test('the monitor and its row in the list name the silent regions, in the order in which it names them', async () => {
  const monitor = await createUp();
  const listed = async () =>
    (await alice.call('monitors.list', { limit: 100 })).items.find(({ id }) => id === monitor.id);
  expect(monitor.silentRegions).toEqual([]);
  expect((await listed())?.silentRegions).toEqual([]);
  await fallSilent(monitor.id, 'eu-west');
  await fallSilent(monitor.id, 'us-east');
  expect((await get(monitor.id)).silentRegions).toEqual(['us-east', 'eu-west']);
  expect((await listed())?.silentRegions).toEqual(['us-east', 'eu-west']);
  await alice.call('monitors.pause', { monitorId: monitor.id });
  expect((await get(monitor.id)).silentRegions).toEqual([]);
});

test('a region whose prober is cut off is silent after two intervals', async () => {
  const monitor = await createUp();
  await prober.report(monitor, { outcome: 'void', region: 'local' });
  expect((await get(monitor.id)).silentRegions).toEqual([]);
  await database.admin(
    `update region_outcomes set void_since = now() - interval '1 minute' where monitor_id = $1 and void_since is not null`,
    [monitor.id],
  );
  expect((await get(monitor.id)).silentRegions).toEqual(['local']);
  await prober.report(monitor, { outcome: 'up', region: 'local' });
  expect((await get(monitor.id)).silentRegions).toEqual([]);
});
