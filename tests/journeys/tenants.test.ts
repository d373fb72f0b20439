import { expect, test } from 'vitest';
import { RESERVED_SLUGS } from '../../shared/tenancy/slug.ts';
import { ApiClient } from '../support/api-client.ts';
import { openWorld, PASSWORD, type Persona } from '../support/world.ts';

const { alice, bob, charlie, addMember, database, register, server } = await openWorld();
const adam = await addMember(alice.tenant, 'admin', 'adam@acme.example');

let organizations = 0;
const newCompany = () => register(`Company ${++organizations}`, `owner${organizations}@companies.example`);
const tenantOf = async (who: Persona) => (await who.call('auth.me')).tenant;
const lastEntry = async (who: Persona) => (await who.call('audit.list', { limit: 1 })).items[0];

test('an admin renames the organization, and everybody sees it', async () => {
  const answer = await adam.call('tenants.update', { name: '  Acme & Sons ' });
  expect(answer).toEqual({ tenant: { ...alice.tenant, name: 'Acme & Sons' } });
  expect((await tenantOf(bob))?.name).toBe('Acme & Sons');
  expect((await bob.refused('tenants.update', { name: 'Mine' })).data.reason).toBe('forbidden');
  expect(await lastEntry(alice)).toMatchObject({
    actor: { kind: 'user', name: 'adam' },
    action: 'tenant.updated',
    subject: { kind: 'tenant', id: alice.tenant.id, name: 'Acme & Sons' },
    before: { name: 'Acme' },
    after: { name: 'Acme & Sons' },
    address: adam.address,
  });
  // The former name is free.
  expect((await register('Acme', 'new@acme.example')).tenant.name).toBe('Acme');
});

test('a name that another organization has is refused, however it is written, and nothing changes', async () => {
  const owner = await newCompany();
  const entries = (await owner.call('audit.list')).items.length;
  for (const name of ["CHARLIE'S", " charlie's ", "Ｃharlie's"]) {
    const refused = await owner.refused('tenants.update', { name, slug: 'other-slug' });
    expect([name, refused.status, refused.data.reason]).toEqual([name, 409, 'duplicate_organization_name']);
  }
  expect(await tenantOf(owner)).toMatchObject(owner.tenant);
  expect((await owner.call('audit.list')).items).toHaveLength(entries);
  // Its own, written otherwise, is nobody else's.
  const shouted = owner.tenant.name.toUpperCase();
  expect((await owner.call('tenants.update', { name: shouted })).tenant.name).toBe(shouted);
});

test('a subdomain that is taken, reserved or none is refused at its field', async () => {
  const owner = await newCompany();
  for (const [slug, sentence] of [
    [charlie.tenant.slug, 'This subdomain is taken. Choose another.'],
    [RESERVED_SLUGS[0], 'This subdomain is reserved. Choose another.'],
    [
      'Not A Label',
      'Use lower-case letters, digits and hyphens, 63 at most; begin and end with a letter or a digit.',
    ],
  ]) {
    const refused = await owner.refused('tenants.update', { slug });
    expect([slug, refused.status, refused.data.fields]).toEqual([slug, 400, { slug: sentence }]);
  }
  expect(await tenantOf(owner)).toMatchObject(owner.tenant);
});

test('with another subdomain the former host lets nobody in, and the new one does', async () => {
  const owner = await newCompany();
  const hostOf = (slug: string) => new ApiClient(`http://${slug}.localhost:${server.port}`);
  const login = { email: owner.email, password: PASSWORD };
  const former = hostOf(owner.tenant.slug);
  await former.call('auth.login', login);
  expect((await former.call('auth.me')).tenant?.id).toBe(owner.tenant.id);
  const slug = `moved-${owner.tenant.slug}`;
  expect((await owner.call('tenants.update', { slug })).tenant.slug).toBe(slug);
  expect((await former.call('auth.me')).tenant).toBe(null);
  expect((await former.refused('auth.login', login)).data.reason).toBe('invalid_credentials');
  const moved = hostOf(slug);
  await moved.call('auth.login', login);
  expect((await moved.call('auth.me')).tenant?.id).toBe(owner.tenant.id);
});

test('what is as it was is no change', async () => {
  const owner = await newCompany();
  const entries = (await owner.call('audit.list')).items.length;
  const { name, slug } = owner.tenant;
  expect(await owner.call('tenants.update', { name, slug })).toEqual({ tenant: owner.tenant });
  expect(await owner.call('tenants.update', {})).toEqual({ tenant: owner.tenant });
  expect((await owner.call('audit.list')).items).toHaveLength(entries);
});

test('of many who take one name or subdomain at once, one gets it', async () => {
  const owners = await Promise.all(Array.from({ length: 6 }, () => newCompany()));
  const names = await Promise.all(owners.map((who) => who.send('tenants.update', { name: 'The One' })));
  expect(names.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409, 409]);
  const slugs = await Promise.all(owners.map((who) => who.send('tenants.update', { slug: 'the-one-host' })));
  expect(slugs.map(({ status }) => status).sort()).toEqual([200, 400, 400, 400, 400, 400]);
});

test('a change of name is no change of plan', async () => {
  const owner = await newCompany();
  await owner.call('tenants.update', { name: `${owner.tenant.name} Ltd` });
  const rows = await database.admin('select plan_changed_at from tenants where id = $1', [owner.tenant.id]);
  expect(rows).toEqual([{ plan_changed_at: null }]);
});
