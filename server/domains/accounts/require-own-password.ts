import type { Identity } from '../../database/identity.ts';
import { invalidField, Refusal } from '../../refusal.ts';
import { passwordMatches } from './password-matches.ts';
import { findUserById, type UserRow } from './user-rows.ts';

/**
 * The account of who is signed in, once more proved by its password: what could lock its owner out takes more than a
 * browser that was left open.
 *
 * @throws Refusal `invalid_input` at `currentPassword`
 */
export async function requireOwnPassword(
  identity: Identity,
  userId: string,
  currentPassword: string,
): Promise<UserRow> {
  const user = await identity.transaction((tx) => findUserById(tx, userId));
  const matches = await passwordMatches(user?.passwordHash ?? null, currentPassword);
  if (user === null) throw new Refusal('not_signed_in', 'This account is gone. Sign in, and try again.');
  if (!matches) throw invalidField('currentPassword', 'This is not your password.');
  return user;
}
