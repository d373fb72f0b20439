import { expect, test } from 'vitest';
import { openPlanWorld } from '../support/plan-world.ts';

const { entries, lookAgain, moveTo, openCompany, scheduled, standing } = await openPlanWorld();
const OVER = "Over the Free plan's 3 monitors.";

test('on Free the three oldest go on and the newer rest, newest first, each with its reason, written down once', async () => {
  const { owner, idOf } = await openCompany('m1', 'm2', 'm3', 'm4', 'm5');
  await moveTo(owner, 'free');
  expect(await standing(owner)).toEqual(['m1 -', 'm2 -', 'm3 -', 'm4 plan', 'm5 plan']);
  expect(await scheduled(owner)).toEqual(['m1', 'm2', 'm3']);
  const m5 = await owner.call('monitors.get', { monitorId: idOf('m5') });
  expect(m5).toMatchObject({ state: 'paused', pausedFor: 'plan', reason: OVER, heldBack: null });
  const { items } = await owner.call('stateChanges.list', { monitorId: idOf('m5') });
  expect(items.map(({ from, to, reason }) => ({ from, to, reason }))).toEqual([
    { from: 'pending', to: 'paused', reason: OVER },
  ]);
  const paused = (name: string) => ({
    action: 'monitor.paused',
    name,
    before: { state: 'pending', pausedFor: null },
    after: { state: 'paused', pausedFor: 'plan' },
  });
  // Newest entry first: m5 was the first to be paused.
  expect(await entries(owner)).toEqual([paused('m4'), paused('m5')]);
});

test('what somebody paused stays so and takes no place, on the way to Free and back', async () => {
  const { owner, idOf } = await openCompany('m1', 'm2', 'm3', 'm4', 'm5');
  await owner.call('monitors.pause', { monitorId: idOf('m2') });
  await moveTo(owner, 'free');
  expect(await standing(owner)).toEqual(['m1 -', 'm2 person', 'm3 -', 'm4 -', 'm5 plan']);
  // Of one that rests for the plan, somebody may say that it is to stay so.
  const said = await owner.call('monitors.pause', { monitorId: idOf('m5') });
  expect(said).toMatchObject({ state: 'paused', pausedFor: null, reason: null });
  expect((await owner.call('audit.list', { limit: 1 })).items[0]).toMatchObject({
    action: 'monitor.paused',
    actor: { kind: 'user' },
    before: { pausedFor: 'plan' },
    after: { pausedFor: null },
  });
  await moveTo(owner, 'pro');
  expect(await standing(owner)).toEqual(['m1 -', 'm2 person', 'm3 -', 'm4 -', 'm5 person']);
});

test('with Pro just those that rested for the plan go on, at once', async () => {
  const { owner, idOf } = await openCompany('m1', 'm2', 'm3', 'm4', 'm5');
  await owner.call('monitors.pause', { monitorId: idOf('m1') });
  await moveTo(owner, 'free');
  await moveTo(owner, 'pro');
  expect(await standing(owner)).toEqual(['m1 person', 'm2 -', 'm3 -', 'm4 -', 'm5 -']);
  expect(await scheduled(owner)).toEqual(['m2', 'm3', 'm4', 'm5']);
  expect(await owner.call('monitors.get', { monitorId: idOf('m5') })).toMatchObject({
    state: 'pending',
    pausedFor: null,
    reason: null,
  });
  expect((await entries(owner))[0]).toEqual({
    action: 'monitor.resumed',
    name: 'm5',
    before: { state: 'paused', pausedFor: 'plan' },
    after: { state: 'pending', pausedFor: null },
  });
});

test('on Free nobody resumes a fourth; with one of three deleted it goes on, and is like any other again', async () => {
  const { owner, idOf } = await openCompany('m1', 'm2', 'm3', 'm4', 'm5');
  await moveTo(owner, 'free');
  const refused = await owner.refused('monitors.resume', { monitorId: idOf('m4') });
  expect([refused.status, refused.data.reason, refused.data.limit]).toEqual([403, 'plan_limit_reached', 3]);
  await owner.call('monitors.remove', { monitorId: idOf('m1') });
  // What rests does not go on by itself, however often the plan is looked at: which of them, is for a person to say.
  await lookAgain(owner);
  expect(await standing(owner)).toEqual(['m2 -', 'm3 -', 'm4 plan', 'm5 plan']);
  expect(await owner.call('monitors.resume', { monitorId: idOf('m5') })).toMatchObject({
    state: 'pending',
    pausedFor: null,
    reason: null,
  });
  await lookAgain(owner);
  expect(await standing(owner)).toEqual(['m2 -', 'm3 -', 'm4 plan', 'm5 -']);
  await owner.refused('monitors.resume', { monitorId: idOf('m4') });
});
