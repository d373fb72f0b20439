import { createHash } from 'node:crypto';
import { and, eq, gt, lte, or, sql } from 'drizzle-orm';
import type { Adapter, DatabaseSession, DatabaseUser } from 'lucia';
import { sessions, users } from '../../../drizzle/schema/accounts.ts';
import type { Identity } from '../../database/identity.ts';

/** What a session carries besides Lucia's own fields. */
export type SessionAttributes = {
  publicId: string;
  tenantId: string | null;
  ipAddress: string | null;
  userAgent: string | null;
};
export type UserAttributes = {
  email: string;
  name: string;
  emailVerified: boolean;
  pendingEmail: string | null;
};

const ABSOLUTE_DAYS = 90;

const hashOf = (sessionId: string) => createHash('sha256').update(sessionId).digest('hex');

/**
 * Lucia's adapter, ours: the table holds only the SHA-256 of a session's id. `getSessionAndUser` hands the raw id back,
 * since Lucia passes it again to renew and to delete. Listing cannot: it has no raw ids, and answers none.
 */
export function createSessionAdapter(identity: Identity): Adapter {
  return {
    getSessionAndUser: (sessionId) =>
      identity.transaction(async (tx) => {
        const [row] = await tx
          .select({ session: sessions, user: users })
          .from(sessions)
          .innerJoin(users, eq(users.id, sessions.userId))
          .where(and(eq(sessions.idHash, hashOf(sessionId)), gt(sessions.absoluteExpiresAt, sql`now()`)));
        if (row === undefined) return [null, null];
        const session: DatabaseSession = {
          id: sessionId,
          userId: row.user.id,
          expiresAt: row.session.expiresAt,
          attributes: {
            publicId: row.session.publicId,
            tenantId: row.session.tenantId,
            ipAddress: row.session.ipAddress,
            userAgent: row.session.userAgent,
          },
        };
        const user: DatabaseUser = {
          id: row.user.id,
          attributes: {
            email: row.user.email,
            name: row.user.name,
            emailVerified: row.user.emailVerifiedAt !== null,
            pendingEmail: row.user.pendingEmail,
          },
        };
        return [session, user];
      }),

    // Ids are hashed one way: a listing has its own query, by public id.
    getUserSessions: async () => [],

    setSession: (session) =>
      identity.transaction(async (tx) => {
        await tx.insert(sessions).values({
          idHash: hashOf(session.id),
          publicId: session.attributes.publicId,
          userId: session.userId,
          tenantId: session.attributes.tenantId,
          expiresAt: session.expiresAt,
          absoluteExpiresAt: sql`now() + make_interval(days => ${ABSOLUTE_DAYS})`,
          ipAddress: session.attributes.ipAddress,
          userAgent: session.attributes.userAgent,
        });
      }),

    updateSessionExpiration: (sessionId, expiresAt) =>
      identity.transaction(async (tx) => {
        await tx
          .update(sessions)
          .set({ expiresAt })
          .where(eq(sessions.idHash, hashOf(sessionId)));
      }),

    deleteSession: (sessionId) =>
      identity.transaction(async (tx) => {
        await tx.delete(sessions).where(eq(sessions.idHash, hashOf(sessionId)));
      }),

    deleteUserSessions: (userId) =>
      identity.transaction(async (tx) => {
        await tx.delete(sessions).where(eq(sessions.userId, userId));
      }),

    deleteExpiredSessions: () =>
      identity.transaction(async (tx) => {
        await tx
          .delete(sessions)
          .where(or(lte(sessions.expiresAt, sql`now()`), lte(sessions.absoluteExpiresAt, sql`now()`)));
      }),
  };
}
