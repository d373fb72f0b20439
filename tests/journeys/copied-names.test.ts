import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { mintToken } from '../../server/domains/accounts/mint-token.ts';
import { tokenHash } from '../../server/domains/accounts/token-hash.ts';
import type { Answer } from '../support/api-client.ts';
import { eventually } from '../support/eventually.ts';
import { somebodyWaits } from '../support/somebody-waits.ts';
import { openWorld, PASSWORD } from '../support/world.ts';

// Organizations have copies of what their members are called, and of their addresses. Who joins one in the very instant in which
// either changes must not leave a copy of before.

const { alice, charlie, addMember, database, server, visitor } = await openWorld();
const { identity } = server.services;

/** Holds a lock that somebody needs in the middle of what they do. */
const holder = new pg.Client({ connectionString: database.adminUrl });
await holder.connect();
afterAll(() => holder.end());

async function begin() {
  await holder.query('begin');
  onTestFinished(async () => {
    await holder.query('rollback'); // nothing is left of it, where all went well
  });
}

let people = 0;
async function openPerson() {
  const email = `person${++people}@races.example`;
  const person = await addMember(charlie.tenant, 'member', email);
  return { person, email, userId: (await person.call('auth.me')).user.id };
}
type Person = Awaited<ReturnType<typeof openPerson>>;

/** An invitation of an address, and its token, without the mail. */
async function invite(email: string): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await database.admin(
    `insert into invitations (tenant_id, email, role, invited_by, invited_by_name, token_hash, expires_at)
      select tenant_id, $2, 'viewer', user_id, name, $3, now() + interval '1 day' from members where email = $1`,
    [alice.email, email, tokenHash(token)],
  );
  return token;
}

const JOINS = {
  'accepts an invitation while signed in': async ({ person, email }: Person) => {
    const token = await invite(email);
    return () => person.send('invitations.accept', { token });
  },
  'accepts an invitation with the password': async ({ email }: Person) => {
    const token = await invite(email);
    return () => visitor().send('invitations.accept', { token, password: PASSWORD });
  },
  'registers another organization': async ({ email }: Person) => {
    const input = {
      organizationName: `Of ${email}`,
      email,
      password: PASSWORD,
      passwordConfirmation: PASSWORD,
    };
    return () => visitor().send('auth.register', input);
  },
};

const CHANGES = {
  name:
    async ({ person }: Person) =>
    () =>
      person.send('auth.updateProfile', { name: 'New Name' }),
  email: async ({ person, userId, email }: Person) => {
    const wanted = `new-${email}`;
    await person.call('auth.requestEmailChange', { email: wanted, currentPassword: PASSWORD });
    const token = await identity.transaction((tx) =>
      mintToken(tx, { purpose: 'change_email', userId, email: wanted }),
    );
    return (): Promise<Answer> => visitor().send('auth.confirmEmailChange', { token });
  },
};

const CASES = Object.keys(JOINS).flatMap((join) =>
  Object.keys(CHANGES).map((change) => ({ join, change })),
) as {
  join: keyof typeof JOINS;
  change: keyof typeof CHANGES;
}[];

const waiting = async () =>
  (
    await database.admin(
      `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    )
  ).length;

/** Copies that are not what the account says. */
const wrongCopies = () =>
  database.admin(
    `select m.name, m.email from members m join users u on u.id = m.user_id where (m.name, m.email) <> (u.name, u.email)`,
  );

const membershipsOf = async (userId: string) =>
  (await database.admin('select 1 from members where user_id = $1', [userId])).length;

/** Does the first until it waits for what is held, then the second until it is done or waits too, and lets go. */
async function meet(first: () => Promise<Answer>, second: () => Promise<Answer>) {
  const begun = first();
  await somebodyWaits(database);
  let done = false;
  const other = second().finally(() => {
    done = true;
  });
  await eventually(async () => done || (await waiting()) > 1);
  await holder.query('commit');
  return Promise.all([begun, other]);
}

test.each(CASES)(
  'who $join, and whose $change changes before that is done, is called as they are then',
  async (one) => {
    const somebody = await openPerson();
    const [join, change] = [await JOINS[one.join](somebody), await CHANGES[one.change](somebody)];
    await begin();
    await holder.query('lock table audit_log in exclusive mode'); // the last that a join writes
    const [joined, changed] = await meet(join, change);
    expect([joined.status, changed.status]).toEqual([200, 200]);
    expect(await membershipsOf(somebody.userId)).toBe(2);
    expect(await wrongCopies()).toEqual([]);
  },
);

test.each(CASES)('who $join while their $change is being changed is called as they are then', async (one) => {
  const somebody = await openPerson();
  const [join, change] = [await JOINS[one.join](somebody), await CHANGES[one.change](somebody)];
  await begin();
  // The last that a change writes.
  await holder.query('select 1 from members where user_id = $1 for update', [somebody.userId]);
  const [changed, joined] = await meet(change, join);
  expect(changed.status).toBe(200);
  expect(await wrongCopies()).toEqual([]);
  if (one.change === 'name' || one.join === 'registers another organization') {
    expect(joined.status).toBe(200);
  } else {
    // The invitation was for the address of before.
    expect(joined.status).toBeGreaterThanOrEqual(400);
    expect(joined.status).toBeLessThan(500);
  }
});
