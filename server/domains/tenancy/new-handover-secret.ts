import { randomBytes } from 'node:crypto';

/** 32 random bytes: a code of a handover, or what one browser is known by while it is under way. */
export function newHandoverSecret(): string {
  return randomBytes(32).toString('base64url');
}
