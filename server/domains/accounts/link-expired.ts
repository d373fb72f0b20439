import { Refusal } from '../../refusal.ts';

/** Used, run out, of another purpose, unknown, or of an address that is somebody else's by now: who holds no good token learns nothing more. */
export function linkExpired(): Refusal {
  return new Refusal(
    'token_expired',
    'This link has been used or has run out. Ask for a new one, and open the newest mail.',
  );
}
