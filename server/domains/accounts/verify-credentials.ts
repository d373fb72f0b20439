import type { Identity } from '../../database/identity.ts';
import { passwordMatches } from './password-matches.ts';
import { findUserByEmail, type UserRow } from './user-rows.ts';

/** The person with this email and password; null for a wrong email as for a wrong password, after the same work. */
export async function verifyCredentials(
  identity: Identity,
  credentials: { email: string; password: string },
): Promise<UserRow | null> {
  const user = await identity.transaction((tx) => findUserByEmail(tx, credentials.email));
  const matches = await passwordMatches(user?.passwordHash ?? null, credentials.password);
  return matches ? user : null;
}
