import { createHash, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { PLANS } from '../../shared/billing/plans.ts';
import type { Answer } from '../support/api-client.ts';
import { somebodyWaits } from '../support/somebody-waits.ts';
import { openWorld, PASSWORD, type Persona } from '../support/world.ts';

const { database, register, setPlan, visitor } = await openWorld({ regions: ['eu-west', 'us-east'] });

/** Someone with an invitation. @returns how they accept it */
async function invitedGuest(owner: Persona, number: number): Promise<() => Promise<Answer>> {
  const token = randomBytes(32).toString('base64url');
  const { user } = await owner.call('auth.me');
  await database.admin(
    `insert into invitations (tenant_id, email, role, invited_by, invited_by_name, token_hash, expires_at)
      values ($1, $2, 'viewer', $3, 'Eve', $4, now() + interval '1 day')`,
    [
      owner.tenant.id,
      `guest-${number}@seats.example`,
      user.id,
      createHash('sha256').update(token).digest('hex'),
    ],
  );
  return () => visitor().send('invitations.accept', { token, name: 'A Guest', password: PASSWORD });
}

const oneRegion = { regions: ['eu-west'] };

const create = (who: Persona, target: string, more: Record<string, unknown> = {}) =>
  who.call('monitors.create', { name: 'Shop', kind: 'http', target, ...more });

test('the fourth monitor on Free is refused with the limit, and a paused one counts', async () => {
  const eve = await register('Eve’s', 'eve@eve.example');
  const made = [];
  for (const number of [1, 2, 3]) made.push(await create(eve, `https://example.com/${number}`));
  expect(made[0]?.regions).toEqual(['eu-west']);
  await eve.call('monitors.pause', { monitorId: made[0]?.id ?? '' });
  for (const refusal of [
    await eve.refused('monitors.create', { name: 'x', kind: 'http', target: 'https://example.com/4' }),
    await eve.refused('monitors.duplicate', { monitorId: made[1]?.id }),
  ]) {
    expect(refusal.status).toBe(403);
    expect(refusal.data).toMatchObject({ reason: 'plan_limit_reached', limit: 3, limitOf: 'monitors' });
  }
  expect(await eve.call('monitors.summary')).toMatchObject({ total: 3, limit: 3 });
  await eve.call('monitors.remove', { monitorId: made[0]?.id ?? '' });
  await create(eve, 'https://example.com/4');
});

test('fifty at the same instant never get past the limit', async () => {
  const eve = await register('Eve’s Rush', 'rush@eve.example');
  // All connections open first, so that the fifty really are at work side by side.
  await Promise.all(Array.from({ length: 30 }, () => eve.call('monitors.list')));
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, number) =>
      eve.send('monitors.create', { name: 'x', kind: 'http', target: `https://example.com/${number}` }),
    ),
  );
  expect(answers.filter((answer) => answer.status === 200)).toHaveLength(3);
  expect(answers.filter((answer) => answer.status === 403)).toHaveLength(47);
  expect((await eve.call('monitors.list')).total).toBe(3);
});

test('created, copied and resumed at the same instant, no more are there and no more are checked than the plan has', async () => {
  const eve = await register('Eve’s Mix', 'mix@eve.example');
  const first = await create(eve, 'https://example.com/0');
  await Promise.all(Array.from({ length: 30 }, () => eve.call('monitors.list')));
  const many = async (rounds: number, ask: (round: number) => ReturnType<Persona['send']>[]) => {
    const answers = await Promise.all(Array.from({ length: rounds }, (_, round) => ask(round)).flat());
    const others = answers.filter(({ status }) => status !== 200 && status !== 403);
    expect(others.map(({ text }) => text)).toEqual([]);
    return answers.filter(({ status }) => status === 200).length;
  };
  const added = await many(10, (round) => [
    eve.send('monitors.create', { name: 'x', kind: 'http', target: `https://example.com/mix/${round}` }),
    eve.send('monitors.duplicate', { monitorId: first.id }),
  ]);
  expect(added).toBe(2);
  expect((await eve.call('monitors.list')).total).toBe(3);

  await setPlan(eve.tenant, 'pro');
  for (const number of [1, 2, 3, 4, 5]) await create(eve, `https://example.com/more/${number}`, oneRegion);
  const { items } = await eve.call('monitors.list');
  for (const { id } of items) await eve.call('monitors.pause', { monitorId: id });
  await setPlan(eve.tenant, 'free');
  const resumed = await many(3, (round) => [
    ...items.map(({ id }) => eve.send('monitors.resume', { monitorId: id })),
    eve.send('monitors.create', { name: 'x', kind: 'http', target: `https://example.com/late/${round}` }),
    eve.send('monitors.duplicate', { monitorId: first.id }),
  ]);
  // Whoever asks for one that is resumed already is told so, as often as they ask.
  expect(resumed).toBeGreaterThanOrEqual(3);
  const after = (await eve.call('monitors.list')).items.filter(({ state }) => state !== 'paused');
  expect(after).toHaveLength(3);
  expect((await eve.call('monitors.list')).total).toBe(items.length);
});

test('where a plan limits members, no more join at the same instant, and nobody is asked in vain', async () => {
  const eve = await register('Eve’s Seats', 'seats@eve.example');
  const guests = await Promise.all(Array.from({ length: 6 }, (_, number) => invitedGuest(eve, number)));
  const limits: { members: number | null } = PLANS.free; // read-only for everyone but this test
  limits.members = 3;
  try {
    const answers = await Promise.all(guests.map((guest) => guest()));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 403, 403, 403, 403]);
    const refusal = await eve.refused('members.invite', { email: 'late@seats.example', role: 'viewer' });
    expect(refusal.data).toMatchObject({ reason: 'plan_limit_reached', limit: 3, limitOf: 'members' });
  } finally {
    limits.members = null;
  }
});

test('who counts against a limit waits for whoever else is counting', async () => {
  const eve = await register('Eve’s Turn', 'turn@eve.example');
  await database.as('app', async (client) => {
    await client.query(`begin; set local app.tenant_id = '${eve.tenant.id}'`);
    await client.query('select 1 from tenants for no key update');
    const created = eve.send('monitors.create', {
      name: 'x',
      kind: 'http',
      target: 'https://example.com/turn',
    });
    await somebodyWaits(database);
    await client.query('commit');
    expect((await created).status).toBe(200);
  });
});

test('Free checks every minute from one region, whichever way it is asked for more', async () => {
  const eve = await register('Eve’s Pace', 'pace@eve.example');
  const base = { name: 'x', kind: 'http' as const, target: 'https://example.com/' };
  const fast = await eve.refused('monitors.create', { ...base, intervalSeconds: 30 });
  expect(fast.data).toMatchObject({ reason: 'plan_limit_reached', limit: 60, limitOf: 'interval' });
  const wide = await eve.refused('monitors.create', { ...base, regions: ['eu-west', 'us-east'] });
  expect(wide.data).toMatchObject({ reason: 'plan_limit_reached', limit: 1, limitOf: 'regions' });
  const made = await eve.call('monitors.create', { ...base, regions: ['us-east'] });
  const faster = await eve.refused('monitors.update', { monitorId: made.id, intervalSeconds: 10 });
  expect(faster.data.limitOf).toBe('interval');
  expect((await eve.call('monitors.get', { monitorId: made.id })).intervalSeconds).toBe(60);
});

test('after Pro was lost as many may be resumed as Free has, and what is there may still be renamed', async () => {
  const eve = await register('Eve’s Loss', 'loss@eve.example');
  await setPlan(eve.tenant, 'pro');
  const made = [];
  for (const number of [1, 2, 3, 4])
    made.push(await create(eve, `https://example.com/${number}`, { regions: ['eu-west'] }));
  const fast = await create(eve, 'https://example.com/fast', { intervalSeconds: 10 });
  for (const { id } of [...made, fast]) await eve.call('monitors.pause', { monitorId: id });
  await setPlan(eve.tenant, 'free');

  for (const { id } of made.slice(0, 3)) await eve.call('monitors.resume', { monitorId: id });
  const refusal = await eve.refused('monitors.resume', { monitorId: made[3]?.id });
  expect(refusal.data).toMatchObject({ reason: 'plan_limit_reached', limit: 3, limitOf: 'monitors' });
  expect((await eve.call('monitors.update', { monitorId: fast.id, name: 'Renamed' })).name).toBe('Renamed');
  const slower = await eve.refused('monitors.update', { monitorId: fast.id, intervalSeconds: 20 });
  expect(slower.data.limitOf).toBe('interval');
  await eve.call('monitors.update', { monitorId: fast.id, intervalSeconds: 60, regions: ['eu-west'] });
});

test('what Pro allowed cannot be resumed on Free', async () => {
  const eve = await register('Eve’s Past', 'past@eve.example');
  await setPlan(eve.tenant, 'pro');
  const made = await create(eve, 'https://example.com/pro', { intervalSeconds: 10 });
  await eve.call('monitors.pause', { monitorId: made.id });
  await setPlan(eve.tenant, 'free');
  const refusal = await eve.refused('monitors.resume', { monitorId: made.id });
  expect(refusal.data).toMatchObject({ reason: 'plan_limit_reached', limitOf: 'interval' });
});

test('nobody is given a region whose probers are gone, but may choose it', async () => {
  const eve = await register('Eve’s Far', 'far@eve.example');
  const seen = (region: string, ago: string) =>
    database.admin(`update prober_instances set last_seen_at = now() - $2::interval where region = $1`, [
      region,
      ago,
    ]);
  await seen('eu-west', '2 hours');
  const near = await create(eve, 'https://example.com/near');
  expect(near.regions).toEqual(['us-east']);
  const chosen = await create(eve, 'https://example.com/chosen', { regions: ['eu-west'] });
  expect(chosen.regions).toEqual(['eu-west']);

  await seen('us-east', '3 hours');
  expect((await create(eve, 'https://example.com/nobody')).regions).toEqual(['eu-west']);
});
