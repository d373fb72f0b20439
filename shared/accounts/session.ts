import * as v from 'valibot';

/** A session of the signed-in person, as `sessions.list` answers it; the id opens nothing. */
export type SessionListed = {
  id: string;
  /** The one that asks. */
  isCurrent: boolean;
  createdAt: string;
  /** To the minute. */
  lastUsedAt: string;
  /** Where it was last used from; null where that is not known. */
  ipAddress: string | null;
  userAgent: string | null;
  expiresAt: string;
};

/** What `sessions.revoke` takes: one session by its id, or all but the one that asks. */
export const revokeSessionInput = v.union(
  [
    v.object({ sessionId: v.pipe(v.string(), v.uuid('This is no id of a session.')) }),
    v.object({ others: v.literal(true) }),
  ],
  'Name one session by `sessionId`, or say `others: true`.',
);
export type RevokeSessionInput = v.InferOutput<typeof revokeSessionInput>;
