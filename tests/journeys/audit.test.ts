import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { type Actor, writeAudit } from '../../server/domains/audit/write-audit.ts';
import type { AuditAction } from '../../shared/audit/audit-entry.ts';
import { openWorld, type Persona } from '../support/world.ts';

const { alice, bob, charlie, addMember, database, register, server } = await openWorld();
const adam = await addMember(alice.tenant, 'admin', 'adam@acme.example');

const somebody = (id = randomUUID()): Actor => ({ kind: 'user', id, name: 'Somebody', address: '192.0.2.7' });

const write = (who: Persona, name: string, action: AuditAction = 'region.left', actor = somebody()) =>
  server.services.tenant(who.tenant.id).transaction((tx) =>
    writeAudit(tx, {
      tenantId: who.tenant.id,
      actor,
      action,
      subject: { kind: 'region', id: null, name },
      before: { is: 'so' },
      after: { is: 'otherwise' },
    }),
  );

const names = async (who: Persona, input: Parameters<typeof who.call<'audit.list'>>[1] = {}) =>
  (await who.call('audit.list', input)).items.map(({ subject }) => subject.name);

test('admins and owners read the log of their own organization, newest first; nobody else does', async () => {
  for (const region of ['one', 'two', 'three']) await write(alice, region);
  await write(charlie, 'theirs');
  expect(await names(alice)).toEqual(['three', 'two', 'one', 'Acme']);
  expect(await names(adam)).toEqual(['three', 'two', 'one', 'Acme']);
  expect(await names(charlie)).toEqual(['theirs', "Charlie's"]);
  expect((await bob.refused('audit.list')).data.reason).toBe('forbidden');
  const [newest] = (await alice.call('audit.list')).items;
  expect(newest).toEqual({
    id: expect.any(String),
    at: expect.any(String),
    actor: { kind: 'user', id: expect.any(String), name: 'Somebody' },
    action: 'region.left',
    subject: { kind: 'region', id: null, name: 'three' },
    before: { is: 'so' },
    after: { is: 'otherwise' },
    address: '192.0.2.7',
  });
});

test('an organization’s log begins with who founded it', async () => {
  const entries = (await charlie.call('audit.list')).items;
  const { user, tenant } = await charlie.call('auth.me');
  expect(entries.at(-1)).toEqual({
    id: expect.any(String),
    at: expect.any(String),
    actor: { kind: 'user', id: user.id, name: user.name },
    action: 'tenant.created',
    subject: { kind: 'tenant', id: tenant?.id, name: "Charlie's" },
    before: {},
    after: { name: "Charlie's", slug: tenant?.slug, plan: 'free' },
    address: charlie.address,
  });
});

test('the log is turned page by page, and nothing is missing or there twice', async () => {
  for (let number = 0; number < 7; number++) await write(charlie, `page-${number}`);
  // Entries of one transaction bear one instant.
  await server.services.tenant(charlie.tenant.id).transaction(async (tx) => {
    for (let number = 0; number < 5; number++) {
      await writeAudit(tx, {
        tenantId: charlie.tenant.id,
        actor: { kind: 'system' },
        action: 'region.left',
        subject: { kind: 'region', id: null, name: `same-${number}` },
        before: {},
        after: {},
      });
    }
  });
  const whole = (await charlie.call('audit.list')).items;
  expect(whole[0]).toMatchObject({ actor: { kind: 'system', id: null, name: null }, address: null });
  const paged = [];
  let cursor: string | null | undefined;
  do {
    const page = await charlie.call('audit.list', { limit: 2, cursor });
    paged.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  expect(paged).toEqual(whole);
});

test('an entry is found by what was done, by whom and when', async () => {
  const who = randomUUID();
  await write(alice, 'hers', 'monitor.regions_changed', somebody(who));
  expect(await names(alice, { actorId: who })).toEqual(['hers']);
  expect(await names(alice, { action: 'monitor.regions_changed' })).toEqual(['hers']);
  await database.admin(`update audit_log set at = '2026-01-31T12:00:00Z' where actor_id = $1`, [who]);
  const range = { from: '2026-01-31T12:00:00Z', to: '2026-01-31T12:00:01Z' };
  expect(await names(alice, range)).toEqual(['hers']);
  expect(await names(alice, { ...range, from: '2026-01-31T12:00:00.001Z' })).toEqual([]);
  expect(await names(alice, { to: '2026-01-31T12:00:00Z' })).toEqual([]);
});

test('entries are found by what they are about, by several actions, and by what it was done to', async () => {
  const eve = await register('Eve’s', 'eve@eve.example');
  await write(eve, 'Shop', 'monitor.updated');
  await write(eve, 'Shop 100 %', 'monitor.paused');
  await write(eve, 'Robin', 'member.removed');
  expect(await names(eve, { group: 'monitors' })).toEqual(['Shop 100 %', 'Shop']);
  expect(await names(eve, { group: 'members' })).toEqual(['Robin']);
  expect(await names(eve, { group: 'organization' })).toEqual(['Eve’s']);
  expect(await names(eve, { actions: ['member.removed', 'monitor.updated'] })).toEqual(['Robin', 'Shop']);
  expect(await names(eve, { actions: [] })).toEqual([]);
  expect(await names(eve, { subject: 'sHOP' })).toEqual(['Shop 100 %', 'Shop']);
  expect(await names(eve, { subject: '0 %' })).toEqual(['Shop 100 %']);
  expect(await names(eve, { subject: '%' })).toEqual(['Shop 100 %']);
  expect(await names(eve, { group: 'monitors', actions: ['monitor.updated'], subject: 'shop' })).toEqual([
    'Shop',
  ]);
  expect((await eve.refused('audit.list', { group: 'x' })).data.fields).toHaveProperty('group');
});

test('the log names everyone who appears in it as they were last called, and the system apart', async () => {
  const frank = await register('Frank’s', 'frank@frank.example');
  const { user } = await frank.call('auth.me');
  expect(await frank.call('audit.actors')).toEqual({
    actors: [{ kind: 'user', id: user.id, name: user.name }],
    system: false,
  });
  const ids = Array.from({ length: 3 }, () => randomUUID()).sort();
  for (const [turn, id] of [...ids, ...ids].entries()) {
    await write(frank, 'Shop', 'monitor.paused', {
      kind: turn % 3 === 1 ? 'key' : 'user',
      id,
      name: `Zoe ${turn}`,
      address: null,
    });
  }
  await write(frank, 'Shop', 'monitor.paused', { kind: 'system' });
  expect(await frank.call('audit.actors')).toEqual({
    actors: [
      { kind: 'user', id: user.id, name: user.name },
      { kind: 'user', id: ids[0], name: 'Zoe 3' },
      { kind: 'key', id: ids[1], name: 'Zoe 4' },
      { kind: 'user', id: ids[2], name: 'Zoe 5' },
    ],
    system: true,
  });
  const actors = async (actor: string) =>
    (await frank.call('audit.list', { actor })).items.map((entry) => entry.actor.name);
  expect(await actors('system')).toEqual([null]);
  expect(await actors(ids[1] ?? '')).toEqual(['Zoe 4', 'Zoe 1']);
  expect((await bob.refused('audit.actors')).data.reason).toBe('forbidden');
});

test('a cursor of another organization, or of nothing, is refused in the same words', async () => {
  const [theirs] = (await charlie.call('audit.list')).items;
  const cursorOf = (id: string | undefined) => Buffer.from(JSON.stringify({ id })).toString('base64url');
  const foreign = await alice.refused('audit.list', { cursor: cursorOf(theirs?.id) });
  expect(foreign.data).toMatchObject({ reason: 'invalid_input', fields: { cursor: expect.any(String) } });
  expect((await alice.refused('audit.list', { cursor: cursorOf(randomUUID()) })).text).toBe(foreign.text);
  expect((await alice.refused('audit.list', { cursor: 'x' })).text).toBe(foreign.text);
});

test('an entry stands: no role that runs can change or delete one', async () => {
  await write(alice, 'stands');
  for (const role of ['app', 'identity', 'system', 'prober', 'ops', 'backup'] as const) {
    for (const change of [
      'delete from audit_log',
      `update audit_log set action = 'x'`,
      'truncate audit_log',
    ]) {
      const tried = database.as(role, async (client) => {
        await client.query(`begin read write; set local app.tenant_id = '${alice.tenant.id}'`);
        await client.query(change);
      });
      await expect(tried, `${role}: ${change}`).rejects.toThrow('permission denied');
    }
  }
  expect(await names(alice)).toContain('stands');
});
