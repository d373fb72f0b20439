import * as v from 'valibot';
import { instantSchema } from '../monitoring/instant.ts';

/** What is written down when somebody does it: a name that stays. */
export const AUDIT_ACTIONS = [
  'tenant.created',
  'tenant.updated',
  'tenant.removal_requested',
  'tenant.removal_undone',
  'member.invited',
  'member.invitation_withdrawn',
  'member.joined',
  'member.role_changed',
  'member.removed',
  'member.left',
  'ownership.transferred',
  'monitor.created',
  'monitor.updated',
  'monitor.paused',
  'monitor.resumed',
  'monitor.removed',
  'monitor.regions_changed',
  'region.left',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** Who does something: a person, a program with a key of the organization, or the system by itself. */
export type ActorKind = 'user' | 'key' | 'system';

/** One entry of an organization's audit log as `audit.list` answers it. */
export type AuditEntry = {
  id: string;
  at: string;
  /** Who did it, called as they were then. A `system` has neither id nor name. */
  actor: { kind: ActorKind; id: string | null; name: string | null };
  action: AuditAction;
  /** What it was done to. */
  subject: { kind: string; id: string | null; name: string | null };
  /** What it was before and after, as far as it changed; their shape belongs to the action. */
  before: unknown;
  after: unknown;
  /** The address the request came from; null where it is not known. */
  address: string | null;
};

/** What `audit.list` takes; `from` is included, `to` is not. */
export const listAuditInput = v.optional(
  v.object({
    action: v.optional(v.picklist(AUDIT_ACTIONS, `Use one of ${AUDIT_ACTIONS.join(', ')}.`)),
    actorId: v.optional(v.pipe(v.string(), v.uuid())),
    from: v.optional(instantSchema),
    to: v.optional(instantSchema),
    cursor: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(200)))),
    limit: v.optional(
      v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100, 'Ask for 1 to 100 a page.')),
      50,
    ),
  }),
  {},
);
export type ListAuditInput = v.InferOutput<typeof listAuditInput>;
