import { hash } from '@node-rs/argon2';
import { ARGON2_OPTIONS } from './argon2-options.ts';

/**
 * Runs off the event loop, and truncates nothing. The password is normalized first (NFC, RFC 8265): keyboards write the same "é"
 * as one character or as two, and people see no difference.
 *
 * @returns the hash in PHC form
 */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFC'), ARGON2_OPTIONS);
}
