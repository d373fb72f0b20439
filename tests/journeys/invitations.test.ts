import { createHash, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { sendInvitation } from '../../server/domains/tenancy/send-invitation.ts';
import { openMailCatcher, tokenIn } from '../support/mail-catcher.ts';
import { openWorld, PASSWORD } from '../support/world.ts';

const mails = await openMailCatcher();
const world = await openWorld({ environment: mails.environment });
const { alice, bob, charlie, addMember, database, register, server, visitor } = world;
const adam = await addMember(alice.tenant, 'admin', 'adam@acme.example');

let people = 0;
const newAddress = () => `person${++people}@people.example`;
/** Of an organization of its own, so that no test invites more often than one may. */
const newCompany = () => register(`Company ${++people}`, newAddress());
const ABOUT_INVITATION = { subject: /^Invitation/ };
const mailTo = (email: string) => mails.to(email, ABOUT_INVITATION);

/** Has somebody invite an address, and opens the mail. */
async function invite(who = alice, email = newAddress(), role: 'owner' | 'admin' | 'viewer' = 'viewer') {
  const invitation = await who.call('members.invite', { email, role });
  return { email, role, id: invitation.id, token: tokenIn(await mailTo(email)) };
}
const newcomer = (token: string) => ({ token, name: 'Dora Dee', password: PASSWORD });
const lastEntry = async () => (await alice.call('audit.list', { limit: 1 })).items[0];

test('an admin invites an address, and it stands among those who have not answered', async () => {
  const email = newAddress();
  const invitation = await adam.call('members.invite', { email: ` ${email.toUpperCase()} `, role: 'member' });
  expect(invitation).toEqual({
    id: expect.any(String),
    email,
    role: 'member',
    invitedByName: 'adam',
    invitedAt: expect.any(String),
    expiresAt: expect.any(String),
  });
  const day = Date.parse(invitation.expiresAt) - Date.parse(invitation.invitedAt);
  expect(day).toBe(86_400_000);
  const mail = await mailTo(email);
  expect(mail.subject).toContain('Acme');
  expect(mail.text).toContain('adam');
  expect(mail.links[0]?.href).toBe(`${server.origin}/invitation#token=${tokenIn(mail)}`);
  const listed = (await alice.call('members.list')).invitations.find((each) => each.email === email);
  expect(listed).toEqual({ ...invitation, expiresAt: expect.any(String) });
  expect((await bob.call('members.list')).invitations).toEqual([]);
  expect((await bob.refused('members.invite', { email: newAddress(), role: 'viewer' })).status).toBe(403);
  expect(await lastEntry()).toMatchObject({
    actor: { name: 'adam' },
    action: 'member.invited',
    subject: { kind: 'invitation', id: invitation.id, name: email },
    before: {},
    after: { role: 'member' },
    address: adam.address,
  });
});

test('only an owner invites an owner, and deals with the invitation of one', async () => {
  const email = newAddress();
  expect((await adam.refused('members.invite', { email, role: 'owner' })).data.reason).toBe('forbidden');
  const { id } = await alice.call('members.invite', { email, role: 'owner' });
  expect((await adam.refused('members.invite', { email, role: 'viewer' })).data.reason).toBe('forbidden');
  expect((await adam.refused('invitations.withdraw', { invitationId: id })).data.reason).toBe('forbidden');
  await alice.call('invitations.withdraw', { invitationId: id });
});

test('a member is not invited again', async () => {
  const refused = await alice.refused('members.invite', { email: bob.email, role: 'admin' });
  expect([refused.status, refused.data.reason]).toEqual([400, 'invalid_input']);
  expect(refused.data.fields).toEqual({
    email: 'Someone with this address belongs to the organization already.',
  });
});

test('the database, the queue and the log hold no token', async () => {
  const { email, token } = await invite();
  const [row] = await database.admin<{ token_hash: string }>(
    'select token_hash from invitations where email = $1',
    [email],
  );
  expect(row?.token_hash).toBe(createHash('sha256').update(token).digest('hex'));
  const jobs = await database.admin(
    `select data, output from pgboss.job where name = 'tenancy.invitation-mail'`,
  );
  expect(jobs.length).toBeGreaterThan(0);
  await visitor().call('invitations.get', { token });
  for (const secret of [token, email]) {
    expect(JSON.stringify(jobs)).not.toContain(secret);
    expect(JSON.stringify(server.logLines)).not.toContain(secret);
  }
});

test('who holds the token sees what they are asked, and whoever holds none learns nothing', async () => {
  const { email, token } = await invite(adam);
  expect(await visitor().call('invitations.get', { token })).toEqual({
    tenant: { name: 'Acme', slug: alice.tenant.slug },
    email,
    role: 'viewer',
    invitedByName: 'adam',
    expiresAt: expect.any(String),
    hasAccount: false,
  });
  const { token: ofBob } = await invite(charlie, bob.email);
  expect(await visitor().call('invitations.get', { token: ofBob })).toMatchObject({ hasAccount: true });
  const unknown = randomBytes(32).toString('base64url');
  const withdrawn = await invite(adam);
  await adam.call('invitations.withdraw', { invitationId: withdrawn.id });
  const expired = await invite(adam);
  await database.admin(`update invitations set expires_at = now() where id = $1`, [expired.id]);
  const replaced = await invite(adam);
  await invite(adam, replaced.email);
  const used = await invite(adam);
  await visitor().call('invitations.accept', newcomer(used.token));
  const answers = [];
  for (const each of [unknown, withdrawn.token, expired.token, replaced.token, used.token]) {
    const shown = await visitor().refused('invitations.get', { token: each });
    const accepted = await visitor().refused('invitations.accept', newcomer(each));
    expect([shown.status, shown.data.reason, shown.message]).toEqual([
      400,
      'token_expired',
      accepted.message,
    ]);
    answers.push(shown.text, accepted.text.replace('invitations.accept', 'invitations.get'));
  }
  expect(new Set(answers).size).toBe(1);
});

test('someone new chooses name and password, has a verified address, and is signed in to the organization', async () => {
  const { email, token } = await invite(adam, newAddress(), 'admin');
  const dora = visitor();
  const missing = await dora.refused('invitations.accept', { token });
  expect(missing.data.fields).toEqual({
    name: 'Enter your name.',
    password: expect.stringMatching(/^Still missing/),
  });
  const weak = await dora.refused('invitations.accept', { ...newcomer(token), password: 'Password1234!' });
  expect(Object.keys(weak.data.fields ?? {})).toEqual(['password']);
  const answer = await dora.call('invitations.accept', newcomer(token));
  expect(answer).toEqual({ tenant: alice.tenant });
  expect(await dora.call('auth.me')).toMatchObject({
    user: { email, name: 'Dora Dee', emailVerified: true },
    tenant: { id: alice.tenant.id },
    role: 'admin',
  });
  const { members, invitations } = await dora.call('members.list');
  expect(members.find((each) => each.isYou)).toMatchObject({ email, name: 'Dora Dee', role: 'admin' });
  expect(invitations.map((each) => each.email)).not.toContain(email);
  expect(await lastEntry()).toMatchObject({
    actor: { kind: 'user', name: 'Dora Dee' },
    action: 'member.joined',
    subject: { kind: 'member', name: 'Dora Dee' },
    after: { email, role: 'admin' },
    address: dora.address,
  });
  await visitor().call('auth.login', { email, password: PASSWORD });
});

test('someone with an account joins with its password, and with no other', async () => {
  const owner = await newCompany();
  const { token } = await invite(alice, owner.email);
  const client = visitor();
  expect((await client.refused('invitations.accept', { token })).data.fields).toEqual({
    password: 'Enter your password.',
  });
  const wrong = await client.refused('invitations.accept', { ...newcomer(token), password: `${PASSWORD}!` });
  expect([wrong.status, wrong.data.reason]).toEqual([401, 'invalid_credentials']);
  expect(client.cookies.size).toBe(0);
  await client.call('invitations.accept', newcomer(token));
  const me = await client.call('auth.me');
  expect(me.user).toMatchObject({ email: owner.email, emailVerified: true });
  // The account keeps its own name, whatever was typed.
  expect(me.user.name).toBe(owner.email.split('@')[0]);
  expect([me.tenant?.id, me.role]).toEqual([alice.tenant.id, 'viewer']);
  expect(me.memberships.map(({ tenant, role }) => [tenant.id, role]).sort()).toEqual(
    [
      [owner.tenant.id, 'owner'],
      [alice.tenant.id, 'viewer'],
    ].sort(),
  );
});

test('who is signed in with the invited address joins at once, with a new session token', async () => {
  const owner = await newCompany();
  const { token } = await invite(alice, owner.email);
  const former = new Map(owner.cookies);
  await owner.call('invitations.accept', { token });
  expect((await owner.call('auth.me')).tenant?.id).toBe(alice.tenant.id);
  const thief = visitor();
  for (const [name, value] of former) thief.cookies.set(name, value);
  expect((await thief.refused('auth.me')).data.reason).toBe('not_signed_in');
});

test('who is signed in as someone else is told so, and the invitation stands', async () => {
  const { email, token } = await invite();
  const refused = await charlie.refused('invitations.accept', newcomer(token));
  expect([refused.status, refused.data.reason]).toEqual([409, 'conflict']);
  expect(refused.message).toBe(
    `This invitation is for ${email}, and you are signed in as ${charlie.email}. Sign out, then open the link again.`,
  );
  await visitor().call('invitations.accept', newcomer(token));
});

test.each(['new', 'known', 'signed in'])(
  'of twenty who use one token at once, one joins (%s)',
  async (kind) => {
    const owner = await newCompany();
    const known = kind === 'new' ? null : await newCompany();
    const { email, token } = await invite(owner, known?.email ?? newAddress());
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        (kind === 'signed in' && known !== null ? known : visitor()).send(
          'invitations.accept',
          newcomer(token),
        ),
      ),
    );
    const joined = answers.filter(({ status }) => status === 200);
    expect(joined).toHaveLength(1);
    const refusals = answers
      .filter(({ status }) => status !== 200)
      .map(({ text }) => JSON.parse(text).error.data.reason);
    for (const reason of refusals)
      expect(['token_expired', 'rate_limited', 'not_signed_in']).toContain(reason);
    const members = (await owner.call('members.list')).members.filter((each) => each.email === email);
    expect(members).toHaveLength(1);
    expect(await database.admin('select 1 from users where email = $1', [email])).toHaveLength(1);
  },
);

test('two invitations of one new address, accepted at once, make one account', async () => {
  const [first, second] = [await newCompany(), await newCompany()];
  const { email, token } = await invite(first);
  const { token: other } = await invite(second, email);
  const clients = [visitor(), visitor()];
  const accepting = [token, other].map((each, turn) =>
    clients[turn]?.call('invitations.accept', newcomer(each)),
  );
  await Promise.all(accepting);
  expect((await clients[0]?.call('auth.me'))?.memberships).toHaveLength(2);
});

test('inviting an address again replaces the invitation, with a mail of its own', async () => {
  const first = await invite();
  const second = await invite(adam, first.email, 'admin');
  expect(second.id).not.toBe(first.id);
  const invited = (await alice.call('members.list')).invitations.filter((each) => each.email === first.email);
  expect(invited).toMatchObject([{ id: second.id, role: 'admin', invitedByName: 'adam' }]);
  expect((await visitor().refused('invitations.get', { token: first.token })).status).toBe(400);
  expect(await lastEntry()).toMatchObject({ before: { role: 'viewer' }, after: { role: 'admin' } });
  await visitor().call('invitations.accept', newcomer(second.token));
});

test('an invitation that was taken back is written down, and its mail is not sent any more', async () => {
  const owner = await newCompany();
  const { email, id } = await invite(owner);
  await owner.call('invitations.withdraw', { invitationId: id });
  expect((await owner.call('audit.list', { limit: 1 })).items[0]).toMatchObject({
    action: 'member.invitation_withdrawn',
    subject: { kind: 'invitation', id, name: email },
    before: { role: 'viewer' },
    after: {},
  });
  expect((await owner.refused('invitations.withdraw', { invitationId: id })).status).toBe(404);
  await sendInvitation(server.services, { tenantId: owner.tenant.id, invitationId: id });
  expect(mails.all().filter(({ to }) => to === email)).toHaveLength(1);
});

test('the answer to an invitation does not tell whether the address has an account', async () => {
  const owner = await newCompany();
  const known = await owner.call('members.invite', { email: charlie.email, role: 'viewer' });
  const unknown = await owner.call('members.invite', { email: newAddress(), role: 'viewer' });
  expect(Object.keys(known)).toEqual(Object.keys(unknown));
  const [toKnown, toUnknown] = [await mailTo(known.email), await mailTo(unknown.email)];
  expect(toKnown.text.replace(tokenIn(toKnown), '')).toBe(toUnknown.text.replace(tokenIn(toUnknown), ''));
});

test('nobody joins an organization that is about to be deleted', async () => {
  const owner = await newCompany();
  const { token } = await invite(owner);
  await owner.call('tenants.remove', { name: owner.tenant.name });
  for (const call of ['invitations.get', 'invitations.accept'] as const) {
    const refused = await visitor().refused(call, newcomer(token));
    expect([refused.status, refused.data.reason]).toEqual([409, 'conflict']);
  }
  await owner.call('tenants.undoRemoval');
  await visitor().call('invitations.accept', newcomer(token));
});

test('a page of somebody else cannot have a browser join', async () => {
  const { token } = await invite();
  const answer = await visitor().send('invitations.accept', newcomer(token), {
    origin: 'https://evil.example',
  });
  expect(answer.status).toBe(403);
});
