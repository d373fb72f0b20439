import { bigint, index, integer, pgTable, text, timestamp, uuid, varchar } from 'drizzle-orm/pg-core';
import type { TokenPurpose } from '../../shared/accounts/token.ts';

/** People. Global, and readable by the identity role alone. */
export const users = pgTable('users', {
  id: uuid().primaryKey().defaultRandom(),
  /** Trimmed and in lower case. */
  email: text().notNull().unique('users_email'),
  name: text().notNull(),
  /** argon2id in PHC form; null for who signs in only through a provider. */
  passwordHash: text('password_hash'),
  emailVerifiedAt: timestamp('email_verified_at', { withTimezone: true }),
  /** The address they want to change to, until a mail to it was answered. */
  pendingEmail: text('pending_email'),
  /** The verified address they had before, until a mail told it of the change; then null again. */
  previousEmail: text('previous_email'),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
});

/** Sessions by the SHA-256 of their token: a stolen copy of this table opens nothing. */
export const sessions = pgTable(
  'sessions',
  {
    idHash: text('id_hash').primaryKey(),
    /** What lists and revocations name; tells nothing of the token. */
    publicId: uuid('public_id').notNull().unique('sessions_public_id').defaultRandom(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** The organization chosen at sign-in, at `PUBLIC_URL`; an organization's own host decides by itself. */
    tenantId: uuid('tenant_id'),
    /** Idle expiry; moves with use. */
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    /** Never moves. */
    absoluteExpiresAt: timestamp('absolute_expires_at', { withTimezone: true }).notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    /** Moves with use, by the minute, and so does the address. */
    lastUsedAt: timestamp('last_used_at', { withTimezone: true }).notNull().defaultNow(),
    ipAddress: text('ip_address'),
    userAgent: text('user_agent'),
  },
  (table) => [index('sessions_user').on(table.userId), index('sessions_expiry').on(table.expiresAt)],
);

/** What a mail's link carries, by its SHA-256. A token that was used, or has run out, is no more. */
export const accountTokens = pgTable(
  'account_tokens',
  {
    tokenHash: text('token_hash').primaryKey(),
    purpose: text().$type<TokenPurpose>().notNull(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** The address the mail went to: a token says something about that one alone. */
    email: text().notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
  },
  (table) => [
    index('account_tokens_user').on(table.userId, table.purpose),
    index('account_tokens_expiry').on(table.expiresAt),
  ],
);

/** How a person who is signed in at one host of ours comes to another: a code, by its SHA-256, for one minute and one use. */
export const handoverCodes = pgTable(
  'handover_codes',
  {
    codeHash: text('code_hash').primaryKey(),
    /** The session that asked for it. It ends, and so does the code. */
    sessionPublicId: uuid('session_public_id')
      .notNull()
      .references(() => sessions.publicId, { onDelete: 'cascade' }),
    /** The organization whose host it opens. */
    toTenantId: uuid('to_tenant_id').notNull(),
    /** SHA-256 of what the browser showed at the other host, once the asking session has stood for it. */
    browserHash: text('browser_hash'),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
  },
  (table) => [index('handover_codes_expiry').on(table.expiresAt)],
);

/** How often somebody has tried: the table of rate-limiter-flexible, one row for each key and window. */
export const rateLimits = pgTable(
  'rate_limits',
  {
    key: varchar({ length: 255 }).primaryKey(),
    points: integer().notNull().default(0),
    /** Milliseconds since 1970; null never ends. */
    expire: bigint({ mode: 'number' }),
  },
  (table) => [index('rate_limits_expire').on(table.expire)],
);
