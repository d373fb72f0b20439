import * as v from 'valibot';
import { instantSchema } from '../monitoring/instant.ts';
import { storableText } from '../storable-text.ts';

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
  'subscription.canceled',
  'subscription.resumed',
  'subscription.changed',
  'plan.changed',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** What actions are about, for who looks for some of them. */
export const AUDIT_GROUPS = ['monitors', 'members', 'organization', 'billing'] as const;
export type AuditGroup = (typeof AUDIT_GROUPS)[number];

/** Each action belongs to one group. */
export const GROUP_OF_ACTION: Readonly<Record<AuditAction, AuditGroup>> = {
  'tenant.created': 'organization',
  'tenant.updated': 'organization',
  'tenant.removal_requested': 'organization',
  'tenant.removal_undone': 'organization',
  'member.invited': 'members',
  'member.invitation_withdrawn': 'members',
  'member.joined': 'members',
  'member.role_changed': 'members',
  'member.removed': 'members',
  'member.left': 'members',
  'ownership.transferred': 'members',
  'monitor.created': 'monitors',
  'monitor.updated': 'monitors',
  'monitor.paused': 'monitors',
  'monitor.resumed': 'monitors',
  'monitor.removed': 'monitors',
  'monitor.regions_changed': 'monitors',
  'region.left': 'monitors',
  'subscription.canceled': 'billing',
  'subscription.resumed': 'billing',
  'subscription.changed': 'billing',
  'plan.changed': 'billing',
};

/** Who does something: a person, a program with a key of the organization, or the system by itself. */
export type ActorKind = 'user' | 'key' | 'system';

/** What something is made of, by name. */
export type AuditFields = Readonly<Record<string, unknown>>;

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
  before: AuditFields;
  after: AuditFields;
  /** The address the request came from; null where it is not known. */
  address: string | null;
};

/** Somebody of whom there are entries, called as in the newest of them. */
export type AuditActor = { kind: Exclude<ActorKind, 'system'>; id: string; name: string };

/** Who appears in the log. */
export type AuditActors = {
  actors: AuditActor[];
  /** Whether the system itself does. */
  system: boolean;
};

const action = v.picklist(AUDIT_ACTIONS, `Use one of ${AUDIT_ACTIONS.join(', ')}.`);
const actorId = v.pipe(v.string(), v.uuid('This is not an id.'));

/** Which entries are asked for; what is not given leaves none out. `from` is included, `to` is not. */
export const auditFilter = v.object({
  action: v.optional(action),
  actions: v.optional(v.pipe(v.array(action), v.maxLength(AUDIT_ACTIONS.length))),
  group: v.optional(v.picklist(AUDIT_GROUPS, `Use one of ${AUDIT_GROUPS.join(', ')}.`)),
  actorId: v.optional(actorId),
  /** An id, or `system` for what nobody asked for. */
  actor: v.optional(v.union([v.literal('system'), actorId], 'Use an id, or system.')),
  /** A part of the name of what something was done to, in whatever case. */
  subject: v.optional(
    v.pipe(v.string(), v.trim(), v.maxLength(200, 'Use 200 characters at most.'), storableText),
  ),
  from: v.optional(instantSchema),
  to: v.optional(instantSchema),
});
export type AuditFilter = v.InferOutput<typeof auditFilter>;

/** What `audit.list` takes. */
export const listAuditInput = v.optional(
  v.object({
    ...auditFilter.entries,
    cursor: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(200)))),
    limit: v.optional(
      v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100, 'Ask for 1 to 100 a page.')),
      50,
    ),
  }),
  {},
);
export type ListAuditInput = v.InferOutput<typeof listAuditInput>;
