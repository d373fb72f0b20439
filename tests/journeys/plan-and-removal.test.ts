import { expect, test } from 'vitest';
import { followRemoval } from '../../server/domains/monitoring/follow-removal.ts';
import { settleMonitors } from '../../server/domains/monitoring/settle-monitors.ts';
import { openPlanWorld } from '../support/plan-world.ts';
import { somebodyWaits } from '../support/somebody-waits.ts';
import type { Persona } from '../support/world.ts';

const { boss, database, moveTo, openCompany, putOn, scheduled, server, standing, workedOff } =
  await openPlanWorld();

const FIVE = ['m1', 'm2', 'm3', 'm4', 'm5'];
const OVER = "Over the Free plan's 3 monitors.";
const ALL = FIVE.map((name) => `${name} -`);
const THREE = ['m1 -', 'm2 -', 'm3 -', 'm4 plan', 'm5 plan'];

const settle = (who: Persona) => settleMonitors(server.services.tenant(who.tenant.id), boss);
const follow = (who: Persona) => followRemoval(server.services.tenant(who.tenant.id), boss);

async function ask(who: Persona) {
  await who.call('tenants.remove', { name: who.tenant.name });
  await workedOff(who);
}
async function takeBack(who: Persona) {
  await who.call('tenants.undoRemoval');
  await workedOff(who);
}

test('Pro lost while the deletion is waited for: taken back, no more go on than Free has, and the rest says why', async () => {
  const { owner, idOf } = await openCompany(...FIVE);
  await ask(owner);
  expect(await standing(owner)).toEqual(FIVE.map((name) => `${name} removal`));
  await moveTo(owner, 'free');
  expect(await scheduled(owner)).toEqual([]);
  await takeBack(owner);
  expect(await standing(owner)).toEqual(THREE);
  expect(await scheduled(owner)).toEqual(['m1', 'm2', 'm3']);
  expect(await owner.call('monitors.get', { monitorId: idOf('m5') })).toMatchObject({ reason: OVER });
  const { items } = await owner.call('audit.list', { actor: 'system', group: 'monitors', limit: 1 });
  expect(items[0]).toMatchObject({
    action: 'monitor.paused',
    subject: { name: 'm5' },
    before: { state: 'paused', pausedFor: 'removal' },
    after: { state: 'paused', pausedFor: 'plan' },
  });
  await moveTo(owner, 'pro');
  expect(await standing(owner)).toEqual(ALL);
});

test('those over the limit rest on while the deletion is waited for and after it', async () => {
  const { owner } = await openCompany(...FIVE);
  await moveTo(owner, 'free');
  await ask(owner);
  expect(await scheduled(owner)).toEqual([]);
  await takeBack(owner);
  expect(await standing(owner)).toEqual(THREE);
});

test('Pro regained while the deletion is waited for lets nothing go on; taken back, all of it does', async () => {
  const { owner, idOf } = await openCompany(...FIVE);
  await owner.call('monitors.pause', { monitorId: idOf('m2') });
  await moveTo(owner, 'free');
  await ask(owner);
  await moveTo(owner, 'pro');
  expect(await scheduled(owner)).toEqual([]);
  await takeBack(owner);
  expect(await standing(owner)).toEqual(['m1 -', 'm2 person', 'm3 -', 'm4 -', 'm5 -']);
});

test('both at once, in any order and several times over, end as the last word on each says', async () => {
  const { owner } = await openCompany(...FIVE);
  const again = () => Promise.all([settle(owner), follow(owner), settle(owner), follow(owner)]);
  await owner.call('tenants.remove', { name: owner.tenant.name });
  await Promise.all([putOn(owner, 'free'), again()]);
  await Promise.all([owner.call('tenants.undoRemoval'), putOn(owner, 'pro'), again()]);
  await putOn(owner, 'free');
  await again();
  await workedOff(owner);
  const checked = (await standing(owner)).filter((words) => words.endsWith(' -'));
  expect(checked).toHaveLength(3);
  await moveTo(owner, 'pro');
  expect(await standing(owner)).toEqual(ALL);
});

test('a person who resumes one while those that rested for the deletion go on takes one of the three places', async () => {
  const { owner, idOf } = await openCompany(...FIVE);
  await moveTo(owner, 'free');
  await ask(owner);
  await database.admin('update tenants set removes_at = null where id = $1', [owner.tenant.id]);
  await database.as('app', async (client) => {
    // As resuming does it, held before its end.
    await client.query(`begin; set local app.tenant_id = '${owner.tenant.id}'`);
    await client.query('select 1 from tenants for no key update');
    await client.query(
      `update monitor_states set state = 'pending', paused_for = null, reason = null where monitor_id = $1`,
      [idOf('m5')],
    );
    const followed = follow(owner);
    await somebodyWaits(database);
    await client.query('commit');
    await followed;
  });
  expect(await standing(owner)).toEqual(['m1 -', 'm2 -', 'm3 plan', 'm4 plan', 'm5 -']);
});
