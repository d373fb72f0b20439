import { createHash } from 'node:crypto';

/** What is kept of an invitation's token: a stolen copy of the table opens nothing. */
export function hashInvitationToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
