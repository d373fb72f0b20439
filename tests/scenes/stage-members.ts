import { randomUUID } from 'node:crypto';
import type { Role } from '../../shared/tenancy/role.ts';

type Admin = (sql: string, values?: unknown[]) => Promise<unknown>;

type StagedPerson = { name: string; email: string; role: Role; daysAgo: number };

/** People of a team, with a name and an address that do not fit among them. They cannot sign in: nobody plays them. */
export const TEAM: StagedPerson[] = [
  { name: 'Maya Okonkwo', email: 'maya@acme.example', role: 'owner', daysAgo: 212 },
  { name: 'Jonas Lindqvist', email: 'jonas.lindqvist@acme.example', role: 'admin', daysAgo: 96 },
  {
    name: 'Wolfeschlegelsteinhausenbergerdorff, Hubert Blaine',
    email: 'hubert.blaine.wolfeschlegelsteinhausenbergerdorff@operations.acme.example',
    role: 'member',
    daysAgo: 21,
  },
  { name: 'Tomoko Arai', email: 'tomoko@acme.example', role: 'member', daysAgo: 3 },
];

/** More people than are seen at a glance. */
export const CROWD: StagedPerson[] = Array.from({ length: 24 }, (_none, index) => ({
  name: `Dispatcher ${index + 1}`,
  email: `dispatcher-${index + 1}@northwind.example`,
  role: index % 7 === 2 ? 'admin' : 'member',
  daysAgo: 300 - index * 12,
}));

export async function addPeople(admin: Admin, tenantId: string, people: StagedPerson[]): Promise<void> {
  for (const { name, email, role, daysAgo } of people) {
    const userId = randomUUID();
    await admin(
      `insert into users (id, email, name, password_hash) values ($1, $2, $3, 'of nobody who signs in')`,
      [userId, email, name],
    );
    await admin(
      `insert into members (tenant_id, user_id, role, name, email, created_at)
        values ($1, $2, $3, $4, $5, now() - make_interval(days => $6))`,
      [tenantId, userId, role, name, email, daysAgo],
    );
  }
}

/** Two who have not answered yet, and one whose day is over. */
export async function addInvitations(admin: Admin, tenantId: string, invitedBy: string): Promise<void> {
  const invitations = [
    { email: 'ines@partner.example', role: 'viewer', hoursAgo: 3 },
    { email: 'kwame@acme.example', role: 'admin', hoursAgo: 20 },
    { email: 'lucia@acme.example', role: 'member', hoursAgo: 75 },
  ];
  for (const { email, role, hoursAgo } of invitations) {
    await admin(
      `insert into invitations (tenant_id, id, email, role, invited_by, invited_by_name, created_at, expires_at)
        select $1, $2, $3, $4, $5, name, now() - make_interval(hours => $6), now() + make_interval(hours => 24 - $6)
        from users where id = $5`,
      [tenantId, randomUUID(), email, role, invitedBy, hoursAgo],
    );
  }
}
