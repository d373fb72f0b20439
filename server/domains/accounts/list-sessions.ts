import type { SessionListed } from '../../../shared/accounts/session.ts';
import type { Identity } from '../../database/identity.ts';
import { listSessions as listSessionRows } from './session-rows.ts';

/** Where a person is signed in: the session that asks first, then the one last used. */
export async function listSessions(
  identity: Identity,
  person: { sessionId: string; user: { id: string } },
): Promise<SessionListed[]> {
  const rows = await identity.transaction((tx) => listSessionRows(tx, person.user.id, person.sessionId));
  return rows.map((row) => ({
    id: row.publicId,
    isCurrent: row.publicId === person.sessionId,
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt.toISOString(),
    ipAddress: row.ipAddress,
    userAgent: row.userAgent,
    expiresAt: new Date(Math.min(row.expiresAt.getTime(), row.absoluteExpiresAt.getTime())).toISOString(),
  }));
}
