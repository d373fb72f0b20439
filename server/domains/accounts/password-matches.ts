import { verify } from '@node-rs/argon2';
import { ARGON2_OPTIONS } from './argon2-options.ts';
import { hashPassword } from './hash-password.ts';

/** Verified when there is no account, so that an unknown email takes as long as a wrong password. */
const NOBODY = hashPassword('nobody has this password');

/** Whether the password is the one; false, after the same work, when there is no hash to compare with. */
export async function passwordMatches(passwordHash: string | null, password: string): Promise<boolean> {
  const matches = await verify(passwordHash ?? (await NOBODY), password, ARGON2_OPTIONS);
  return passwordHash !== null && matches;
}
