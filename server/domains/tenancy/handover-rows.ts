import { and, eq, gt, isNull, lte, sql } from 'drizzle-orm';
import { handoverCodes, sessions } from '../../../drizzle/schema/accounts.ts';
import { tenants } from '../../../drizzle/schema/tenancy.ts';
import type { Transaction } from '../../database/transaction.ts';

const LIVES_SECONDS = 60;

const isAlive = gt(handoverCodes.expiresAt, sql`now()`);

/** Keeps a code for a minute, and forgets those of whoever never arrived. */
export async function insertHandoverCode(
  tx: Transaction,
  code: { codeHash: string; sessionPublicId: string; toTenantId: string },
): Promise<void> {
  await tx.delete(handoverCodes).where(lte(handoverCodes.expiresAt, sql`now()`));
  await tx
    .insert(handoverCodes)
    .values({ ...code, expiresAt: sql`now() + make_interval(secs => ${LIVES_SECONDS})` });
}

/** A code that opens this organization's host, while it lives; null for any other. */
export async function findHandoverCode(
  tx: Transaction,
  codeHash: string,
  toSlug: string,
): Promise<{ userId: string; browserHash: string | null } | null> {
  const [row] = await tx
    .select({ userId: sessions.userId, browserHash: handoverCodes.browserHash })
    .from(handoverCodes)
    .innerJoin(sessions, eq(sessions.publicId, handoverCodes.sessionPublicId))
    .innerJoin(tenants, eq(tenants.id, handoverCodes.toTenantId))
    .where(and(eq(handoverCodes.codeHash, codeHash), eq(tenants.slug, toSlug), isAlive));
  return row ?? null;
}

/** Ties a code to one browser, once, for the session that asked for it. @returns the slug of where it leads */
export async function bindHandoverCode(
  tx: Transaction,
  code: { codeHash: string; sessionPublicId: string; browserHash: string },
): Promise<string | null> {
  const [row] = await tx
    .update(handoverCodes)
    .set({ browserHash: code.browserHash })
    .from(tenants)
    .where(
      and(
        eq(handoverCodes.codeHash, code.codeHash),
        eq(handoverCodes.sessionPublicId, code.sessionPublicId),
        isNull(handoverCodes.browserHash),
        isAlive,
        eq(tenants.id, handoverCodes.toTenantId),
      ),
    )
    .returning({ slug: tenants.slug });
  return row?.slug ?? null;
}

/** Uses a code up, for the browser it is tied to: of many at once, one gets it. @returns whose session asked for it */
export async function takeHandoverCode(
  tx: Transaction,
  code: { codeHash: string; browserHash: string },
): Promise<{ userId: string; tenantId: string } | null> {
  const [taken] = await tx
    .delete(handoverCodes)
    .where(
      and(
        eq(handoverCodes.codeHash, code.codeHash),
        eq(handoverCodes.browserHash, code.browserHash),
        isAlive,
      ),
    )
    .returning({
      sessionPublicId: handoverCodes.sessionPublicId,
      tenantId: handoverCodes.toTenantId,
    });
  if (taken === undefined) return null;
  const [session] = await tx
    .select({ userId: sessions.userId })
    .from(sessions)
    .where(
      and(
        eq(sessions.publicId, taken.sessionPublicId),
        gt(sessions.expiresAt, sql`now()`),
        gt(sessions.absoluteExpiresAt, sql`now()`),
      ),
    );
  return session === undefined ? null : { userId: session.userId, tenantId: taken.tenantId };
}
