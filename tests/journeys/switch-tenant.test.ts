import { expect, test } from 'vitest';
import type { TenantName } from '../../shared/tenancy/identity.ts';
import { ApiClient } from '../support/api-client.ts';
import { openEventStream } from '../support/event-stream.ts';
import { eventually } from '../support/eventually.ts';
import { openWorld, PASSWORD } from '../support/world.ts';

const world = await openWorld();
const { alice, charlie, database, server, visitor } = world;

const SESSION = 'statuswatch_session';
const GINA = 'gina@both.example';
const register = async (organizationName: string) => {
  const input = { organizationName, email: GINA, password: PASSWORD, passwordConfirmation: PASSWORD };
  return (await visitor().call('auth.register', input)).tenant;
};
const beta = await register('Beta Works');
const gamma = await register('Gamma Works');

async function gina(tenant: TenantName): Promise<ApiClient> {
  const client = visitor();
  await client.call('auth.login', { email: GINA, password: PASSWORD, tenantSlug: tenant.slug });
  return client;
}

test('at the public address the session carries the other organization from then on', async () => {
  const client = await gina(beta);
  await client.call('monitors.create', { name: 'Of Beta', kind: 'http', target: 'https://example.com/beta' });
  const { url } = await client.call('auth.switchTenant', { tenantSlug: gamma.slug });
  expect(url).toBe(`${server.origin}/dashboard`);
  const me = await client.call('auth.me');
  expect(me.tenant).toMatchObject({ id: gamma.id, name: 'Gamma Works' });
  expect(me.role).toBe('owner');
  expect((await client.call('monitors.list')).items).toEqual([]);
});

test('the token of before is worth nothing after a switch', async () => {
  const client = await gina(beta);
  const former = visitor();
  former.cookies.set(SESSION, client.cookies.get(SESSION) ?? '');
  await client.call('auth.switchTenant', { tenantSlug: gamma.slug });
  expect(client.cookies.get(SESSION)).not.toBe(former.cookies.get(SESSION));
  expect((await former.refused('auth.me')).data.reason).toBe('not_signed_in');
});

test('switching does not make a session live longer than ninety days', async () => {
  const client = await gina(beta);
  const ends = async () =>
    database.admin(
      'select absolute_expires_at, public_id from sessions where id_hash = encode(sha256($1::bytea), $2)',
      [client.cookies.get(SESSION), 'hex'],
    );
  const before = await ends();
  expect(before).toHaveLength(1);
  await client.call('auth.switchTenant', { tenantSlug: gamma.slug });
  expect(await ends()).toEqual(before);
});

test('an organization that is not theirs answers like one that does not exist', async () => {
  const client = await gina(beta);
  const before = client.cookies.get(SESSION);
  const foreign = await client.refused('auth.switchTenant', { tenantSlug: alice.tenant.slug });
  const missing = await client.refused('auth.switchTenant', { tenantSlug: 'no-such-organization' });
  expect(foreign.status).toBe(404);
  expect(foreign.data.reason).toBe('not_found');
  expect(foreign.text).toBe(missing.text);
  const headers = ({ date: _date, 'x-request-id': _id, ...rest }: typeof foreign.headers) => rest;
  expect(headers(foreign.headers)).toEqual(headers(missing.headers));
  expect(client.cookies.get(SESSION)).toBe(before);
  expect((await client.call('auth.me')).tenant?.id).toBe(beta.id);
});

test('at an organization’s own host that organization is where one is already', async () => {
  const host = new ApiClient(`http://${beta.slug}.localhost:${server.port}`);
  await host.call('auth.login', { email: GINA, password: PASSWORD });
  const session = host.cookies.get(SESSION);
  const { url } = await host.call('auth.switchTenant', { tenantSlug: beta.slug });
  expect(url).toBe(`${host.origin}/dashboard`);
  expect(host.cookies.get(SESSION)).toBe(session);
});

test('who is not signed in, or comes from elsewhere, switches nothing', async () => {
  const refusal = await visitor().refused('auth.switchTenant', { tenantSlug: beta.slug });
  expect(refusal.data.reason).toBe('not_signed_in');
  const client = await gina(beta);
  const elsewhere = await client.send(
    'auth.switchTenant',
    { tenantSlug: gamma.slug },
    { origin: 'https://evil.example' },
  );
  expect(elsewhere.status).toBe(403);
  expect((await client.call('auth.me')).tenant?.id).toBe(beta.id);
});

test('someone who was made to leave an organization can still choose another', async () => {
  const client = await gina(beta);
  const { user } = await client.call('auth.me');
  await database.admin('delete from members where tenant_id = $1 and user_id = $2', [beta.id, user.id]);
  const me = await client.call('auth.me');
  expect(me.tenant).toBeNull();
  expect(me.memberships.map(({ tenant }) => tenant.slug)).toEqual([gamma.slug]);
  await client.call('auth.switchTenant', { tenantSlug: gamma.slug });
  expect((await client.call('auth.me')).tenant?.id).toBe(gamma.id);
  await database.admin(
    `insert into members (tenant_id, user_id, role, name, email) values ($1, $2, 'owner', $3, $4)`,
    [beta.id, user.id, user.name, user.email],
  );
});

test('the live stream of the organization of before ends', async () => {
  const client = await gina(beta);
  const stream = await openEventStream(client);
  await eventually(() => stream.events.some(({ event }) => event === 'connected'));
  await client.call('auth.switchTenant', { tenantSlug: gamma.slug });
  await eventually(() => stream.ended(), 8000);
});

test('a page of the organization of before is answered nothing of the other one, and changes nothing there', async () => {
  const client = await gina(beta);
  const page = { 'x-statuswatch-organization': beta.id };
  expect((await client.send('monitors.list', {}, page)).status).toBe(200);
  await client.call('auth.switchTenant', { tenantSlug: gamma.slug });
  const draft = { name: 'Meant for Beta', kind: 'http', target: 'https://example.com/meant-for-beta' };
  for (const answer of [
    await client.send('monitors.list', {}, page),
    await client.send('monitors.create', draft, page),
  ]) {
    expect(answer.status).toBe(401);
    expect(answer.text).toContain('"reason":"not_signed_in"');
  }
  expect((await client.call('monitors.list', { search: 'meant-for-beta' })).total).toBe(0);
  // Who is signed in can be asked from any page: that is how it learns.
  expect((await client.send('auth.me', undefined, page)).status).toBe(200);
});

test('a live stream of the organization of before is refused', async () => {
  const client = await gina(gamma);
  const aborted = new AbortController();
  const response = await client.stream(`/trpc/live.changes?organization=${beta.id}`, aborted.signal);
  const text = await response.body.text();
  expect(text).toContain('"reason":"not_signed_in"');
});

test('at an organization’s host, who is not a member is refused in the words of a wrong password', async () => {
  const host = () => new ApiClient(`http://${alice.tenant.slug}.localhost:${server.port}`);
  const foreign = await host().refused('auth.login', { email: charlie.email, password: PASSWORD });
  const wrong = await host().refused('auth.login', { email: alice.email, password: 'Wrong-Horse-7-Battery' });
  const named = await host().refused('auth.login', {
    email: charlie.email,
    password: PASSWORD,
    tenantSlug: charlie.tenant.slug,
  });
  expect(foreign.status).toBe(401);
  expect(foreign.text).toBe(wrong.text);
  expect(named.text).toBe(wrong.text);
});
