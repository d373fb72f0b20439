import { pgRole } from 'drizzle-orm/pg-core';

/** Every role of the database. `createRoles` makes them; migrations name them in policies and grants. */
export const ROLE_NAMES = ['owner', 'app', 'identity', 'system', 'prober', 'ops', 'backup'] as const;
export type RoleName = (typeof ROLE_NAMES)[number];
export type RoleUrls = Record<RoleName, string>;

export const databaseRole = (name: RoleName) => `statuswatch_${name}`;

export const appRole = pgRole('statuswatch_app').existing();
export const identityRole = pgRole('statuswatch_identity').existing();
