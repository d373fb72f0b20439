import type { Member } from '../../../../shared/tenancy/member.ts';

const MOST_NAMED = 3;
const either = new Intl.ListFormat('en', { type: 'disjunction' });

/** Whom to ask: the owners by name, the first few of many; unnamed as long as nobody is known. */
export function whoCanUndo(members: Pick<Member, 'name' | 'role'>[]): string {
  const owners = members.filter(({ role }) => role === 'owner').map(({ name }) => name);
  if (owners.length === 0) return 'An owner can undo it.';
  const named = owners.length > MOST_NAMED ? [...owners.slice(0, MOST_NAMED - 1), 'another owner'] : owners;
  return `${either.format(named)} can undo it.`;
}
