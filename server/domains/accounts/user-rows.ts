import { and, eq, isNull, sql } from 'drizzle-orm';
import { users } from '../../../drizzle/schema/accounts.ts';
import type { Transaction } from '../../database/transaction.ts';

export type UserRow = typeof users.$inferSelect;

export async function findUserByEmail(tx: Transaction, email: string): Promise<UserRow | null> {
  const [row] = await tx.select().from(users).where(eq(users.email, email));
  return row ?? null;
}

export async function findUserById(tx: Transaction, userId: string): Promise<UserRow | null> {
  const [row] = await tx.select().from(users).where(eq(users.id, userId));
  return row ?? null;
}

/** A person's row, held until the transaction ends: nobody deletes it while something is made that belongs to it. */
export async function holdUser(tx: Transaction, userId: string): Promise<UserRow | null> {
  const [row] = await tx.select().from(users).where(eq(users.id, userId)).for('key share');
  return row ?? null;
}

/** A person's row, locked until the transaction ends: until then their name, address and password stay as they are. */
export async function lockUser(tx: Transaction, userId: string): Promise<UserRow | null> {
  const [row] = await tx.select().from(users).where(eq(users.id, userId)).for('no key update');
  return row ?? null;
}

/** The same, and nobody may even begin anything for them: who signs in at this moment waits, and is judged by what is left. */
export async function lockUserOut(tx: Transaction, userId: string): Promise<void> {
  await tx.select({ id: users.id }).from(users).where(eq(users.id, userId)).for('update');
}

export async function insertUser(
  tx: Transaction,
  user: { id: string; email: string; name: string; passwordHash: string },
): Promise<void> {
  await tx.insert(users).values(user);
}

/** Sets a password in the place of the one it was judged by; false when that has been changed meanwhile. */
export async function replacePassword(
  tx: Transaction,
  userId: string,
  passwordHash: { from: string | null; to: string },
): Promise<boolean> {
  const { from, to } = passwordHash;
  const replaced = await tx
    .update(users)
    .set({ passwordHash: to })
    .where(
      and(eq(users.id, userId), from === null ? isNull(users.passwordHash) : eq(users.passwordHash, from)),
    )
    .returning({ id: users.id });
  return replaced.length > 0;
}

/**
 * Sets the password of whoever read a mail to their address, which is thereby verified, and forgets the address they were about
 * to change to: it may have been somebody else who asked for that.
 */
export async function setPasswordByMail(
  tx: Transaction,
  userId: string,
  passwordHash: string,
): Promise<void> {
  await tx
    .update(users)
    .set({
      passwordHash,
      pendingEmail: null,
      emailVerifiedAt: sql`coalesce(${users.emailVerifiedAt}, now())`,
    })
    .where(eq(users.id, userId));
}

export async function setPendingEmail(tx: Transaction, userId: string, email: string): Promise<void> {
  await tx.update(users).set({ pendingEmail: email }).where(eq(users.id, userId));
}

/** Makes an address the person's own, verified; the former one is kept until it was told of that. */
export async function takeEmail(tx: Transaction, userId: string, email: string): Promise<void> {
  await tx
    .update(users)
    .set({
      email,
      emailVerifiedAt: sql`now()`,
      pendingEmail: null,
      // Who changes it twice in a row has the first one told: it may be somebody else's doing.
      previousEmail: sql`coalesce(${users.previousEmail}, case when ${users.emailVerifiedAt} is null then null else ${users.email} end)`,
    })
    .where(eq(users.id, userId));
}

export async function setName(tx: Transaction, userId: string, name: string): Promise<void> {
  await tx.update(users).set({ name }).where(eq(users.id, userId));
}
