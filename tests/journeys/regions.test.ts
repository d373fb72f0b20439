import { expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { openSessionProbers } from '../support/session-prober.ts';
import { watchMonitors } from '../support/watched-monitors.ts';
import { openWorld, type Persona } from '../support/world.ts';

const { alice, charlie, database, setPlan } = await openWorld({
  regions: ['eu-west', 'us-east', 'ap-south', 'sa-east'],
});
await setPlan(alice.tenant, 'pro');
const startProber = openSessionProbers(database);
const { create } = watchMonitors(database, alice);

const regionOf = async (who: Persona, name: string) =>
  (await who.call('regions.list')).regions.find((region) => region.name === name);

/** As if no prober of a region had been seen for so long. */
const unseenFor = (region: string, seconds: number) =>
  database.admin(
    `update prober_instances set last_seen_at = now() - make_interval(secs => $2) where region = $1`,
    [region, seconds],
  );

test('a region is on time, late or silent, as its probers say and as their sessions stand', async () => {
  expect(await regionOf(alice, 'eu-west')).toMatchObject({ condition: 'silent', served: true });
  const prober = await startProber('eu-west');
  await prober.beat({ latenessP99Ms: 12.5, checksRunning: 7, cpuRatio: 0.25, memoryMib: 91 });
  expect(await regionOf(alice, 'eu-west')).toEqual({
    name: 'eu-west',
    condition: 'on_time',
    lastSeenAt: expect.any(String),
    served: true,
    monitors: 0,
    onlyHere: 0,
    probers: [
      {
        instanceId: prober.instanceId,
        version: '9.9.9',
        startedAt: expect.any(String),
        lastSeenAt: expect.any(String),
        latenessP99Ms: 12.5,
        checksRunning: 7,
        cpuRatio: 0.25,
        memoryMib: 91,
      },
    ],
  });
  await prober.beat({ latenessP99Ms: 1001 });
  expect((await regionOf(alice, 'eu-west'))?.condition).toBe('late');
  await prober.beat({ latenessP99Ms: null });
  expect((await regionOf(alice, 'eu-west'))?.condition).toBe('on_time');

  await unseenFor('eu-west', 20);
  expect(await regionOf(alice, 'eu-west')).toMatchObject({
    condition: 'silent',
    probers: [{ instanceId: prober.instanceId }],
  });
  await prober.beat();
  const second = await startProber('eu-west');
  expect((await regionOf(alice, 'eu-west'))?.probers.map(({ instanceId }) => instanceId)).toEqual([
    prober.instanceId,
    second.instanceId,
  ]);
  await prober.die();
  await eventually(async () => (await regionOf(alice, 'eu-west'))?.probers.length === 1);
  expect((await regionOf(alice, 'eu-west'))?.condition).toBe('on_time');
  await second.die();
  await eventually(async () => (await regionOf(alice, 'eu-west'))?.condition === 'silent');
});

test('a region whose prober begins none of the checks that are due is late', async () => {
  const prober = await startProber('us-east');
  await prober.beat({ latenessP99Ms: null, checksRunning: 500 });
  const monitor = await create({ regions: ['us-east'] });
  expect((await regionOf(alice, 'us-east'))?.condition).toBe('on_time');
  await database.admin(
    `update check_schedule set due_at = now() - interval '6 seconds' where monitor_id = $1`,
    [monitor.id],
  );
  expect((await regionOf(alice, 'us-east'))?.condition).toBe('late');
  expect((await regionOf(charlie, 'us-east'))?.condition).toBe('on_time');
  await database.admin(
    `update check_schedule set leased_by = $2, lease_until = now() + interval '10 seconds' where monitor_id = $1`,
    [monitor.id, prober.instanceId],
  );
  expect((await regionOf(alice, 'us-east'))?.condition).toBe('on_time');
});

test('a region counts the organization’s own monitors, and goes once nobody serves it or needs it', async () => {
  await create({ regions: ['ap-south'] });
  const paused = await create({ regions: ['ap-south', 'sa-east'] });
  await alice.call('monitors.pause', { monitorId: paused.id });
  expect(await regionOf(alice, 'ap-south')).toMatchObject({ monitors: 2, onlyHere: 1 });
  expect(await regionOf(alice, 'sa-east')).toMatchObject({ monitors: 1, onlyHere: 0 });
  expect(await regionOf(charlie, 'ap-south')).toMatchObject({ monitors: 0, onlyHere: 0 });
  await unseenFor('ap-south', 3700);
  expect(await regionOf(alice, 'ap-south')).toMatchObject({ condition: 'silent', served: false });
  expect(await regionOf(charlie, 'ap-south')).toBeUndefined();
});
