import { expect, test } from 'vitest';
import { openWorld, PASSWORD } from '../support/world.ts';

const { alice, charlie, database, server, visitor } = await openWorld();

const form = (organizationName: string, email: string, more: Record<string, unknown> = {}) => ({
  organizationName,
  email,
  password: PASSWORD,
  passwordConfirmation: PASSWORD,
  ...more,
});

/** Everything that a registration may leave behind, counted. */
const counts = async () => {
  const [row] = await database.admin<{ users: number; tenants: number; members: number }>(
    `select (select count(*)::int from users) as users, (select count(*)::int from tenants) as tenants,
      (select count(*)::int from members) as members`,
  );
  return row;
};

test('alice is the owner of the organization she registered, on the free plan', async () => {
  expect(await alice.call('auth.me')).toEqual({
    user: {
      id: expect.any(String),
      email: 'alice@acme.example',
      name: 'alice',
      emailVerified: false,
      pendingEmail: null,
    },
    tenant: {
      ...alice.tenant,
      name: 'Acme',
      slug: 'acme',
      plan: 'free',
      url: `http://acme.localhost:${server.port}`,
      removesAt: null,
    },
    role: 'owner',
    memberships: [{ tenant: alice.tenant, role: 'owner' }],
  });
});

test('registering signs nobody in', async () => {
  const dora = visitor();
  const { tenant } = await dora.call('auth.register', form('Dora & Sons', 'Dora@Sons.example '));
  expect(tenant).toEqual({
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    name: 'Dora & Sons',
    slug: 'dora-sons',
  });
  expect(dora.cookies.size).toBe(0);
  expect((await dora.refused('auth.me')).data.reason).toBe('not_signed_in');
  // However she types it next time, it is the same address.
  await dora.call('auth.login', { email: ' DORA@sons.example', password: PASSWORD });
  expect((await dora.call('auth.me')).user.email).toBe('dora@sons.example');
});

test.each(['Acme', 'ACME', '  acme ', 'Ａｃｍｅ', 'aCmE\u00a0'])(
  'the name %j is taken once Acme has it',
  async (name) => {
    const before = await counts();
    const refusal = await visitor().refused('auth.register', form(name, 'eve@elsewhere.example'));
    expect(refusal.status).toBe(409);
    expect(refusal.message).toBe('This organization name is already taken. Please choose another name.');
    expect(refusal.data).toMatchObject({
      reason: 'duplicate_organization_name',
      code: 'CONFLICT',
      httpStatus: 409,
    });
    expect(await counts()).toEqual(before);
  },
);

test('spacing inside a name makes no other name', async () => {
  await visitor().call('auth.register', form('Blue Sky', 'sky@blue.example'));
  const refusal = await visitor().refused('auth.register', form('blue \t  SKY', 'sky2@blue.example'));
  expect(refusal.data.reason).toBe('invalid_input'); // a tab is a control character
  const again = await visitor().refused('auth.register', form('blue    SKY', 'sky2@blue.example'));
  expect(again.data.reason).toBe('duplicate_organization_name');
});

test('a reserved or taken subdomain gets a suffix, and twenty of one name still get theirs', async () => {
  const register = async (name: string, email: string) =>
    (await visitor().call('auth.register', form(name, email))).tenant.slug;
  expect(await register('Status', 'status@reserved.example')).toBe('status-2');
  expect(await register('Café Zürich!', 'cafe@zurich.example')).toBe('cafe-zurich');
  const slugs = new Set<string>();
  for (let number = 0; number < 12; number++) {
    // Names that differ, and fold to the same letters.
    slugs.add(await register(`Same${'!'.repeat(number)}`, `same${number}@same.example`));
  }
  expect(slugs.size).toBe(12);
  expect([...slugs].slice(0, 3)).toEqual(['same', 'same-2', 'same-3']);
});

test('an account gets its second organization with its own password', async () => {
  const { tenant } = await visitor().call('auth.register', form("Charlie's Second", charlie.email));
  const memberships = (await charlie.call('auth.me')).memberships;
  expect(memberships).toEqual([
    { tenant: charlie.tenant, role: 'owner' },
    { tenant, role: 'owner' },
  ]);
});

test('a stranger with alice’s email and another password learns nothing and makes nothing', async () => {
  const password = 'Another-Horse-8-Battery';
  const before = await counts();
  const strange = form('Stolen Goods', alice.email, { password, passwordConfirmation: password });
  const answer = await visitor().send('auth.register', strange);
  const honest = await visitor().send('auth.register', form('Honest Goods', 'honest@goods.example'));
  expect(answer.status).toBe(honest.status);
  const withoutNames = (text: string) =>
    text
      .replace(/[0-9a-f-]{36}/, 'ID')
      .replace(/Stolen|Honest/, 'NAME')
      .replace(/stolen|honest/, 'name');
  expect(withoutNames(answer.text)).toBe(withoutNames(honest.text));
  expect(await counts()).toEqual({
    users: (before?.users ?? 0) + 1,
    tenants: (before?.tenants ?? 0) + 1,
    members: (before?.members ?? 0) + 1,
  });
  // The operator can tell the two apart; the stranger cannot.
  const events = server.logLines
    .map((line) => line.event)
    .filter((event) => event?.startsWith('security.reg'));
  expect(events.slice(-2)).toEqual(['security.registration_refused', 'security.registered']);
  const login = await visitor().refused('auth.login', { email: alice.email, password });
  expect(login.data.reason).toBe('invalid_credentials');
});

test('a stranger cannot tell by the time either whether an email has an account', async () => {
  const password = 'Another-Horse-8-Battery';
  const timed = async (email: string, turn: number) => {
    const startedAt = performance.now();
    const name = `Timed ${email} ${turn}`;
    await visitor().call('auth.register', form(name, email, { password, passwordConfirmation: password }));
    return performance.now() - startedAt;
  };
  // The least of many is what the work takes; what else the machine does comes on top. Busy, it needs more of them.
  const least = { known: Number.POSITIVE_INFINITY, unknown: Number.POSITIVE_INFINITY };
  const isTold = () => least.known / least.unknown < 0.6 || least.known / least.unknown > 1.6;
  for (let turn = 0; turn < 6 || (isTold() && turn < 60); turn++) {
    least.known = Math.min(least.known, await timed(alice.email, turn));
    least.unknown = Math.min(least.unknown, await timed(`nobody${turn}@timed.example`, turn));
  }
  expect(isTold(), JSON.stringify(least)).toBe(false);
});

test('two people who take the same name in the same instant: one has it', async () => {
  const before = await counts();
  const answers = await Promise.all(
    [1, 2, 3, 4].map((number) =>
      visitor().send('auth.register', form('Rush Hour', `rush${number}@hour.example`)),
    ),
  );
  expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409, 409, 409]);
  expect((await counts())?.users).toBe((before?.users ?? 0) + 1);
});

test('one person who presses the button twice has one account and both organizations', async () => {
  const answers = await Promise.all([
    visitor().send('auth.register', form('Double One', 'double@click.example')),
    visitor().send('auth.register', form('Double Two', 'double@click.example')),
  ]);
  expect(answers.map((answer) => answer.status)).toEqual([200, 200]);
  const accounts = await database.admin(`select 1 from users where email = 'double@click.example'`);
  expect(accounts).toHaveLength(1);
});

const STEPS = [
  ['the account', 'users', ''],
  ['the organization', 'tenants', ''],
  ['the membership', 'members', ''],
  ['the commit', 'members', 'deferrable initially deferred'],
] as const;

test.each(STEPS)('when %s cannot be made, nothing is left half-made', async (_step, table, deferred) => {
  await database.admin(`create or replace function fail_step() returns trigger language plpgsql as
    $$ begin raise exception 'this step fails'; end $$`);
  await database.admin(
    deferred === ''
      ? `create trigger fail_step before insert on ${table} for each row execute function fail_step()`
      : `create constraint trigger fail_step after insert on ${table} ${deferred} for each row execute function fail_step()`,
  );
  const before = await counts();
  const input = form('Half Made', 'half@made.example');
  try {
    const refusal = await visitor().refused('auth.register', input);
    expect(refusal.status).toBe(500);
    expect(refusal.data.reason).toBe('internal');
    expect(refusal.text).not.toContain('this step fails');
    expect(await counts()).toEqual(before);
    expect(server.takeErrors().length).toBeGreaterThan(0);
  } finally {
    await database.admin(`drop trigger fail_step on ${table}`);
  }
  // The same form goes through once the trouble is over, so nothing was taken.
  await visitor().call('auth.register', input);
  await database.admin(`delete from tenants where name = 'Half Made'`);
  await database.admin(`delete from users where email = 'half@made.example'`);
});

const MISTAKES: [what: string, input: Record<string, unknown>, field: string, sentence: RegExp][] = [
  ['no name', { organizationName: ' ' }, 'organizationName', /Name your organization/],
  ['a name of signs', { organizationName: '!!!' }, 'organizationName', /letter or digit/],
  ['an email without a host', { email: 'alice' }, 'email', /not an email address/],
  ['a short password', { password: 'Aa1!aaaaaaa' }, 'password', /12 characters/],
  ['a password without a symbol', { password: 'Aa1aaaaaaaaa' }, 'password', /symbol/],
  ['a password without upper case', { password: 'aa1!aaaaaaaa' }, 'password', /upper-case/],
  ['a password without lower case', { password: 'AA1!AAAAAAAA' }, 'password', /lower-case/],
  ['a password without a digit', { password: 'Aaa!aaaaaaaa' }, 'password', /digit/],
  [
    'two passwords that differ',
    { passwordConfirmation: 'Other-Horse-9-Battery' },
    'passwordConfirmation',
    /not the same/,
  ],
];

test.each(MISTAKES)('%s is told at its field', async (_what, mistake, field, sentence) => {
  const refusal = await visitor().refused('auth.register', form('New Name', 'new@name.example', mistake));
  expect(refusal.status).toBe(400);
  expect(refusal.data.reason).toBe('invalid_input');
  expect(refusal.data.fields?.[field]).toMatch(sentence);
});
