import { Refusal } from '../../refusal.ts';

/** Unknown, used, withdrawn, replaced, too old: who holds no good token learns nothing more. */
export function invitationExpired(): Refusal {
  return new Refusal(
    'token_expired',
    'This invitation has been used, taken back or replaced, or has run out. Open the newest mail, or ask for another.',
  );
}
