import { verify } from '@node-rs/argon2';
import { ARGON2_OPTIONS } from './argon2-options.ts';
import { hashPassword } from './hash-password.ts';

/** Verified when there is no account, so that an unknown email takes as long as a wrong password. */
const NOBODY = hashPassword('nobody has this password');

/**
 * Whether the password is the one; false, after the same work, when there is no hash to compare with. What is typed in another
 * form than the normalized one is compared in both: hashes of before passwords were normalized go on working.
 */
export async function passwordMatches(passwordHash: string | null, password: string): Promise<boolean> {
  const compared = passwordHash ?? (await NOBODY);
  const forms = new Set([password.normalize('NFC'), password]);
  const matches = await Promise.all([...forms].map((form) => verify(compared, form, ARGON2_OPTIONS)));
  return passwordHash !== null && matches.includes(true);
}
