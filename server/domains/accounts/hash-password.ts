import { hash } from '@node-rs/argon2';
import { ARGON2_OPTIONS } from './argon2-options.ts';

/** @returns the hash in PHC form; runs off the event loop */
export function hashPassword(password: string): Promise<string> {
  return hash(password, ARGON2_OPTIONS);
}
