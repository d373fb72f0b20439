import { parse } from 'hono/utils/cookie';
import { generateIdFromEntropySize, Lucia, type Session, TimeSpan, type User } from 'lucia';
import type { Identity } from '../../database/identity.ts';
import type { Transaction } from '../../database/transaction.ts';
import type { Logger } from '../../log.ts';
import { Refusal } from '../../refusal.ts';
import {
  createSessionAdapter,
  insertSession,
  noteUse,
  renameSession,
  type SessionAttributes,
  type UserAttributes,
} from './session-rows.ts';

// Lucia is deprecated upstream: it is pinned, and this file is the only one that knows it.

declare module 'lucia' {
  interface Register {
    Lucia: Lucia<SessionAttributes, UserAttributes>;
    DatabaseSessionAttributes: SessionAttributes;
    DatabaseUserAttributes: UserAttributes;
  }
}

const IDLE = new TimeSpan(14, 'd');
/** 25 random bytes: what Lucia gives a session of its own making. */
const TOKEN_BYTES = 25;

export type SignedIn = { session: Session; user: User };

/** The session that asks for something: which it is, and what it showed. Neither opens anything. */
export type AskingSession = { sessionId: string; tokenHash: string };

/** Sessions in Postgres behind an httpOnly cookie. Idle for 14 days or 90 days old, a session is no more. */
export type Sessions = {
  /**
   * Who a cookie header speaks for, if anyone; renews a session that is past half of its idle time, and has its use noted
   * without waiting for that. A token that opens nothing stays where it is: the answer to it may come after
   * the one that replaced it, and must not sign anybody out.
   */
  read(
    cookieHeader: string,
    ipAddress?: string | null,
  ): Promise<{ signedIn: SignedIn | null; setCookie: string | null }>;
  /** A new session with a new token, in the transaction that knows whose it may be; the caller sends `setCookie`. */
  create(
    tx: Transaction,
    userId: string,
    from: { tenantId: string | null; ipAddress: string | null; userAgent: string | null },
  ): Promise<{ setCookie: string }>;
  /**
   * Gives a session another token, in the transaction that changes what it may do: whoever knew the former one knows
   * nothing. Its public id stays, and so does its absolute expiry. Where two calls of one browser come at the same moment the
   * first has it renewed, and its answer carries the token; the other renews nothing, or the browser might end up with the
   * token that was replaced.
   *
   * @returns what the browser has to keep; null when the other call's answer has it
   * @throws Refusal `not_signed_in` when it has just been ended
   */
  rotate(
    tx: Transaction,
    asking: AskingSession,
    changes?: { tenantId?: string | null },
  ): Promise<{ setCookie: string | null }>;
  /** What takes the token out of the browser. */
  blankCookie(): string;
  /** Ends the session on the server; the answer's cookie ends it in the browser. */
  end(cookieHeader: string): Promise<{ setCookie: string }>;
  sweep(): Promise<void>;
};

/** @param secure whether the service is reached by HTTPS: the cookie then belongs to one host (`__Host-`) and is Secure */
export function createSessions(identity: Identity, secure: boolean, log: Logger): Sessions {
  const lucia = new Lucia<SessionAttributes, UserAttributes>(createSessionAdapter(identity), {
    sessionExpiresIn: IDLE,
    sessionCookie: {
      name: secure ? '__Host-statuswatch_session' : 'statuswatch_session',
      expires: false,
      attributes: { secure, sameSite: 'lax', path: '/' },
    },
    // Named one by one: Lucia spreads them over the session's own fields, its id among them.
    getSessionAttributes: ({ publicId, tokenHash, tenantId, ipAddress, userAgent, useIsDue }) => ({
      publicId,
      tokenHash,
      tenantId,
      ipAddress,
      userAgent,
      useIsDue,
    }),
    getUserAttributes: ({ email, name, emailVerified, pendingEmail }) => ({
      email,
      name,
      emailVerified,
      pendingEmail,
    }),
  });

  const noteUseOf = ({ publicId, useIsDue }: Session, ipAddress: string | null) => {
    if (!useIsDue) return;
    // Nobody waits for it, and no request fails for it.
    identity
      .transaction((tx) => noteUse(tx, publicId, ipAddress))
      .catch((error: unknown) => log.warn({ event: 'sessions.use_not_noted', err: error }, 'use not noted'));
  };

  return {
    async read(cookieHeader, ipAddress = null) {
      const sessionId = readCookie(cookieHeader, lucia.sessionCookieName);
      if (sessionId === '') return { signedIn: null, setCookie: null };
      const { session, user } = await lucia.validateSession(sessionId);
      if (session === null) return { signedIn: null, setCookie: null };
      noteUseOf(session, ipAddress);
      return {
        signedIn: { session, user },
        setCookie: session.fresh ? lucia.createSessionCookie(session.id).serialize() : null,
      };
    },

    async create(tx, userId, { tenantId, ipAddress, userAgent }) {
      const sessionId = generateIdFromEntropySize(TOKEN_BYTES);
      const expiresAt = new Date(Date.now() + IDLE.milliseconds());
      await insertSession(tx, sessionId, { userId, tenantId, expiresAt, ipAddress, userAgent });
      return { setCookie: lucia.createSessionCookie(sessionId).serialize() };
    },

    async rotate(tx, { sessionId: publicId, tokenHash }, changes = {}) {
      const sessionId = generateIdFromEntropySize(TOKEN_BYTES);
      const renewed = await renameSession(tx, { publicId, tokenHash }, sessionId, changes);
      if (renewed === null) {
        throw new Refusal('not_signed_in', 'This session has ended. Sign in, and try again.');
      }
      return { setCookie: renewed ? lucia.createSessionCookie(sessionId).serialize() : null };
    },

    blankCookie: () => lucia.createBlankSessionCookie().serialize(),

    async end(cookieHeader) {
      const sessionId = readCookie(cookieHeader, lucia.sessionCookieName);
      if (sessionId !== '') await lucia.invalidateSession(sessionId);
      return { setCookie: lucia.createBlankSessionCookie().serialize() };
    },

    sweep: () => lucia.deleteExpiredSessions(),
  };
}

/**
 * The value of one cookie; '' when there is none. Lucia's own reading throws at any cookie that is not well encoded, and on
 * a host that is shared (localhost) other programs leave theirs.
 */
function readCookie(cookieHeader: string, name: string): string {
  return parse(cookieHeader, name)[name] ?? '';
}
