import { expect, test } from 'vitest';
import { PLANS } from '../billing/plans.ts';
import { heldAfterEdit, heldWithout, type PlanSettings, settingsUnder } from './plan-settings.ts';

const KNOWN = ['eu', 'us', 'ap'].map((name) => ({ name, served: true }));
const had: PlanSettings = {
  intervalSeconds: 10,
  timeoutMs: 8000,
  regions: ['eu', 'us', 'ap'],
  quorum: 2,
  beforePlan: null,
};
const under = (plan: keyof typeof PLANS, settings: PlanSettings, known = KNOWN) =>
  settingsUnder(PLANS[plan], settings, known);
const held = under('free', had);

test('what a plan does not allow is held back, and given back by one that does', () => {
  expect(held).toEqual({
    intervalSeconds: 60,
    timeoutMs: 10_000,
    regions: ['eu'],
    quorum: 1,
    beforePlan: {
      interval: { intervalSeconds: 10, timeoutMs: 8000 },
      regions: { regions: ['eu', 'us', 'ap'], quorum: 2 },
    },
  });
  expect(under('pro', held)).toEqual(had);
});

test('asked again it changes nothing, whatever somebody set meanwhile', () => {
  expect(under('free', held)).toEqual(held);
  expect(under('pro', had)).toEqual(had);
  const edited = { ...held, intervalSeconds: 300, regions: ['ap'], timeoutMs: 20_000, quorum: null };
  for (const plan of ['free', 'pro'] as const)
    expect(under(plan, { ...edited, beforePlan: heldAfterEdit(held, edited) })).toEqual({
      ...edited,
      beforePlan: null,
    });
});

test('what fits the smaller plan is not touched, and only the part that does not fit is held back', () => {
  const fits = { ...had, intervalSeconds: 60, regions: ['us'], quorum: null };
  expect(under('free', fits)).toEqual(fits);
  const oneRegion = { ...had, regions: ['us'], quorum: 1 };
  expect(under('free', oneRegion)).toMatchObject({
    regions: ['us'],
    quorum: 1,
    beforePlan: { regions: null },
  });
  const slow = { ...had, intervalSeconds: 3600 };
  expect(under('free', slow)).toMatchObject({ intervalSeconds: 3600, beforePlan: { interval: null } });
});

test('a deadline of one’s own outlives the plan that slows the monitor down', () => {
  expect(under('free', { ...had, timeoutMs: 3000 })).toMatchObject({ intervalSeconds: 60, timeoutMs: 3000 });
});

test('it stays where probers are; where there are none at all, in the first', () => {
  const served = (...names: string[]) => KNOWN.map(({ name }) => ({ name, served: names.includes(name) }));
  expect(under('free', had, served('ap', 'us')).regions).toEqual(['us']);
  expect(under('free', had, served()).regions).toEqual(['eu']);
});

test('a plan of a middle size gives back what it allows, and goes on holding the rest', () => {
  const middle = { minimumIntervalSeconds: 10, regions: 2 };
  const given = settingsUnder(middle, held, KNOWN);
  expect(given).toMatchObject({ intervalSeconds: 10, timeoutMs: 8000 });
  expect(given.beforePlan).toEqual({ interval: null, regions: held.beforePlan?.regions });
});

test('an edit gives up what it sets, and nothing else', () => {
  expect(heldAfterEdit(held, { ...held })).toEqual(held.beforePlan);
  expect(heldAfterEdit(held, { ...held, intervalSeconds: 120 })?.interval).toBeNull();
  expect(heldAfterEdit(held, { ...held, regions: ['us'] })?.regions).toBeNull();
  expect(heldAfterEdit(held, { ...held, timeoutMs: 5000 })?.interval?.timeoutMs).toBe(5000);
  expect(heldAfterEdit(held, { ...held, timeoutMs: 10_000 })?.interval?.timeoutMs).toBe(8000);
  expect(heldAfterEdit(held, { ...held, timeoutMs: 20_000 })?.interval?.timeoutMs).toBe(8000);
  expect(heldAfterEdit(held, { ...held, quorum: null })?.regions?.quorum).toBeNull();
  expect(heldAfterEdit(had, { ...had, intervalSeconds: 30 })).toBeNull();
});

test('a region that is left is held back no longer, and the quorum is what the others can make', () => {
  const { beforePlan } = held;
  if (beforePlan === null) throw new Error('Nothing is held back.');
  const one = heldWithout(beforePlan, 'eu');
  expect(one?.regions).toEqual({ regions: ['us', 'ap'], quorum: 2 });
  const two = one && heldWithout(one, 'us');
  expect(two?.regions).toEqual({ regions: ['ap'], quorum: 1 });
  expect(two && heldWithout(two, 'ap')).toEqual({ ...beforePlan, regions: null });
});
