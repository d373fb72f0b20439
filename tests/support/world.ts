import { randomUUID } from 'node:crypto';
import { createUser } from '../../server/domains/accounts/create-user.ts';
import { hashPassword } from '../../server/domains/accounts/hash-password.ts';
import { insertMember } from '../../server/domains/tenancy/member-rows.ts';
import type { PlanName } from '../../shared/billing/plans.ts';
import type { TenantName } from '../../shared/tenancy/identity.ts';
import type { Role } from '../../shared/tenancy/role.ts';
import { ApiClient } from './api-client.ts';
import { openDatabase, type TestDatabase } from './test-database.ts';
import { openServer, type TestServer } from './test-server.ts';

export const PASSWORD = 'Correct-Horse-7-Battery';

/** A person with a session of their own. */
export type Persona = ApiClient & { email: string; tenant: TenantName };

export type World = {
  database: TestDatabase;
  server: TestServer;
  /** Owner of "Acme". */
  alice: Persona;
  /** Member of "Acme". */
  bob: Persona;
  /** Owner of "Charlie's", another organization. */
  charlie: Persona;
  /** Someone nobody knows. */
  visitor: () => ApiClient;
  register: (organizationName: string, email: string) => Promise<Persona>;
  addMember: (tenant: TenantName, role: Role, email: string) => Promise<Persona>;
  setPlan: (tenant: TenantName, plan: PlanName) => Promise<void>;
};

/** A database, a server, regions where probers have been seen, and the three people of every test. */
export async function openWorld(
  options: { regions?: string[]; environment?: Record<string, string> } = {},
): Promise<World> {
  const database = await openDatabase();
  for (const region of options.regions ?? ['local']) await addRegion(database, region);
  const server = await openServer(database, options.environment);
  const { identity } = server.services;

  const register = async (organizationName: string, email: string) => {
    const client = new ApiClient(server.origin);
    const input = { organizationName, email, password: PASSWORD, passwordConfirmation: PASSWORD };
    const { tenant } = await client.call('auth.register', input);
    await client.call('auth.login', { email, password: PASSWORD });
    return Object.assign(client, { email, tenant });
  };
  const addMember = async (tenant: TenantName, role: Role, email: string) => {
    const user = { id: randomUUID(), email, passwordHash: await hashPassword(PASSWORD) };
    await identity.transactionIn(tenant.id, async (tx) => {
      const { name } = await createUser(tx, user);
      await insertMember(tx, { tenantId: tenant.id, userId: user.id, role, name, email });
    });
    const client = new ApiClient(server.origin);
    await client.call('auth.login', { email, password: PASSWORD });
    return Object.assign(client, { email, tenant });
  };

  const alice = await register('Acme', 'alice@acme.example');
  return {
    database,
    server,
    alice,
    bob: await addMember(alice.tenant, 'member', 'bob@acme.example'),
    charlie: await register("Charlie's", 'charlie@charlies.example'),
    visitor: () => new ApiClient(server.origin),
    register,
    addMember,
    async setPlan(tenant, plan) {
      await database.admin('update tenants set plan = $1, plan_changed_at = now() where id = $2', [
        plan,
        tenant.id,
      ]);
    },
  };
}

/** Has a prober of a region be seen now, as the prober itself reports. */
export async function addRegion(database: TestDatabase, region: string): Promise<number> {
  return database.as('prober', async (client) => {
    const { rows } = await client.query<{ id: number }>(
      `insert into prober_instances (region, version, host) values ($1, 'test', 'test') returning id`,
      [region],
    );
    return rows[0]?.id ?? Number.NaN;
  });
}
