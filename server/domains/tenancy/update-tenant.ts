import type { TenantName } from '../../../shared/tenancy/identity.ts';
import { organizationNameKey } from '../../../shared/tenancy/register-input.ts';
import type { Identity } from '../../database/identity.ts';
import { violatedConstraint } from '../../database/violated-constraint.ts';
import { invalidField, type Refusal } from '../../refusal.ts';
import { changedFields } from '../audit/changed-fields.ts';
import { type Actor, writeAudit } from '../audit/write-audit.ts';
import { nameTaken } from './name-taken.ts';
import { lockTenant, renameTenant, takenByOthers } from './tenant-rows.ts';

/**
 * Gives an organization another name or subdomain. The former host is of no organization at once, and whoever was signed in there sees none.
 *
 * @throws Refusal `duplicate_organization_name`; `invalid_input` at `slug` for one that is taken
 */
export async function updateTenant(
  identity: Identity,
  tenantId: string,
  actor: Actor,
  input: { name?: string | undefined; slug?: string | undefined },
): Promise<TenantName> {
  try {
    return await identity.transactionIn(tenantId, async (tx) => {
      const before = await lockTenant(tx, tenantId);
      const after = { name: input.name ?? before.name, slug: input.slug ?? before.slug };
      const answer = { id: tenantId, ...after };
      const changed = changedFields({ name: before.name, slug: before.slug }, after);
      if (changed === null) return answer;
      const nameKey = organizationNameKey(after.name);
      const taken = await takenByOthers(tx, tenantId, { nameKey, slug: after.slug });
      if (taken.name) throw nameTaken();
      if (taken.slug) throw slugTaken();
      await renameTenant(tx, tenantId, { ...after, nameKey });
      await writeAudit(tx, {
        tenantId,
        actor,
        action: 'tenant.updated',
        subject: { kind: 'tenant', id: tenantId, name: after.name },
        ...changed,
      });
      return answer;
    });
  } catch (error) {
    // Someone took it in this very instant.
    const constraint = violatedConstraint(error);
    if (constraint === 'tenants_name_key') throw nameTaken();
    if (constraint === 'tenants_slug') throw slugTaken();
    throw error;
  }
}

const slugTaken = (): Refusal => invalidField('slug', 'This subdomain is taken. Choose another.');
