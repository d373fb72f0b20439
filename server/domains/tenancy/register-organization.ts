import { randomBytes, randomUUID } from 'node:crypto';
import type { PgBoss } from 'pg-boss';
import type { PlanName } from '../../../shared/billing/plans.ts';
import type { TenantName } from '../../../shared/tenancy/identity.ts';
import { organizationNameKey, type RegisterInput } from '../../../shared/tenancy/register-input.ts';
import { RESERVED_SLUGS, slugFromName } from '../../../shared/tenancy/slug.ts';
import type { Identity } from '../../database/identity.ts';
import { inSavepoint } from '../../database/in-savepoint.ts';
import type { Transaction } from '../../database/transaction.ts';
import { violatedConstraint } from '../../database/violated-constraint.ts';
import { createUser } from '../accounts/create-user.ts';
import { findAccount } from '../accounts/find-account.ts';
import { hashPassword } from '../accounts/hash-password.ts';
import { lockAccount } from '../accounts/lock-account.ts';
import { passwordMatches } from '../accounts/password-matches.ts';
import { queueAccountMail } from '../accounts/queue-account-mail.ts';
import { refusePopularPassword } from '../accounts/refuse-popular-password.ts';
import { writeAudit } from '../audit/write-audit.ts';
import { insertMember } from './member-rows.ts';
import { nameTaken } from './name-taken.ts';
import { insertTenant, isNameTaken, isSlugTaken } from './tenant-rows.ts';

/**
 * Makes organization, account and owner membership in one transaction, or nothing. An email that has an account gets
 * another organization only with that account's password; with another one nothing is made, and the answer and
 * the work done for it are those of a success, so that nobody learns who has an account. A mail goes out either way.
 *
 * @param address where the request comes from, for the audit log
 * @returns `made` is for the log alone: it must not reach whoever asked
 * @throws Refusal `duplicate_organization_name`; `invalid_input` for a password that very many people use
 */
export async function registerOrganization(
  services: { identity: Identity; boss: PgBoss },
  input: RegisterInput,
  plan: PlanName,
  address: string | null,
): Promise<{ tenant: TenantName; made: boolean }> {
  refusePopularPassword(input.password);
  const { identity, boss } = services;
  const nameKey = organizationNameKey(input.organizationName);
  const tenantId = randomUUID();
  const existing = await findAccount(identity, input.email);
  // One hash and one comparison whatever is found: both branches cost the same.
  const passwordHash = await hashPassword(input.password);
  const passwordIsTheirs = await passwordMatches(existing?.passwordHash ?? null, input.password);

  try {
    const answer = await identity.transactionIn(tenantId, async (tx) => {
      const known = existing !== null && passwordIsTheirs ? await lockUnchanged(tx, existing) : null;
      if (passwordIsTheirs && known === null) return null;
      if (await isNameTaken(tx, nameKey)) throw nameTaken();
      const name = input.organizationName;
      const tenant = { id: tenantId, name, slug: await freeSlug(tx, name) };
      const made = existing === null || known !== null;
      // Where nothing may be made all of it is made, for somebody made up, and taken back: less work would tell that.
      const email = made ? input.email : `${randomUUID()}@nobody.invalid`;
      const { id: userId } = await inSavepoint(tx, { keep: made }, async () => {
        const owner = known ?? (await begin(tx, { email, passwordHash }));
        await insertTenant(tx, { ...tenant, nameKey, plan });
        await insertMember(tx, { tenantId, userId: owner.id, role: 'owner', name: owner.name, email });
        await writeAudit(tx, {
          tenantId,
          actor: { kind: 'user', id: owner.id, name: owner.name, address },
          action: 'tenant.created',
          subject: { kind: 'tenant', id: tenantId, name },
          before: {},
          after: { name, slug: tenant.slug, plan },
        });
        return owner;
      });
      if (made) await queueAccountMail(tx, boss, { kind: 'verify_email', userId });
      else await queueAccountMail(tx, boss, { kind: 'registration_refused', userId: existing.id });
      return { tenant, made };
    });
    // The account got another address or password in this very instant: look again.
    return answer ?? (await registerOrganization(services, input, plan, address));
  } catch (error) {
    const constraint = violatedConstraint(error);
    if (constraint === 'tenants_name_key') throw nameTaken();
    // Someone registered the same email or slug in this very instant: look again, with what is there now.
    if (constraint === 'users_email' || constraint === 'tenants_slug') {
      return registerOrganization(services, input, plan, address);
    }
    throw error;
  }
}

type Account = { id: string; email: string; passwordHash: string | null };

/** The account that a password was compared with, called as it is now; null when that or its address was changed meanwhile. */
async function lockUnchanged(tx: Transaction, before: Account): Promise<{ id: string; name: string } | null> {
  const now = await lockAccount(tx, before.id);
  return now?.email === before.email && now.passwordHash === before.passwordHash ? now : null;
}

async function begin(tx: Transaction, account: { email: string; passwordHash: string }) {
  const id = randomUUID();
  const { name } = await createUser(tx, { id, ...account });
  return { id, name };
}

/**
 * The slug of the name, or the first of `name-2` to `name-9` that is neither reserved nor taken; after that one that
 * chance chose, so that a name which everybody has costs no more than any other.
 */
async function freeSlug(tx: Transaction, name: string): Promise<string> {
  const base = slugFromName(name);
  const numbered = [base, ...Array.from({ length: 8 }, (_, index) => `${base}-${index + 2}`)];
  for (const slug of numbered) {
    if (!RESERVED_SLUGS.includes(slug) && !(await isSlugTaken(tx, slug))) return slug;
  }
  return `${base}-${randomBytes(4).toString('hex')}`;
}
