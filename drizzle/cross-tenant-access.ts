import type { RoleName } from './roles.ts';

/**
 * The closed list of who may see rows of more than one organization, beside the backup role. Each entry is a policy
 * `using (true)` for one role and one command on one table; the catalog test fails when the database has any other.
 */
export const CROSS_TENANT_ACCESS = [
  {
    table: 'tenants',
    role: 'identity',
    command: 'all',
    why: 'sign-up makes organizations, sign-in finds them by name',
  },
  {
    table: 'tenants',
    role: 'system',
    command: 'select',
    why: 'a schedule sends one job per organization (ids only)',
  },
  {
    table: 'members',
    role: 'identity',
    command: 'select',
    why: 'sign-in lists the organizations of a person',
  },
  {
    table: 'invitations',
    role: 'identity',
    command: 'select',
    why: 'who accepts has nothing but a token, which names the organization',
  },
  {
    table: 'monitors',
    role: 'prober',
    command: 'select',
    why: 'a claim reads how to check (check columns only)',
  },
  {
    table: 'monitors',
    role: 'owner',
    command: 'select',
    why: 'ops.drop_partitions asks whether a result left in a day is of a monitor that is there',
  },
  {
    table: 'monitor_states',
    role: 'system',
    command: 'select',
    why: 'finds what is to be decided anew at an instant (keys and that instant only)',
  },
  { table: 'check_schedule', role: 'prober', command: 'all', why: 'claim and record' },
  {
    table: 'check_schedule',
    role: 'system',
    command: 'select',
    why: 'finds what is overdue (keys and times only)',
  },
  { table: 'check_schedule', role: 'owner', command: 'select', why: 'ops.schedule shows sums to operators' },
  {
    table: 'check_results',
    role: 'prober',
    command: 'all',
    why: 'record; replay must see what is already there',
  },
  {
    table: 'check_results',
    role: 'owner',
    command: 'select',
    why: 'ops.drop_partitions drops no day in which a result is not packed',
  },
  {
    table: 'check_evidence',
    role: 'prober',
    command: 'all',
    why: 'record: what a failed check sent and got',
  },
  {
    table: 'monitor_certificates',
    role: 'prober',
    command: 'all',
    why: 'record: the certificate that was shown',
  },
  { table: 'check_requests', role: 'prober', command: 'all', why: 'makes the checks that people want tried' },
  { table: 'region_outcomes', role: 'prober', command: 'all', why: 'record' },
  { table: 'region_outcomes', role: 'owner', command: 'select', why: 'ops.outcomes shows sums to operators' },
  {
    table: 'subscriptions',
    role: 'system',
    command: 'select',
    why: 'an event of Stripe names a customer, a schedule looks for ends that are due (keys, state and times only)',
  },
] as const satisfies readonly {
  table: string;
  role: RoleName;
  command: 'select' | 'all';
  why: string;
}[];
