import { expect, test } from 'vitest';
import { ACCESS } from '../../server/trpc/access.ts';
import { appRouter } from '../../server/trpc/router.ts';
import { AUDIT_ACTIONS, type AuditAction } from '../../shared/audit/audit-entry.ts';
import { ROLES } from '../../shared/tenancy/role.ts';
import type { ProcedureName } from '../support/api-client.ts';
import { openBillingWorld } from '../support/billing-world.ts';
import { openOrganization, type SEATS } from '../support/organization.ts';
import { INPUT_OF, noThings } from '../support/procedure-inputs.ts';
import { addRegion } from '../support/world.ts';

const world = await openBillingWorld();
const { alice, database, subscribe } = world;
await addRegion(database, 'elsewhere');

type Organization = Awaited<ReturnType<typeof openOrganization>>;

type Walk = {
  action: AuditAction;
  /** Who does it; the owner else. */
  seat?: (typeof SEATS)[number];
  /** Makes it so that there is something to do. */
  before?: (own: Organization) => Promise<unknown>;
  /** Does it in a way that is refused, or that changes nothing; about things that never were, else. */
  inVain?: (own: Organization) => { seat?: (typeof SEATS)[number]; input: unknown };
};

const ofOwner = (own: Organization) => own.thingsOf('owner');
const resume = (own: Organization) =>
  own.seats.owner.call('monitors.resume', { monitorId: ofOwner(own).monitorId });

const buyPro = async (own: Organization) => {
  await database.admin(`update tenants set plan = 'free' where id = $1`, [own.id]);
  return subscribe(own.seats.owner, own.id);
};

/** Each change of an organization that somebody can ask for, and what is written of it. */
const WALKS: Partial<Record<ProcedureName, Walk>> = {
  'monitors.create': {
    action: 'monitor.created',
    inVain: (own) => ({ input: { name: 'Twice', kind: 'http', target: `https://example.com/${own.id}` } }),
  },
  'monitors.update': { action: 'monitor.updated' },
  'monitors.remove': { action: 'monitor.removed' },
  'monitors.pause': { action: 'monitor.paused', before: resume },
  'monitors.resume': { action: 'monitor.resumed' },
  'monitors.duplicate': { action: 'monitor.created' },
  'regions.leave': {
    action: 'region.left',
    before: (own) =>
      own.seats.owner.call('monitors.update', { ...ofOwner(own), regions: ['local', 'elsewhere'] }),
    inVain: () => ({ input: { region: 'nowhere' } }),
  },
  'members.invite': {
    action: 'member.invited',
    inVain: () => ({ input: { email: 'no address', role: 'viewer' } }),
  },
  'members.changeRole': { action: 'member.role_changed' },
  'members.remove': { action: 'member.removed' },
  'members.leave': {
    action: 'member.left',
    seat: 'viewer',
    inVain: () => ({ seat: 'owner', input: undefined }),
  },
  'members.transferOwnership': { action: 'ownership.transferred' },
  'invitations.withdraw': { action: 'member.invitation_withdrawn' },
  'tenants.update': { action: 'tenant.updated', inVain: () => ({ input: { name: alice.tenant.name } }) },
  'tenants.remove': { action: 'tenant.removal_requested' },
  'tenants.undoRemoval': {
    action: 'tenant.removal_undone',
    before: (own) => own.seats.owner.call('tenants.remove', { name: ofOwner(own).tenantName }),
    inVain: () => ({ seat: 'admin', input: undefined }),
  },
  'billing.cancel': { action: 'subscription.canceled', before: buyPro },
  'billing.resume': {
    action: 'subscription.resumed',
    before: async (own) => {
      await buyPro(own);
      await own.seats.owner.call('billing.cancel');
    },
  },
};

/** What a member may ask for that changes nothing which is settled. */
const LEAVES_NOTHING: Partial<Record<ProcedureName, string>> = {
  'monitors.try': 'A target is asked once, and nothing is kept.',
  'monitors.checkNow': 'A check is made sooner; the monitor stays as it is.',
  'billing.startCheckout':
    'Nothing is bought until the payment provider says so, and then the system writes it.',
  'billing.refresh': 'What the payment provider says then the system writes.',
  'billing.openPortal': 'What is changed there the system writes, once the payment provider has told it.',
};

/** Written by those who are no member yet (`tests/journeys/audit.test.ts`, `invitations.test.ts`), or for one kind of change. */
const OTHER_ACTIONS: AuditAction[] = [
  'tenant.created',
  'member.joined',
  'monitor.regions_changed',
  // Of the system (`tests/journeys/billing-sync.test.ts`).
  'subscription.changed',
  'plan.changed',
];

const entriesOf = (own: Organization) =>
  database.admin<{ id: string; action: string; actor_id: string; address: string }>(
    `select id, action, actor_id, address from audit_log where tenant_id = $1 and actor_kind <> 'system'`,
    [own.id],
  );

test('whatever a member can change is walked here, and every action there is comes of something', () => {
  const ofMembers = Object.entries(appRouter._def.procedures)
    .filter(([, procedure]) => (procedure as unknown as { _def: { type: string } })._def.type === 'mutation') // a flat record at run time
    .map(([name]) => name)
    .filter((name) => ROLES.some((role) => role === ACCESS[name]));
  expect([...Object.keys(WALKS), ...Object.keys(LEAVES_NOTHING)].sort()).toEqual(ofMembers.sort());
  const actions = new Set([...Object.values(WALKS).map(({ action }) => action), ...OTHER_ACTIONS]);
  expect([...actions].sort()).toEqual([...AUDIT_ACTIONS].sort());
});

test.each(Object.entries(WALKS) as [ProcedureName, Walk][])(
  '%s leaves one entry when it is done, and none when it is not',
  async (name, { action, seat = 'owner', before, inVain }) => {
    const own = await openOrganization(world);
    const { seat: other = seat, input } = inVain?.(own) ?? { input: INPUT_OF[name](noThings()) };
    const atFirst = await entriesOf(own);
    const refused = await own.seats[other].send(name, input);
    if (name !== 'regions.leave') expect(refused.status).toBeGreaterThanOrEqual(400);
    expect(await entriesOf(own)).toEqual(atFirst);

    await before?.(own);
    const known = (await entriesOf(own)).map(({ id }) => id);
    const client = own.seats[seat];
    const { user } = await client.call('auth.me');
    const answer = await client.send(name, INPUT_OF[name](own.thingsOf(seat)));
    expect([answer.status, answer.text]).toEqual([200, answer.text]);
    const written = (await entriesOf(own)).filter(({ id }) => !known.includes(id));
    expect(written).toEqual([{ id: expect.any(String), action, actor_id: user.id, address: client.address }]);
  },
);

test('checking at once leaves no entry', async () => {
  const own = await openOrganization(world);
  await resume(own);
  const before = await entriesOf(own);
  await own.seats.owner.call('monitors.checkNow', { monitorId: ofOwner(own).monitorId });
  expect(await entriesOf(own)).toEqual(before);
});
