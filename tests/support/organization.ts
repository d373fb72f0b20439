import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { hashPassword } from '../../server/domains/accounts/hash-password.ts';
import { ROLES } from '../../shared/tenancy/role.ts';
import { ApiClient } from './api-client.ts';
import type { Things } from './procedure-inputs.ts';
import { PASSWORD, type World } from './world.ts';

/** Who may ask, the least first: someone nobody knows, someone of no organization, and a member in each role. */
export const SEATS = ['visitor', 'outsider', 'viewer', 'member', 'admin', 'owner'] as const;
type Seat = (typeof SEATS)[number];

type Organization = {
  id: string;
  seats: Record<Seat, ApiClient>;
  /** What there is in it, as the one in this seat names it. */
  thingsOf: (seat: Seat) => Things;
};

/** One for all of them: hashing is slow on purpose. */
const passwordHash = hashPassword(PASSWORD);

type Person = { role: string; userId: string; sessionId: string; token: string };

/**
 * An organization with someone in every role, a second viewer, a paused monitor that has changed its state, and an open invitation.
 * People are written into the tables, with sessions: tests that open hundreds could not wait for their passwords.
 */
export async function openOrganization(world: World): Promise<Organization> {
  const id = randomUUID();
  const invitationId = randomUUID();
  const people: Person[] = ['outsider', ...ROLES, 'second'].map((role) => ({
    role,
    userId: randomUUID(),
    sessionId: randomUUID(),
    token: randomBytes(20).toString('hex'),
  }));
  await writePeople(world, id, people);
  await world.database.admin(
    `insert into invitations (tenant_id, id, email, role, invited_by, invited_by_name, expires_at)
      values ($1, $2, 'guest@guests.example', 'member', $3, 'Somebody', now() + interval '1 day')`,
    [id, invitationId, personIn(people, 'owner').userId],
  );

  const clientOf = (token: string | undefined) => {
    const client = new ApiClient(world.server.origin);
    if (token !== undefined) client.cookies.set('statuswatch_session', token);
    return client;
  };
  const seats = Object.fromEntries(
    SEATS.map((seat) => [seat, clientOf(people.find(({ role }) => role === seat)?.token)]),
  ) as Record<Seat, ApiClient>; // fromEntries forgets its keys
  const { id: monitorId } = await seats.owner.call('monitors.create', {
    name: 'Shop',
    kind: 'http',
    target: `https://example.com/${id}`,
  });
  await seats.owner.call('monitors.pause', { monitorId });
  const { items } = await seats.owner.call('stateChanges.list', { monitorId });
  const things = {
    monitorId,
    stateChangeId: items[0]?.id ?? '',
    userId: personIn(people, 'second').userId,
    invitationId,
    tenantSlug: `o-${id}`,
    tenantName: `Organization ${id}`,
  };
  return {
    id,
    seats,
    thingsOf: (seat) => ({
      ...things,
      sessionId: personIn(people, seat === 'visitor' ? 'owner' : seat).sessionId,
    }),
  };
}

function personIn(people: Person[], role: string): Person {
  const person = people.find((each) => each.role === role);
  if (person === undefined) throw new Error(`There is no ${role}.`);
  return person;
}

async function writePeople({ database }: World, tenantId: string, people: Person[]): Promise<void> {
  await database.admin(
    `insert into tenants (id, name, name_key, slug, plan) values ($1, $2, lower($2), $3, 'pro')`,
    [tenantId, `Organization ${tenantId}`, `o-${tenantId}`],
  );
  const hash = await passwordHash;
  for (const { role, userId, sessionId, token } of people) {
    const email = `${role}-${userId}@people.example`;
    await database.admin('insert into users (id, email, name, password_hash) values ($1, $2, $3, $4)', [
      userId,
      email,
      role,
      hash,
    ]);
    await database.admin(
      `insert into sessions (id_hash, public_id, user_id, tenant_id, expires_at, absolute_expires_at)
        values ($1, $2, $3, $4, now() + interval '14 days', now() + interval '90 days')`,
      [createHash('sha256').update(token).digest('hex'), sessionId, userId, tenantId],
    );
    if (role === 'outsider') continue;
    await database.admin(
      'insert into members (tenant_id, user_id, role, name, email) values ($1, $2, $3, $4, $5)',
      [tenantId, userId, role === 'second' ? 'viewer' : role, role, email],
    );
  }
}
