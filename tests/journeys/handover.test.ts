import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { TenantName } from '../../shared/tenancy/identity.ts';
import { ManyHosts } from '../support/many-hosts.ts';
import { openWorld, PASSWORD } from '../support/world.ts';

const world = await openWorld();
const { alice, charlie, database, server, visitor } = world;

const GINA = 'gina@both.example';
const SESSION = 'statuswatch_session';
const NONCE = 'statuswatch_handover';
const hash = (text: string) => createHash('sha256').update(text).digest('hex');
const hostOf = (tenant: TenantName) => `http://${tenant.slug}.localhost:${server.port}`;

const register = async (organizationName: string) => {
  const input = { organizationName, email: GINA, password: PASSWORD, passwordConfirmation: PASSWORD };
  return (await visitor().call('auth.register', input)).tenant;
};
const beta = await register('Beta Works');
const gamma = await register('Gamma Works');
const BETA = hostOf(beta);
const GAMMA = hostOf(gamma);
const CLOSED = '/login?handover=closed';

/** Gina's browser, signed in at Beta's host, and the address that leads her to Gamma's. */
async function ask() {
  const browser = new ManyHosts();
  await browser.at(BETA).call('auth.login', { email: GINA, password: PASSWORD });
  const { url } = await browser.at(BETA).call('auth.switchTenant', { tenantSlug: gamma.slug });
  return { browser, url, code: new URL(url).searchParams.get('code') ?? '' };
}

/** The same, as far as the last address: the one that makes the session. */
async function askAndConfirm() {
  const { browser, url, code } = await ask();
  const shown = await browser.open(url);
  const stood = await browser.open(shown.leadsTo ?? '');
  return { browser, code, last: stood.leadsTo ?? '' };
}

test('from one organization’s host to another’s, the browser that asked is signed in there', async () => {
  const { browser, url, code } = await ask();
  expect(url).toBe(`${GAMMA}/auth/handover?code=${code}&from=${beta.slug}`);
  const way = await browser.follow(url);
  expect(way.map((address) => new URL(address).origin + new URL(address).pathname)).toEqual([
    `${GAMMA}/auth/handover`,
    `${BETA}/auth/handover/confirm`,
    `${GAMMA}/auth/handover`,
    `${GAMMA}/dashboard`,
  ]);
  expect(way.at(-1)).toBe(`${GAMMA}/dashboard`);
  const me = await browser.at(GAMMA).call('auth.me');
  expect(me.user.email).toBe(GINA);
  expect(me.tenant?.slug).toBe(gamma.slug);
  // Each host has a session of its own, and the mark of the way is gone.
  expect(browser.at(GAMMA).cookies.has(NONCE)).toBe(false);
  expect(browser.at(GAMMA).cookies.get(SESSION)).not.toBe(browser.at(BETA).cookies.get(SESSION));
  expect((await browser.at(BETA).call('auth.me')).tenant?.slug).toBe(beta.slug);
  expect(await database.admin('select 1 from handover_codes where code_hash = $1', [hash(code)])).toEqual([]);
});

test('the database holds neither the code nor what marks the browser, and the log no code', async () => {
  const { browser, url, code } = await ask();
  const { leadsTo } = await browser.open(url);
  await browser.open(leadsTo ?? '');
  const nonce = browser.at(GAMMA).cookies.get(NONCE) ?? '';
  const rows = await database.admin<{ code_hash: string; browser_hash: string }>(
    'select * from handover_codes where code_hash = $1',
    [hash(code)],
  );
  expect(rows).toMatchObject([{ code_hash: hash(code), browser_hash: hash(nonce) }]);
  expect(JSON.stringify(rows)).not.toContain(code);
  expect(JSON.stringify(rows)).not.toContain(nonce);
  const lines = JSON.stringify(server.logLines);
  expect(lines).toContain('/auth/handover/confirm');
  for (const secret of [code, nonce, hash(nonce)]) expect(lines).not.toContain(secret);
});

test('nobody keeps the answers on the way, and they tell the next page nothing', async () => {
  const { browser, url } = await ask();
  const shown = await browser.open(url);
  const stood = await browser.open(shown.leadsTo ?? '');
  const arrived = await browser.open(stood.leadsTo ?? '');
  const used = await browser.open(stood.leadsTo ?? '');
  expect(arrived.leadsTo).toBe(`${GAMMA}/dashboard`);
  for (const { status, headers } of [shown, stood, arrived, used]) {
    expect(status).toBe(302);
    expect(headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
  }
});

test('what marks the browser is closed to scripts, and short-lived', async () => {
  const { browser, url } = await ask();
  const { headers } = await browser.open(url);
  expect(String(headers['set-cookie'])).toMatch(
    /^statuswatch_handover=[\w-]{43}; Max-Age=60; Path=\/; HttpOnly; SameSite=Lax$/,
  );
});

test('an address that somebody else opens, opens nothing for them, and stays good for who asked', async () => {
  const { browser, url } = await ask();
  const thief = new ManyHosts();
  expect((await thief.follow(url)).at(-1)).toBe(`${BETA}${CLOSED}`);
  expect(thief.at(GAMMA).cookies.has(SESSION)).toBe(false);
  // Nor does it for someone who has a session there, but not the one that asked.
  const member = new ManyHosts();
  await member.at(BETA).call('auth.login', { email: GINA, password: PASSWORD });
  expect((await member.follow(url)).at(-1)).toBe(`${BETA}${CLOSED}`);
  expect(member.at(GAMMA).cookies.has(SESSION)).toBe(false);
  expect((await browser.follow(url)).at(-1)).toBe(`${GAMMA}/dashboard`);
});

test('the last address of the way opens nothing in another browser, whatever mark that shows', async () => {
  const { browser, code, last } = await askAndConfirm();
  const thief = new ManyHosts();
  expect((await thief.follow(last)).at(-1)).toBe(`${GAMMA}${CLOSED}`);
  const strange = await ask();
  await strange.browser.open(strange.url);
  expect((await strange.browser.follow(`${GAMMA}/auth/handover?code=${code}`)).at(-1)).toBe(
    `${GAMMA}${CLOSED}`,
  );
  for (const cheat of [thief, strange.browser]) expect(cheat.at(GAMMA).cookies.has(SESSION)).toBe(false);
  expect((await browser.follow(last)).at(-1)).toBe(`${GAMMA}/dashboard`);
});

test('an address that is planted on somebody else signs them in as nobody else', async () => {
  const { url } = await ask();
  const victim = new ManyHosts();
  await victim.at(hostOf(alice.tenant)).call('auth.login', { email: alice.email, password: PASSWORD });
  await victim.follow(url);
  expect(victim.at(GAMMA).cookies.has(SESSION)).toBe(false);
  // Nor by the way's later addresses.
  const { last } = await askAndConfirm();
  await victim.follow(last);
  expect(victim.at(GAMMA).cookies.has(SESSION)).toBe(false);
  expect((await victim.at(hostOf(alice.tenant)).call('auth.me')).user.email).toBe(alice.email);
});

test('a browser that was stood for cannot be exchanged for another', async () => {
  const { browser, code, last } = await askAndConfirm();
  const other = hash('another browser');
  const again = await browser.follow(`${BETA}/auth/handover/confirm?code=${code}&browser=${other}`);
  expect(again.at(-1)).toBe(`${BETA}${CLOSED}`);
  expect((await browser.follow(last)).at(-1)).toBe(`${GAMMA}/dashboard`);
});

test('of twenty tries with the same code at once, one gets in', async () => {
  const { browser, last } = await askAndConfirm();
  const { pathname, search } = new URL(last);
  const cookie = `${NONCE}=${browser.at(GAMMA).cookies.get(NONCE)}`;
  const answers = await Promise.all(
    Array.from({ length: 20 }, () =>
      new ManyHosts().at(GAMMA).raw('GET', pathname + search, { headers: { cookie } }),
    ),
  );
  const leads = answers.map(({ headers }) => headers.location);
  expect(leads.filter((location) => location === '/dashboard')).toHaveLength(1);
  expect(leads.filter((location) => location === CLOSED)).toHaveLength(19);
  const given = answers.filter(({ headers }) => String(headers['set-cookie']).includes(SESSION));
  expect(given).toHaveLength(1);
});

test('a code that was used, has run out, is for another host or never was, leads to the sign-in', async () => {
  const used = await askAndConfirm();
  await used.browser.follow(used.last);
  expect((await used.browser.follow(used.last)).at(-1)).toBe(`${GAMMA}${CLOSED}`);
  // Whoever is signed in there stays so.
  expect((await used.browser.at(GAMMA).call('auth.me')).user.email).toBe(GINA);

  const old = await askAndConfirm();
  await database.admin('update handover_codes set expires_at = now() where code_hash = $1', [hash(old.code)]);
  expect((await old.browser.follow(old.last)).at(-1)).toBe(`${GAMMA}${CLOSED}`);

  const unconfirmed = await ask();
  const { leadsTo } = await unconfirmed.browser.open(unconfirmed.url);
  await database.admin('update handover_codes set expires_at = now() where code_hash = $1', [
    hash(unconfirmed.code),
  ]);
  expect((await unconfirmed.browser.follow(leadsTo ?? '')).at(-1)).toBe(`${BETA}${CLOSED}`);

  const { browser, code } = await ask();
  for (const address of [
    `${hostOf(alice.tenant)}/auth/handover?code=${code}&from=${beta.slug}`,
    `${BETA}/auth/handover?code=${code}&from=${beta.slug}`,
    `${server.origin}/auth/handover?code=${code}&from=${beta.slug}`,
    `${GAMMA}/auth/handover?code=${'A'.repeat(43)}`,
    `${GAMMA}/auth/handover?code=%00`,
    `${GAMMA}/auth/handover`,
    `${BETA}/auth/handover/confirm?code=${code}`,
    `${BETA}/auth/handover/confirm?code=${code}&browser=x`,
  ]) {
    const way = await browser.follow(address);
    expect(way).toEqual([address, `${new URL(address).origin}${CLOSED}`]);
  }
});

test('a code lives for a minute', async () => {
  const { code } = await ask();
  const [row] = await database.admin<{ seconds: number }>(
    `select extract(epoch from expires_at - now())::float8 as seconds from handover_codes where code_hash = $1`,
    [hash(code)],
  );
  expect(row?.seconds).toBeLessThanOrEqual(60);
  expect(row?.seconds).toBeGreaterThan(30);
});

test('nobody is led to a host that is none of ours', async () => {
  const { browser, url, code } = await ask();
  for (const from of ['evil.example', 'evil.example/x', '//evil.example', 'beta.evil', 'x@evil', '%2e']) {
    const { leadsTo } = await browser.open(`${GAMMA}/auth/handover?code=${code}&from=${from}`);
    expect(leadsTo).toBe(`${GAMMA}${CLOSED}`);
  }
  expect((await browser.follow(url)).at(-1)).toBe(`${GAMMA}/dashboard`);
});

test('who left the organization meanwhile does not get in', async () => {
  const { browser, last } = await askAndConfirm();
  const { user } = await browser.at(BETA).call('auth.me');
  await database.admin('delete from members where tenant_id = $1 and user_id = $2', [gamma.id, user.id]);
  expect((await browser.follow(last)).at(-1)).toBe(`${GAMMA}${CLOSED}`);
  expect(browser.at(GAMMA).cookies.has(SESSION)).toBe(false);
  await database.admin(
    `insert into members (tenant_id, user_id, role, name, email) values ($1, $2, 'owner', $3, $4)`,
    [gamma.id, user.id, user.name, user.email],
  );
});

test('who signed out meanwhile does not get in', async () => {
  const { browser, last } = await askAndConfirm();
  await browser.at(BETA).call('auth.logout');
  expect((await browser.follow(last)).at(-1)).toBe(`${GAMMA}${CLOSED}`);
  expect(browser.at(GAMMA).cookies.has(SESSION)).toBe(false);
});

test('whoever was signed in at the other host before, in this browser, is not any more', async () => {
  const { browser, last } = await askAndConfirm();
  const walter = await world.addMember(gamma, 'viewer', 'walter@gamma.example');
  await browser.at(GAMMA).call('auth.login', { email: walter.email, password: PASSWORD });
  const former = browser.at(GAMMA).cookies.get(SESSION) ?? '';
  await browser.follow(last);
  expect((await browser.at(GAMMA).call('auth.me')).user.email).toBe(GINA);
  const kept = new ManyHosts();
  kept.at(GAMMA).cookies.set(SESSION, former);
  expect((await kept.at(GAMMA).refused('auth.me')).status).toBe(401);
});

test('codes of whoever never arrived do not pile up', async () => {
  await ask();
  await database.admin(`update handover_codes set expires_at = now() - interval '1 second'`);
  await ask();
  const [row] = await database.admin<{ count: number }>('select count(*)::int as count from handover_codes');
  expect(row?.count).toBe(1);
});

test('charlie, who belongs to neither, is given no way', async () => {
  const browser = new ManyHosts();
  await browser.at(hostOf(charlie.tenant)).call('auth.login', { email: charlie.email, password: PASSWORD });
  const at = browser.at(hostOf(charlie.tenant));
  const foreign = await at.refused('auth.switchTenant', { tenantSlug: gamma.slug });
  const missing = await at.refused('auth.switchTenant', { tenantSlug: 'no-such-organization' });
  expect(foreign.data.reason).toBe('not_found');
  expect(foreign.text).toBe(missing.text);
});
