import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { ROLES, type Role } from '../../shared/tenancy/role.ts';
import { openWorld, type Persona } from '../support/world.ts';

const { alice, bob, charlie, addMember, database, register } = await openWorld();

let organizations = 0;
/** An organization with somebody of each role. */
async function openCompany(): Promise<Record<Role, Persona> & { ids: Record<Role, string> }> {
  const mark = `o${++organizations}`;
  const owner = await register(`Company ${mark}`, `owner@${mark}.example`);
  const admin = await addMember(owner.tenant, 'admin', `admin@${mark}.example`);
  const member = await addMember(owner.tenant, 'member', `member@${mark}.example`);
  const viewer = await addMember(owner.tenant, 'viewer', `viewer@${mark}.example`);
  const people = { owner, admin, member, viewer };
  const ids = { owner: '', admin: '', member: '', viewer: '' };
  for (const role of ROLES) ids[role] = await idOf(people[role]);
  return { ...people, ids };
}

const idOf = async (who: Persona) => (await who.call('auth.me')).user.id;
const rolesOf = async (who: Persona) =>
  Object.fromEntries((await who.call('members.list')).members.map(({ userId, role }) => [userId, role]));
const lastEntry = async (who: Persona) => (await who.call('audit.list', { limit: 1 })).items[0];

test('everyone sees who belongs to their organization, and nobody of another', async () => {
  const list = await bob.call('members.list');
  expect(list.members).toEqual([
    {
      userId: await idOf(alice),
      name: 'alice',
      email: alice.email,
      role: 'owner',
      joinedAt: expect.stringMatching(/^\d{4}-.*Z$/),
      isYou: false,
    },
    expect.objectContaining({ email: bob.email, role: 'member', isYou: true }),
  ]);
  expect((await charlie.call('members.list')).members.map(({ email }) => email)).toEqual([charlie.email]);
});

test('an admin changes everybody’s role but an owner’s, and makes no owner', async () => {
  const { owner, admin, ids } = await openCompany();
  expect(await admin.call('members.changeRole', { userId: ids.member, role: 'viewer' })).toEqual({
    userId: ids.member,
    role: 'viewer',
  });
  await admin.call('members.changeRole', { userId: ids.viewer, role: 'admin' });
  for (const refused of [
    { userId: ids.owner, role: 'admin' as const },
    { userId: ids.member, role: 'owner' as const },
    { userId: ids.admin, role: 'owner' as const },
  ]) {
    const answer = await admin.refused('members.changeRole', refused);
    expect([answer.status, answer.data.reason]).toEqual([403, 'forbidden']);
    expect(answer.message).toBe('Owners are for owners to make, change and remove. Ask one of them.');
  }
  expect((await admin.refused('members.remove', { userId: ids.owner })).data.reason).toBe('forbidden');
  expect(await rolesOf(owner)).toEqual({
    [ids.owner]: 'owner',
    [ids.admin]: 'admin',
    [ids.member]: 'viewer',
    [ids.viewer]: 'admin',
  });
});

test('a change of role holds at once, where that person is signed in already', async () => {
  const { owner, member, ids } = await openCompany();
  await member.call('monitors.create', { name: 'Shop', kind: 'http', target: 'https://example.com' });
  await owner.call('members.changeRole', { userId: ids.member, role: 'viewer' });
  expect((await member.call('auth.me')).role).toBe('viewer');
  expect((await member.refused('monitors.create', {})).data.reason).toBe('forbidden');
});

test('who was removed keeps the account, and sees the organization no longer', async () => {
  const { owner, admin, member, ids } = await openCompany();
  expect(await admin.call('members.remove', { userId: ids.member })).toEqual({ userId: ids.member });
  expect(await member.call('auth.me')).toMatchObject({
    user: { id: ids.member },
    tenant: null,
    role: null,
    memberships: [],
  });
  const refused = await member.refused('monitors.list', {});
  expect([refused.status, refused.data.reason]).toEqual([403, 'forbidden']);
  expect(Object.keys(await rolesOf(owner))).not.toContain(ids.member);
  expect((await admin.refused('members.remove', { userId: ids.member })).data.reason).toBe('not_found');
});

test('anyone may leave but the last owner, who is told what to do first', async () => {
  const { owner, viewer, ids } = await openCompany();
  expect(await viewer.call('members.leave')).toEqual({ status: 'left' });
  expect((await viewer.call('auth.me')).tenant).toBe(null);
  const calls = [
    ['members.leave', undefined],
    ['members.remove', { userId: ids.owner }],
    ['members.changeRole', { userId: ids.owner, role: 'admin' }],
  ] as const;
  for (const [name, input] of calls) {
    const answer = await owner.refused(name, input);
    expect([name, answer.status, answer.data.reason]).toEqual([name, 409, 'last_owner']);
    expect(answer.message).toBe('An organization needs an owner. Make someone else an owner first.');
  }
  await owner.call('members.changeRole', { userId: ids.admin, role: 'owner' });
  await owner.call('members.leave');
  expect((await owner.call('auth.me')).memberships).toEqual([]);
});

test('ownership goes to another member, and who gave it away is an admin', async () => {
  const { owner, viewer, ids } = await openCompany();
  const toOneself = await owner.refused('members.transferOwnership', { userId: ids.owner });
  expect(toOneself.data).toMatchObject({ reason: 'invalid_input', fields: { userId: expect.any(String) } });
  await owner.call('members.transferOwnership', { userId: ids.viewer });
  expect(await rolesOf(owner)).toMatchObject({ [ids.owner]: 'admin', [ids.viewer]: 'owner' });
  const again = await owner.refused('members.transferOwnership', { userId: ids.admin });
  expect(again.data.reason).toBe('forbidden');
  expect(await lastEntry(viewer)).toMatchObject({
    actor: { kind: 'user', id: ids.owner, name: 'owner' },
    action: 'ownership.transferred',
    subject: { kind: 'member', id: ids.viewer, name: 'viewer' },
    before: { role: 'viewer', from: { name: 'owner', role: 'owner' } },
    after: { role: 'owner', from: { name: 'owner', role: 'admin' } },
  });
});

test('what was done to whom, by whom and from where, stands in the audit log', async () => {
  const { owner, admin, viewer, ids } = await openCompany();
  await admin.call('members.changeRole', { userId: ids.viewer, role: 'member' });
  const common = {
    id: expect.any(String),
    at: expect.any(String),
    actor: { kind: 'user', id: ids.admin, name: 'admin' },
    subject: { kind: 'member', id: ids.viewer, name: 'viewer' },
    address: admin.address,
  };
  const before = { role: 'viewer' };
  expect(await lastEntry(owner)).toEqual({
    ...common,
    action: 'member.role_changed',
    before,
    after: { role: 'member' },
  });
  // The role they have is no change, and is written down by nobody.
  await admin.call('members.changeRole', { userId: ids.viewer, role: 'member' });
  expect((await owner.call('audit.list', { action: 'member.role_changed' })).items).toHaveLength(1);
  await admin.call('members.remove', { userId: ids.viewer });
  const removed = { email: viewer.email, role: 'member' };
  expect(await lastEntry(owner)).toEqual({
    ...common,
    action: 'member.removed',
    before: removed,
    after: {},
  });
  await admin.call('members.leave');
  expect(await lastEntry(owner)).toMatchObject({ action: 'member.left', subject: { id: ids.admin } });
  // Who removes themselves leaves.
  const another = await addMember(owner.tenant, 'admin', `${randomUUID()}@acme.example`);
  await another.call('members.remove', { userId: await idOf(another) });
  expect(await lastEntry(owner)).toMatchObject({ action: 'member.left' });
});

test('two owners who demote, remove or leave each other at once never leave an organization without one', async () => {
  const first = await register('Parallel', 'first@parallel.example');
  const second = await addMember(first.tenant, 'owner', 'second@parallel.example');
  const ids = [await idOf(first), await idOf(second)] as const;
  const owners = async () => {
    const rows = await database.admin<{ user_id: string }>(
      `select user_id from members where tenant_id = $1 and role = 'owner'`,
      [first.tenant.id],
    );
    return rows.length;
  };
  const restore = async () => {
    for (const [turn, who] of [first, second].entries()) {
      await database.admin(
        `insert into members (tenant_id, user_id, role, name, email) values ($1, $2, 'owner', $3, $3)
          on conflict (tenant_id, user_id) do update set role = 'owner'`,
        [first.tenant.id, ids[turn], who.email],
      );
    }
  };
  const demote = (who: Persona, userId: string) => who.send('members.changeRole', { userId, role: 'member' });
  const remove = (who: Persona, userId: string) => who.send('members.remove', { userId });
  const leave = (who: Persona) => who.send('members.leave');
  const give = (who: Persona, userId: string) => who.send('members.transferOwnership', { userId });
  const meetings = [
    () => [demote(first, ids[1]), demote(second, ids[0])],
    () => [demote(first, ids[0]), demote(second, ids[1])],
    () => [leave(first), leave(second)],
    () => [remove(first, ids[1]), leave(first)],
    () => [remove(first, ids[1]), demote(second, ids[0]), leave(first), leave(second)],
    () => [give(first, ids[1]), leave(second), remove(second, ids[0])],
  ];
  for (let turn = 0; turn < 20; turn++) {
    for (const meeting of meetings) {
      await restore();
      const answers = await Promise.all(meeting());
      expect(await owners()).toBeGreaterThan(0);
      expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThan(0);
      // 401: the browser's other call had changed what it may do, and its token with that.
      for (const { status } of answers) expect([200, 401, 403, 404, 409]).toContain(status);
    }
  }
  for (const who of [first, second]) await who.call('auth.me');
});
