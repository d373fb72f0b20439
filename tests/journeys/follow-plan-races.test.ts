import pg from 'pg';
import { expect, test } from 'vitest';
import type { Tenant } from '../../server/database/tenant.ts';
import { beginForTenant, runTransaction } from '../../server/database/transaction.ts';
import { settleMonitors } from '../../server/domains/monitoring/settle-monitors.ts';
import { openGate } from '../support/gate.ts';
import { openPlanWorld } from '../support/plan-world.ts';
import { somebodyWaits } from '../support/somebody-waits.ts';
import type { Persona } from '../support/world.ts';

const world = await openPlanWorld();
const {
  boss,
  create,
  database,
  entries,
  lookAgain,
  moveTo,
  openCompany,
  putOn,
  server,
  standing,
  workedOff,
} = world;

const FIVE = ['m1', 'm2', 'm3', 'm4', 'm5'];
const settle = (who: Persona) => settleMonitors(server.services.tenant(who.tenant.id), boss);
const checkedOf = async (who: Persona) => (await standing(who)).filter((words) => words.endsWith(' -'));
const paused = async (who: Persona) =>
  (await entries(who)).filter(({ action }) => action === 'monitor.paused').map(({ name }) => name);
const changesOf = (who: Persona) =>
  database.admin('select 1 from state_changes where tenant_id = $1', [who.tenant.id]);

test('followed many times at once, each monitor is paused once and each goes on once', async () => {
  const { owner } = await openCompany(...FIVE);
  await putOn(owner, 'free');
  await Promise.all(Array.from({ length: 6 }, () => settle(owner)));
  await workedOff(owner);
  expect(await standing(owner)).toEqual(['m1 -', 'm2 -', 'm3 -', 'm4 plan', 'm5 plan']);
  expect((await paused(owner)).sort()).toEqual(['m4', 'm5']);
  expect(await changesOf(owner)).toHaveLength(2);
  await putOn(owner, 'pro');
  await Promise.all(Array.from({ length: 6 }, () => settle(owner)));
  await workedOff(owner);
  expect(await checkedOf(owner)).toHaveLength(5);
  expect(await changesOf(owner)).toHaveLength(4);
});

test('what is added and resumed in the instant in which Pro is lost is refused or rests: three are checked', async () => {
  for (const turn of [1, 2, 3]) {
    const { owner, idOf } = await openCompany('m1', 'm2', 'm3', 'm4');
    await owner.call('monitors.pause', { monitorId: idOf('m4') });
    // All connections open first, so that they really are at work side by side.
    await Promise.all(Array.from({ length: 8 }, () => owner.call('monitors.list')));
    const asked = [
      ...[1, 2, 3].map(
        (number) => () =>
          owner.send('monitors.create', {
            name: `n${number}`,
            kind: 'http',
            target: `https://example.com/late/${number}`,
            regions: ['a-east'],
          }),
      ),
      () => owner.send('monitors.resume', { monitorId: idOf('m4') }),
    ];
    // The change comes between two of them, each time two others.
    const answers = asked.slice(0, turn).map((ask) => ask());
    const change = putOn(owner, 'free');
    answers.push(...asked.slice(turn).map((ask) => ask()));
    await change;
    const others = (await Promise.all(answers)).filter(({ status }) => status !== 200 && status !== 403);
    expect(others.map(({ text }) => text)).toEqual([]);
    await workedOff(owner);
    expect(await checkedOf(owner)).toEqual(['m1 -', 'm2 -', 'm3 -']);
  }
});

test('whoever adds a monitor waits for the change of the plan, and is judged by the new one', async () => {
  const { owner } = await openCompany(...FIVE);
  const refused = await database.as('app', async (client) => {
    // As the change does it, held between its two halves.
    await client.query(`begin; set local app.tenant_id = '${owner.tenant.id}'`);
    await client.query('select 1 from tenants for no key update');
    const asked = owner.send('monitors.create', { name: 'x', kind: 'http', target: 'https://example.com/x' });
    await somebodyWaits(database);
    await client.query(`update tenants set plan = 'free', plan_changed_at = now()`);
    await client.query('commit');
    return asked;
  });
  expect(refused.status).toBe(403);
  await lookAgain(owner);
  expect(await checkedOf(owner)).toEqual(['m1 -', 'm2 -', 'm3 -']);
});

test('Pro lost anew in the midst of it lets nothing go on', async () => {
  const { owner, idOf } = await openCompany(...FIVE);
  await moveTo(owner, 'free');
  const setPlan = `update tenants set plan = $1 where id = $2`;
  await database.admin(setPlan, ['pro', owner.tenant.id]);
  const enter = `begin; set local app.tenant_id = '${owner.tenant.id}'`;
  await database.as('app', async (holder) => {
    await holder.query(enter);
    await holder.query('select 1 from monitor_states where monitor_id = $1 for update', [idOf('m4')]);
    const settled = settle(owner);
    await somebodyWaits(database);
    await database.as('app', async (changer) => {
      await changer.query(enter);
      await changer.query('select 1 from tenants for no key update');
      await holder.query('rollback');
      await somebodyWaits(database);
      await changer.query(setPlan, ['free', owner.tenant.id]);
      await changer.query('commit');
    });
    await settled;
  });
  expect(await standing(owner)).toEqual(['m1 -', 'm2 -', 'm3 -', 'm4 plan', 'm5 plan']);
});

test('cut off from the database half-way, it goes on where it was', async () => {
  const { owner, idOf } = await openCompany(...FIVE, 'm6');
  const gate = await openGate(database.urls.app);
  const pool = new pg.Pool({ connectionString: gate.url });
  pool.on('error', () => undefined); // the gate ends what nobody uses
  const { id, secrets } = server.services.tenant(owner.tenant.id);
  const begin = beginForTenant(id);
  const tenant: Tenant = { id, secrets, transaction: (work) => runTransaction(pool, begin, work) };
  await database.admin(`update tenants set plan = 'free' where id = $1`, [id]);
  await database.as('app', async (client) => {
    await client.query(`begin; set local app.tenant_id = '${id}'`);
    await client.query('select 1 from monitor_states where monitor_id = $1 for update', [idOf('m5')]);
    const cut = expect(settleMonitors(tenant, boss)).rejects.toThrow();
    await somebodyWaits(database);
    await gate.shut();
    await cut;
    await client.query('rollback');
  });
  await pool.end();
  expect(await paused(owner)).toEqual(['m6']);
  await settle(owner);
  expect(await standing(owner)).toEqual(['m1 -', 'm2 -', 'm3 -', 'm4 plan', 'm5 plan', 'm6 plan']);
  expect(await paused(owner)).toEqual(['m4', 'm5', 'm6']);
});

test('of fifty, mixed, three are checked on Free, and with Pro each is as it was', async () => {
  const { owner } = await openCompany();
  for (let number = 1; number <= 50; number++) {
    const fast = number % 3 === 0 ? { intervalSeconds: 10, regions: ['c-south', 'b-west'], quorum: 2 } : {};
    const { id } = await create(owner, `m${number}`, fast);
    if (number % 4 === 1) await owner.call('monitors.pause', { monitorId: id });
  }
  const all = async () =>
    (await owner.call('monitors.list', { sort: 'createdAt', direction: 'asc', limit: 100 })).items.map(
      ({ name, state, pausedFor, intervalSeconds, timeoutMs, regions, quorum, heldBack }) => ({
        name,
        state,
        pausedFor,
        intervalSeconds,
        timeoutMs,
        regions,
        quorum,
        heldBack,
      }),
    );
  const before = await all();
  await moveTo(owner, 'free');
  // m1 and m5 are paused by a person: the next three go on.
  expect(await checkedOf(owner)).toEqual(['m2 -', 'm3 -', 'm4 -']);
  const free = await all();
  expect(free.filter(({ intervalSeconds, regions }) => intervalSeconds < 60 || regions.length > 1)).toEqual(
    [],
  );
  expect(free.filter(({ heldBack }) => heldBack !== null)).toHaveLength(16);
  expect(free.filter(({ pausedFor }) => pausedFor === 'plan')).toHaveLength(50 - 13 - 3);
  await moveTo(owner, 'pro');
  expect(await all()).toEqual(before);
});
