import { createHash } from 'node:crypto';
import { and, desc, eq, gt, lte, ne, or, sql } from 'drizzle-orm';
import type { Adapter, DatabaseSession, DatabaseUser } from 'lucia';
import { sessions, users } from '../../../drizzle/schema/accounts.ts';
import type { Identity } from '../../database/identity.ts';
import type { Transaction } from '../../database/transaction.ts';

export type SessionRow = typeof sessions.$inferSelect;

/** What a session carries besides Lucia's own fields. */
export type SessionAttributes = {
  publicId: string;
  /** Of the token it speaks with, as the table keeps it. */
  tokenHash: string;
  tenantId: string | null;
  ipAddress: string | null;
  userAgent: string | null;
  /** No use was noted for a minute, by the clock of the database. */
  useIsDue: boolean;
};
export type UserAttributes = {
  email: string;
  name: string;
  emailVerified: boolean;
  pendingEmail: string | null;
};

const ABSOLUTE_DAYS = 90;

const USE_IS_DUE = sql`${sessions.lastUsedAt} < now() - interval '1 minute'`;

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
          .select({ session: sessions, user: users, useIsDue: sql<boolean>`${USE_IS_DUE}` })
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
            tokenHash: row.session.idHash,
            tenantId: row.session.tenantId,
            ipAddress: row.session.ipAddress,
            userAgent: row.session.userAgent,
            useIsDue: row.useIsDue,
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

    // Lucia knows no transaction: sessions are made by `insertSession`, in that of whoever signs in.
    setSession: () => Promise.reject(new Error('A session is made by insertSession.')),

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

/** Begins a session with a token that nobody knows yet. */
export async function insertSession(
  tx: Transaction,
  sessionId: string,
  session: Pick<SessionRow, 'userId' | 'tenantId' | 'expiresAt' | 'ipAddress' | 'userAgent'>,
): Promise<void> {
  await tx.insert(sessions).values({
    ...session,
    idHash: hashOf(sessionId),
    absoluteExpiresAt: sql`now() + make_interval(days => ${ABSOLUTE_DAYS})`,
  });
}

/** So many sessions are listed: who has more is a program that signs in anew each time. All of them can be ended. */
const MOST_LISTED = 100;

/** A person's sessions that still stand: the one that is `first`, then the one last used. */
export async function listSessions(tx: Transaction, userId: string, first: string): Promise<SessionRow[]> {
  return tx
    .select()
    .from(sessions)
    .where(
      and(
        eq(sessions.userId, userId),
        gt(sessions.expiresAt, sql`now()`),
        gt(sessions.absoluteExpiresAt, sql`now()`),
      ),
    )
    .orderBy(desc(eq(sessions.publicId, first)), desc(sessions.lastUsedAt), desc(sessions.createdAt))
    .limit(MOST_LISTED);
}

/** Notes a use, unless one was noted within this minute: how often somebody comes writes no more than one row a minute. */
export async function noteUse(tx: Transaction, publicId: string, ipAddress: string | null): Promise<void> {
  await tx
    .update(sessions)
    .set({ lastUsedAt: sql`now()`, ipAddress: sql`coalesce(${ipAddress}, ${sessions.ipAddress})` })
    .where(and(eq(sessions.publicId, publicId), USE_IS_DUE));
}

/**
 * Gives a session another id, and so another token, unless it has another than the one that is shown already.
 *
 * @returns whether it has this one now; null when there is no such session any more
 */
export async function renameSession(
  tx: Transaction,
  shown: { publicId: string; tokenHash: string },
  sessionId: string,
  changes: { tenantId?: string | null },
): Promise<boolean | null> {
  const idHash = hashOf(sessionId);
  const [renamed] = await tx
    .update(sessions)
    .set({
      ...changes,
      idHash: sql`case when ${sessions.idHash} = ${shown.tokenHash} then ${idHash} else ${sessions.idHash} end`,
    })
    .where(eq(sessions.publicId, shown.publicId))
    .returning({ idHash: sessions.idHash });
  return renamed === undefined ? null : renamed.idHash === idHash;
}

/** @returns how many ended: none when it is no session of this person's */
export async function deleteSession(tx: Transaction, userId: string, publicId: string): Promise<number> {
  const deleted = await tx
    .delete(sessions)
    .where(and(eq(sessions.userId, userId), eq(sessions.publicId, publicId)))
    .returning({ publicId: sessions.publicId });
  return deleted.length;
}

/** Ends every session of a person but the one that stays. @returns how many ended */
export async function deleteSessionsBut(
  tx: Transaction,
  userId: string,
  stays: string | null,
): Promise<number> {
  const deleted = await tx
    .delete(sessions)
    .where(and(eq(sessions.userId, userId), stays === null ? undefined : ne(sessions.publicId, stays)))
    .returning({ publicId: sessions.publicId });
  return deleted.length;
}
