import { index, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';

/** People. Global, and readable by the identity role alone. */
export const users = pgTable('users', {
  id: uuid().primaryKey().defaultRandom(),
  /** Trimmed and in lower case. */
  email: text().notNull().unique('users_email'),
  name: text().notNull(),
  /** argon2id in PHC form; null for who signs in only through a provider. */
  passwordHash: text('password_hash'),
  emailVerifiedAt: timestamp('email_verified_at', { withTimezone: true }),
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
    ipAddress: text('ip_address'),
    userAgent: text('user_agent'),
  },
  (table) => [index('sessions_user').on(table.userId), index('sessions_expiry').on(table.expiresAt)],
);
