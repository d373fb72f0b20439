import type { Identity } from '../../database/identity.ts';
import { noteAddressReached } from './note-address-reached.ts';
import { redeemToken } from './redeem-token.ts';

/** Takes the token of a mail as the proof that its address is read by whoever has the account. @throws Refusal `token_expired` */
export function verifyEmail(identity: Identity, token: string): Promise<{ userId: string; email: string }> {
  return identity.transaction(async (tx) => {
    const owner = await redeemToken(tx, 'verify_email', token);
    await noteAddressReached(tx, owner.userId, owner.email);
    return owner;
  });
}
