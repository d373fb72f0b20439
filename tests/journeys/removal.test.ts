import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { ACCESS } from '../../server/trpc/access.ts';
import { appRouter } from '../../server/trpc/router.ts';
import { removeTenantsQueue } from '../../shared/jobs/queues.ts';
import { insertStatement, ROW_OF } from '../database/two-tenants.ts';
import type { ProcedureName } from '../support/api-client.ts';
import { eventually } from '../support/eventually.ts';
import { somebodyWaits } from '../support/somebody-waits.ts';
import { openWorld, PASSWORD, type Persona } from '../support/world.ts';

const { addMember, charlie, database, register, server, setPlan, visitor } = await openWorld();

let organizations = 0;
async function openCompany() {
  const mark = `o${++organizations}`;
  const owner = await register(`Company ${mark}`, `owner@${mark}.example`);
  await setPlan(owner.tenant, 'pro');
  const member = await addMember(owner.tenant, 'member', `member@${mark}.example`);
  return { owner, member, name: owner.tenant.name };
}

const newMonitor = (who: Persona, name: string) =>
  who.call('monitors.create', { name, kind: 'http', target: `https://example.com/${name}` });
const statesOf = async (who: Persona) =>
  Object.fromEntries((await who.call('monitors.list', {})).items.map(({ name, state }) => [name, state]));
const scheduled = async (tenantId: string) =>
  (await database.admin('select 1 from check_schedule where tenant_id = $1', [tenantId])).length;
const endTime = (tenantId: string) =>
  database.admin(`update tenants set removes_at = now() - interval '1 second' where id = $1`, [tenantId]);
const removeExpired = () => server.services.boss.send(removeTenantsQueue.name);

/** How many rows each table has of an organization: every table with a column for it, by the catalog. */
async function rowsOf(tenantId: string): Promise<Record<string, number>> {
  const tables = await database.admin<{ name: string }>(
    `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition order by 1`,
  );
  const counts: Record<string, number> = {};
  for (const { name } of tables) {
    const rows = await database.admin(`select 1 from ${name} where tenant_id = $1`, [tenantId]);
    counts[name] = rows.length;
  }
  return counts;
}

test('only an owner who types the name as it is can have an organization deleted', async () => {
  const { owner, member, name } = await openCompany();
  expect((await member.refused('tenants.remove', { name })).data.reason).toBe('forbidden');
  for (const typed of ['', name.toLowerCase(), `${name}s`]) {
    const refused = await owner.refused('tenants.remove', { name: typed });
    expect([typed, refused.status]).toEqual([typed, 400]);
    expect(refused.data.fields).toEqual({ name: `Type the name exactly as it is: ${name}` });
  }
  expect((await owner.call('auth.me')).tenant?.removesAt).toBe(null);
  const { removesAt } = await owner.call('tenants.remove', { name });
  const [row] = await database.admin<{ days: number }>(
    'select extract(epoch from $1::timestamptz - now())::float8 / 86400 as days',
    [removesAt],
  );
  expect(row?.days).toBeCloseTo(14, 2);
  expect((await member.call('auth.me')).tenant?.removesAt).toBe(removesAt);
  const { actor, action, before, after } = (await owner.call('audit.list', { limit: 1 })).items[0] ?? {};
  expect({ actor, action, before, after }).toMatchObject({
    actor: { kind: 'user', name: 'owner' },
    action: 'tenant.removal_requested',
    before: { removesAt: null },
    after: { removesAt },
  });
});

test('an organization that waits to be deleted is read as before, and nothing in it is changed', async () => {
  const { owner, member, name } = await openCompany();
  const { id: monitorId } = await newMonitor(owner, 'shop');
  const { removesAt } = await owner.call('tenants.remove', { name });
  expect(await statesOf(member)).toHaveProperty('shop');
  expect((await member.call('members.list')).members).toHaveLength(2);
  const day = new Date(removesAt).toLocaleDateString('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
  const changes = Object.entries(appRouter._def.procedures)
    .filter(([, procedure]) => (procedure as unknown as { _def: { type: string } })._def.type === 'mutation')
    .map(([path]) => path as ProcedureName)
    .filter((path) => !['anyone', 'signed_in'].includes(ACCESS[path] ?? ''))
    .filter((path) => !['tenants.undoRemoval', 'members.leave'].includes(path));
  expect(changes.length).toBeGreaterThan(10);
  for (const path of changes) {
    const refused = await owner.refused(path, { monitorId, name });
    expect([path, refused.status, refused.data.reason]).toEqual([path, 409, 'conflict']);
    expect(refused.message).toContain(`${name} will be deleted on ${day}`);
    expect(refused.message).toContain('An owner can take that back');
  }
  await member.call('members.leave');
  expect((await owner.refused('members.leave')).data.reason).toBe('last_owner');
});

test('monitors rest while it waits; taken back they go on, but for those that somebody paused', async () => {
  const { owner, member, name } = await openCompany();
  await newMonitor(owner, 'shop');
  await newMonitor(owner, 'blog');
  const old = await newMonitor(owner, 'old');
  await owner.call('monitors.pause', { monitorId: old.id });
  expect(await scheduled(owner.tenant.id)).toBe(2);
  await owner.call('tenants.remove', { name });
  await eventually(async () => (await scheduled(owner.tenant.id)) === 0);
  expect(await statesOf(member)).toEqual({ shop: 'paused', blog: 'paused', old: 'paused' });

  expect((await member.refused('tenants.undoRemoval')).data.reason).toBe('forbidden');
  expect(await owner.call('tenants.undoRemoval')).toEqual({ removesAt: null });
  await eventually(async () => (await scheduled(owner.tenant.id)) === 2);
  expect(await statesOf(member)).toEqual({ shop: 'pending', blog: 'pending', old: 'paused' });
  expect((await member.call('auth.me')).tenant?.removesAt).toBe(null);
  expect((await owner.refused('tenants.undoRemoval')).data.reason).toBe('conflict');
  const [undone] = (await owner.call('audit.list', { group: 'organization', limit: 1 })).items;
  expect(undone?.action).toBe('tenant.removal_undone');

  // A second time, with what somebody paused meanwhile.
  const [shop] = (await owner.call('monitors.list', { search: 'shop' })).items;
  await owner.call('monitors.pause', { monitorId: shop?.id ?? '' });
  await owner.call('tenants.remove', { name });
  await eventually(async () => (await scheduled(owner.tenant.id)) === 0);
  await owner.call('tenants.undoRemoval');
  await eventually(async () => (await scheduled(owner.tenant.id)) === 1);
  expect(await statesOf(member)).toEqual({ shop: 'paused', blog: 'pending', old: 'paused' });
});

test('that a monitor rested, and went on, is written down under its name, as done by nobody but the system', async () => {
  const { owner, name } = await openCompany();
  await newMonitor(owner, 'shop');
  const old = await newMonitor(owner, 'old');
  await owner.call('monitors.pause', { monitorId: old.id });
  await owner.call('tenants.remove', { name });
  await eventually(async () => (await scheduled(owner.tenant.id)) === 0);
  await owner.call('tenants.undoRemoval');
  await eventually(async () => (await scheduled(owner.tenant.id)) === 1);
  const { items } = await owner.call('audit.list', { actor: 'system' });
  expect(
    items.map(({ action, subject, before, after, address }) => [
      action,
      subject.name,
      before,
      after,
      address,
    ]),
  ).toEqual([
    [
      'monitor.resumed',
      'shop',
      { state: 'paused', pausedFor: 'removal' },
      { state: 'pending', pausedFor: null },
      null,
    ],
    [
      'monitor.paused',
      'shop',
      { state: 'pending', pausedFor: null },
      { state: 'paused', pausedFor: 'removal' },
      null,
    ],
  ]);
});

test.each(['added', 'resumed'] as const)(
  'a monitor that is %s in the very instant in which the deletion is asked for is refused, not forgotten',
  async (how) => {
    const { owner, name } = await openCompany();
    const { id: monitorId } = await newMonitor(owner, 'shop');
    await owner.call('monitors.pause', { monitorId });
    const begun = await database.as('identity', async (client) => {
      // As asking for it does, held between its two halves.
      await client.query(`begin; set local app.tenant_id = '${owner.tenant.id}'`);
      await client.query('select 1 from tenants where id = $1 for no key update', [owner.tenant.id]);
      const refused =
        how === 'resumed'
          ? owner.refused('monitors.resume', { monitorId })
          : owner.refused('monitors.create', { name, kind: 'http', target: 'https://example.com/' });
      await somebodyWaits(database);
      await client.query(`update tenants set removes_at = now() + interval '14 days' where id = $1`, [
        owner.tenant.id,
      ]);
      await client.query('commit');
      return { refused };
    });
    const { data, message } = await begun.refused;
    expect(data.reason).toBe('conflict');
    expect(message).toContain(`${name} will be deleted on`);
    expect(await scheduled(owner.tenant.id)).toBe(0);
    expect(await statesOf(owner)).toEqual({ shop: 'paused' });
  },
);

test('asked for and taken back in quick succession, monitors end as the last word says', async () => {
  const { owner, name } = await openCompany();
  for (let number = 0; number < 5; number++) await newMonitor(owner, `m${number}`);
  // Three of them: nobody may do it as often as it takes.
  for (const who of [
    owner,
    await addMember(owner.tenant, 'owner', `second@${owner.tenant.slug}.example`),
    await addMember(owner.tenant, 'owner', `third@${owner.tenant.slug}.example`),
  ]) {
    for (let turn = 0; turn < 2; turn++) {
      await who.call('tenants.remove', { name });
      await who.call('tenants.undoRemoval');
    }
  }
  const workedOff = async () => {
    const waiting = await database.admin(
      `select 1 from pgboss.job where name = 'monitoring.follow-removal' and state in ('created', 'retry', 'active')`,
    );
    return waiting.length === 0;
  };
  await eventually(workedOff, 20_000);
  expect(await scheduled(owner.tenant.id)).toBe(5);
  await owner.call('tenants.remove', { name });
  await eventually(workedOff, 20_000);
  expect(await scheduled(owner.tenant.id)).toBe(0);
});

test('when its time is over nothing of it is left, its people keep their accounts, and others lose nothing', async () => {
  const { owner, member, name } = await openCompany();
  const userId = (await owner.call('auth.me')).user.id;
  for (const who of [owner, charlie]) {
    const seeded = { tenantId: who.tenant.id, userId, monitorId: randomUUID() };
    for (const [table, rowOf] of Object.entries(ROW_OF)) {
      if (table === 'tenants' || table === 'members') continue;
      const { text, values } = insertStatement(table, rowOf(seeded, 0));
      await database.admin(text, values);
    }
  }
  const before = await rowsOf(owner.tenant.id);
  expect(Object.entries(before).filter(([, rows]) => rows === 0)).toEqual([]);
  expect(Object.keys(before)).toContain('sessions');
  const others = await rowsOf(charlie.tenant.id);

  await owner.call('tenants.remove', { name });
  await removeExpired();
  await endTime(owner.tenant.id);
  await removeExpired();
  await eventually(async () => Object.values(await rowsOf(owner.tenant.id)).every((rows) => rows === 0));
  expect(await database.admin('select 1 from tenants where id = $1', [owner.tenant.id])).toEqual([]);
  // Checks of theirs that are seeded as overdue may be decided meanwhile, and add a row.
  for (const [table, rows] of Object.entries(await rowsOf(charlie.tenant.id)))
    expect([table, rows]).toEqual([
      table,
      expect.toSatisfy((count: number) => count >= (others[table] ?? 1)),
    ]);

  for (const who of [owner, member])
    expect(await who.call('auth.me')).toMatchObject({ tenant: null, role: null, memberships: [] });
  await visitor().call('auth.login', { email: member.email, password: PASSWORD });
  // The name is free again.
  expect((await register(name, `again-${owner.email}`)).tenant.name).toBe(name);
  expect(server.logLines.filter(({ event }) => event === 'tenancy.removed')).toEqual([
    expect.objectContaining({ tenantId: owner.tenant.id }),
  ]);
});

test('before its time, and taken back in the last moment, an organization stays', async () => {
  const { owner, name } = await openCompany();
  const { owner: doomed, name: doomedName } = await openCompany();
  await owner.call('tenants.remove', { name });
  await doomed.call('tenants.remove', { name: doomedName });
  await endTime(doomed.tenant.id);
  await removeExpired();
  const isThere = async (who: Persona) =>
    (await database.admin('select 1 from tenants where id = $1', [who.tenant.id])).length === 1;
  await eventually(async () => !(await isThere(doomed)));
  expect(await isThere(owner)).toBe(true);
  await endTime(owner.tenant.id);
  await owner.call('tenants.undoRemoval');
  await owner.call('monitors.list', {});
});
