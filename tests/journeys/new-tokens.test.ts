import pg from 'pg';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { mintToken } from '../../server/domains/accounts/mint-token.ts';
import { type Answer, ApiClient } from '../support/api-client.ts';
import { openEventStream } from '../support/event-stream.ts';
import { eventually } from '../support/eventually.ts';
import { openWorld, PASSWORD, type Persona } from '../support/world.ts';

const { addMember, database, register, server, visitor } = await openWorld();
const COOKIE = 'statuswatch_session';
const NEW_PASSWORD = 'Another-Horse-8-Battery';

/** Holds a row that others need. */
const holder = new pg.Client({ connectionString: database.adminUrl });
await holder.connect();
afterAll(() => holder.end());

async function hold(statement: string, values: unknown[]): Promise<void> {
  await holder.query('begin');
  onTestFinished(async () => {
    await holder.query('rollback'); // nothing is left of it, where all went well
  });
  await holder.query(statement, values);
}
const holdSession = async (who: ApiClient) =>
  hold('select 1 from sessions where public_id = $1 for update', [await sessionIdOf(who)]);
const somebodiesWait = (count: number) =>
  eventually(async () => {
    const waiting = await database.admin(
      `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    return waiting.length >= count;
  });

const idOf = async (who: ApiClient) => (await who.call('auth.me')).user.id;
const sessionIdOf = async (who: ApiClient) =>
  (await who.call('sessions.list')).sessions.find(({ isCurrent }) => isCurrent)?.id ?? '';
const tokenIn = ({ headers }: Answer) =>
  [headers['set-cookie'] ?? []].flat().filter((cookie) => cookie.startsWith(`${COOKIE}=`));

/** Somebody with the same cookie: another tab, or a thief. */
function copyOf(who: ApiClient): ApiClient {
  const copy = visitor();
  for (const [name, value] of who.cookies) copy.cookies.set(name, value);
  return copy;
}

let companies = 0;
/** An organization of two owners, of whom the first has another one too. */
async function openCompany() {
  const mark = `t${++companies}`;
  const owner = await register(`Company ${mark}`, `owner@${mark}.example`);
  const second = await addMember(owner.tenant, 'owner', `second@${mark}.example`);
  const input = { email: owner.email, password: PASSWORD, passwordConfirmation: PASSWORD };
  const { tenant } = await visitor().call('auth.register', { ...input, organizationName: `Other ${mark}` });
  return { owner, second, other: tenant, ids: { owner: await idOf(owner), second: await idOf(second) } };
}
type Company = Awaited<ReturnType<typeof openCompany>>;

const changePassword = (who: ApiClient) =>
  who.send('auth.changePassword', {
    currentPassword: PASSWORD,
    password: NEW_PASSWORD,
    passwordConfirmation: NEW_PASSWORD,
  });

const OWN_CHANGES: Record<string, (company: Company) => Promise<Answer>> = {
  'changes their own role': ({ owner, ids }) =>
    owner.send('members.changeRole', { userId: ids.owner, role: 'viewer' }),
  'gives ownership away': ({ owner, ids }) => owner.send('members.transferOwnership', { userId: ids.second }),
  leaves: ({ owner }) => owner.send('members.leave'),
  'removes themselves': ({ owner, ids }) => owner.send('members.remove', { userId: ids.owner }),
  'switches to another organization': ({ owner, other }) =>
    owner.send('auth.switchTenant', { tenantSlug: other.slug }),
  'changes the password': ({ owner }) => changePassword(owner),
  'changes the address': async ({ owner, ids }) => {
    const email = `new-${owner.email}`;
    await owner.call('auth.requestEmailChange', { email, currentPassword: PASSWORD });
    const token = await server.services.identity.transaction((tx) =>
      mintToken(tx, { purpose: 'change_email', userId: ids.owner, email }),
    );
    return owner.send('auth.confirmEmailChange', { token });
  },
};

test.each(Object.entries(OWN_CHANGES))(
  'who %s goes on under a new token, and whoever had the one of before is out',
  async (_name, change) => {
    const company = await openCompany();
    const { owner } = company;
    const sessionId = await sessionIdOf(owner);
    const thief = copyOf(owner);
    const answer = await change(company);
    expect([answer.status, tokenIn(answer).length]).toEqual([200, 1]);
    expect((await thief.refused('auth.me')).status).toBe(401);
    expect(await sessionIdOf(owner)).toBe(sessionId);
  },
);

test('what is refused, and what changes nothing, leaves the token as it is', async () => {
  const { owner, ids } = await openCompany();
  const before = owner.cookies.get(COOKIE);
  await owner.refused('members.transferOwnership', { userId: ids.owner });
  await owner.call('members.changeRole', { userId: ids.owner, role: 'owner' });
  expect(owner.cookies.get(COOKIE)).toBe(before);
});

test.each(['demoted', 'removed'] as const)(
  'who was %s by somebody else has the session of before, the rights of now, and a stream that ends within five seconds',
  async (how) => {
    const { owner, second, ids } = await openCompany();
    const token = second.cookies.get(COOKIE);
    const stream = await openEventStream(second);
    await eventually(() => stream.events.length > 0);
    const startedAt = performance.now();
    if (how === 'demoted') await owner.call('members.changeRole', { userId: ids.second, role: 'viewer' });
    else await owner.call('members.remove', { userId: ids.second });
    expect((await second.call('auth.me')).role).toBe(how === 'demoted' ? 'viewer' : null);
    expect((await second.refused('members.invite', { email: 'a@b.example', role: 'viewer' })).status).toBe(
      403,
    );
    await eventually(() => stream.ended(), 8000);
    expect(performance.now() - startedAt).toBeLessThan(5000);
    expect(second.cookies.get(COOKIE)).toBe(token);
  },
);

test('who was made an owner by somebody else may at once what owners may', async () => {
  const { owner, ids } = await openCompany();
  const viewer = await addMember(owner.tenant, 'viewer', `viewer@${owner.tenant.slug}.example`);
  await owner.call('members.transferOwnership', { userId: await idOf(viewer) });
  await viewer.call('members.changeRole', { userId: ids.second, role: 'member' });
});

test('two tabs that switch at once: one has the token renewed, and both stay signed in', async () => {
  const { owner, other } = await openCompany();
  await holdSession(owner);
  const tabs = [owner.tenant, other].map((tenant) => {
    const tab = copyOf(owner);
    return tab.send('auth.switchTenant', { tenantSlug: tenant.slug });
  });
  await somebodiesWait(2);
  await holder.query('commit');
  const answers = await Promise.all(tabs);
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  const [token = '', ...more] = answers.flatMap(tokenIn);
  expect(more).toEqual([]);
  // In whatever order they arrive, the browser is left with this one.
  const browser = visitor();
  browser.cookies.set(COOKIE, /=([^;]*)/.exec(token)?.[1] ?? '');
  expect((await browser.call('auth.me')).user.email).toBe(owner.email);
});

test('a new password is not set for who holds a token that was renewed in this moment, and is with the renewed one', async () => {
  const { owner, other } = await openCompany();
  const [tab, thief] = [copyOf(owner), copyOf(owner)];
  await holdSession(owner);
  const switched = thief.send('auth.switchTenant', { tenantSlug: other.slug });
  await somebodiesWait(1);
  const changed = changePassword(tab);
  await somebodiesWait(2);
  await holder.query('commit');
  expect([(await switched).status, (await changed).status]).toEqual([200, 409]);
  expect((await changePassword(thief)).status).toBe(200);
});

/** Changes the password, and holds that at its last step, before it stands. */
async function beginNewPassword({ owner }: { owner: Persona }): Promise<Promise<Answer>[]> {
  await holdSession(owner);
  const changed = changePassword(owner);
  await somebodiesWait(1);
  return [changed];
}

test('a sign-in with the password of before, in the instant it is changed, opens nothing', async () => {
  const company = await openCompany();
  const [changed] = await beginNewPassword(company);
  const { email, tenant } = company.owner;
  const signedIn = visitor().send('auth.login', { email, password: PASSWORD, tenantSlug: tenant.slug });
  await somebodiesWait(2);
  await holder.query('commit');
  expect([(await changed)?.status, (await signedIn).status]).toEqual([200, 401]);
  expect((await company.owner.call('sessions.list')).sessions).toHaveLength(1);
});

test('a sign-in in the instant in which a mail’s link sets another password opens nothing', async () => {
  const { owner, ids } = await openCompany();
  const { email, tenant } = owner;
  const token = await server.services.identity.transaction((tx) =>
    mintToken(tx, { purpose: 'reset_password', userId: ids.owner, email }),
  );
  await holdSession(owner);
  const input = { token, password: NEW_PASSWORD, passwordConfirmation: NEW_PASSWORD };
  const changed = visitor().send('auth.resetPassword', input);
  await somebodiesWait(1);
  const signedIn = visitor().send('auth.login', { email, password: PASSWORD, tenantSlug: tenant.slug });
  await somebodiesWait(2);
  await holder.query('commit');
  expect([(await changed).status, (await signedIn).status]).toEqual([200, 401]);
  expect(await database.admin('select 1 from sessions where user_id = $1', [ids.owner])).toEqual([]);
});

/** Goes from one of an owner's organizations to the other, and stops before the last step, which makes a session there. */
async function goToAnotherHost({ owner, other }: Company) {
  const host = (slug: string) => new ApiClient(`http://${slug}.localhost:${server.port}`);
  const follow = async (client: ApiClient, to: string) => {
    const { pathname, search } = new URL(to);
    const { headers } = await client.raw('GET', pathname + search);
    return String(headers.location);
  };
  const [here, there] = [host(owner.tenant.slug), host(other.slug)];
  await here.call('auth.login', { email: owner.email, password: PASSWORD });
  const { url } = await here.call('auth.switchTenant', { tenantSlug: other.slug });
  const back = await follow(here, await follow(there, url));
  return { there, arrive: () => follow(there, back) };
}

test('a way to another host, in the instant the password is changed, ends at a closed door', async () => {
  const company = await openCompany();
  const { there, arrive } = await goToAnotherHost(company);
  const [changed] = await beginNewPassword(company);
  const arrival = arrive();
  await somebodiesWait(2);
  await holder.query('commit');
  expect((await changed)?.status).toBe(200);
  expect(await arrival).toBe('/login?handover=closed');
  expect(there.cookies.has(COOKIE)).toBe(false);
});

test('a session that begins at another host just before the password is changed ends with it', async () => {
  const company = await openCompany();
  const { there, arrive } = await goToAnotherHost(company);
  await hold('lock table sessions in share mode', []);
  const arrival = arrive();
  await somebodiesWait(1);
  const changed = changePassword(company.owner);
  await somebodiesWait(2);
  await holder.query('commit');
  expect([(await changed).status, await arrival]).toEqual([200, '/dashboard']);
  expect((await there.refused('auth.me')).status).toBe(401);
});
