import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { appRouter } from '../../server/trpc/router.ts';
import { openWorld } from '../support/world.ts';

const { alice, charlie } = await openWorld();

/** Procedures that take no id of anything. */
const NAMES_NOTHING = [
  'audit.actors',
  'audit.list',
  'auth.login',
  'auth.logout',
  'auth.me',
  'auth.register',
  'auth.switchTenant',
  'invitations.accept',
  'invitations.get',
  'live.changes',
  'members.invite',
  'members.leave',
  'members.list',
  'monitors.create',
  'monitors.list',
  'monitors.summary',
  'regions.leave',
  'regions.list',
  'tenants.remove',
  'tenants.undoRemoval',
  'tenants.update',
];

/** Procedures that name a person or an invitation. */
const NAMES_PEOPLE = [
  'members.changeRole',
  'members.remove',
  'members.transferOwnership',
  'invitations.withdraw',
] as const;

test('someone else’s people and invitations and those that never were are the same to everyone, byte for byte', async () => {
  const { userId } = (await charlie.call('members.list')).members[0] ?? { userId: '' };
  const invited = await charlie.call('members.invite', { email: 'dora@charlies.example', role: 'viewer' });
  const never = { userId: randomUUID(), invitationId: randomUUID(), role: 'viewer' };
  for (const name of NAMES_PEOPLE) {
    const foreign = await alice.refused(name, { ...never, userId, invitationId: invited.id });
    const missing = await alice.refused(name, never);
    expect([name, foreign.status, foreign.text]).toEqual([name, 404, missing.text]);
  }
  const { members, invitations } = await charlie.call('members.list');
  expect(members.map(({ role }) => role)).toEqual(['owner']);
  expect(invitations).toEqual([invited]);
});

test('someone else’s monitor and one that never was are the same to everyone, byte for byte', async () => {
  const made = await charlie.call('monitors.create', {
    name: 'Shop',
    kind: 'http',
    target: 'https://example.com/foreign',
  });
  const theirs = await charlie.call('monitors.pause', { monitorId: made.id });
  const [{ id: theirChange } = { id: '' }] = (
    await charlie.call('stateChanges.list', { monitorId: theirs.id })
  ).items;
  const never = randomUUID();
  const calls = [
    ['monitors.get', {}],
    ['monitors.update', { name: 'Mine now' }],
    ['monitors.remove', {}],
    ['monitors.pause', {}],
    ['monitors.resume', {}],
    ['monitors.duplicate', {}],
    ['monitors.checkNow', {}],
    ['monitors.try', { kind: 'http', target: 'https://example.com/foreign' }],
    ['results.list', {}],
    ['results.series', { range: '1h' }],
    ['results.lastFailure', {}],
    ['certificates.list', {}],
    ['stateChanges.list', {}],
    ['stateChanges.get', { stateChangeId: theirChange }],
    ['uptime.summary', { range: '24h' }],
    ['uptime.days', { days: 7 }],
  ] as const;
  // A procedure that is new has to take part, or be listed as one that names nothing.
  const others: readonly string[] = [...NAMES_NOTHING, ...NAMES_PEOPLE];
  const named = Object.keys(appRouter._def.procedures).filter((name) => !others.includes(name));
  expect(named.sort()).toEqual(calls.map(([name]) => name).sort());
  for (const [name, input] of calls) {
    const foreign = await alice.refused(name, { monitorId: theirs.id, ...input });
    const missing = await alice.refused(name, { monitorId: never, ...input });
    expect([name, foreign.status, foreign.text]).toEqual([name, 404, missing.text]);
    const headers = ({ date: _date, 'x-request-id': _id, ...rest }: typeof foreign.headers) => rest;
    expect(headers(foreign.headers)).toEqual(headers(missing.headers));
  }
  expect(await charlie.call('monitors.get', { monitorId: theirs.id })).toEqual(theirs);
  expect((await alice.call('monitors.list', { search: 'foreign' })).total).toBe(0);
  await charlie.call('monitors.remove', { monitorId: theirs.id });
});
