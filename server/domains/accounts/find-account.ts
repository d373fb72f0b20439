import type { Identity } from '../../database/identity.ts';
import { findUserByEmail, type UserRow } from './user-rows.ts';

/** The account with this email, if there is one. Whoever asks must not let the answer show. */
export function findAccount(identity: Identity, email: string): Promise<UserRow | null> {
  return identity.transaction((tx) => findUserByEmail(tx, email));
}
