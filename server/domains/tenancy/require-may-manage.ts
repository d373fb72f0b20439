import { mayManage } from '../../../shared/tenancy/may-manage.ts';
import type { Role } from '../../../shared/tenancy/role.ts';
import { Refusal } from '../../refusal.ts';

/** @throws Refusal `forbidden` unless someone of this role may make and change all of those */
export function requireMayManage(role: Role, others: readonly Role[]): void {
  if (others.every((other) => mayManage(role, other))) return;
  throw new Refusal(
    'forbidden',
    role === 'admin'
      ? 'Owners are for owners to make, change and remove. Ask one of them.'
      : `Your role here is ${role}; this takes admin. Ask an owner to change it.`,
  );
}
