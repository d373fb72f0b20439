import type { Member } from '../../../../shared/tenancy/member.ts';

const MOST_NAMED = 3;
const either = new Intl.ListFormat('en', { type: 'disjunction' });

/** Whom to ask for another plan: owners first, then admins, the first few of many; unnamed as long as nobody is known. */
export function whoMayPay(members: Pick<Member, 'name' | 'role'>[]): string {
  const named = (role: string) => members.filter((member) => member.role === role).map(({ name }) => name);
  const names = [...named('owner'), ...named('admin')];
  if (names.length === 0) return 'Owners and admins can change the plan.';
  const shown = names.length > MOST_NAMED ? [...names.slice(0, MOST_NAMED - 1), 'another admin'] : names;
  return `${either.format(shown)} can change the plan.`;
}
