import type { TenantName } from '../../../../../shared/tenancy/identity.ts';
import type { Member } from '../../../../../shared/tenancy/member.ts';
import type { Role } from '../../../../../shared/tenancy/role.ts';
import { asRole, roleSentence } from '../../../../../shared/tenancy/role-words.ts';
import type { Question } from '../../../ui/ask-dialog.tsx';

type Named = Pick<Member, 'userId' | 'name'>;

/** What is asked about before it is done: who did it by mistake cannot take it back alone. */
export type MemberQuestion =
  | { kind: 'remove'; member: Named & Pick<Member, 'email'> }
  | { kind: 'make_owner'; member: Named }
  | { kind: 'transfer'; member: Named }
  /** One's own role, for a lesser one. */
  | { kind: 'step_down'; member: Named; from: Role; to: Role }
  /** `others` are the organizations that one still belongs to. */
  | { kind: 'leave'; others: TenantName[] };

/** How it is asked, and what follows from a yes. */
export function questionWords(question: MemberQuestion, organization: string): Question {
  switch (question.kind) {
    case 'remove': {
      const { name, email } = question.member;
      return {
        title: `Remove ${name} from ${organization}?`,
        sentences: [
          `Their open pages end within seconds, and only a new invitation to ${email} brings them back.`,
          'The account stays, and so does what was done with it: monitors, and entries in the audit log.',
        ],
        confirm: 'Remove member',
        keep: 'Keep',
      };
    }
    case 'make_owner':
      return {
        title: `Make ${question.member.name} an owner?`,
        sentences: [
          `An owner may do everything in ${organization}: change what other people may do, remove them, you included, and delete the organization. You stay an owner.`,
        ],
        confirm: 'Make owner',
        keep: 'Cancel',
      };
    case 'transfer': {
      const { name } = question.member;
      return {
        title: `Transfer ownership to ${name}?`,
        sentences: [
          `${name} becomes an owner of ${organization}, and you become an admin, at once.`,
          'From then on you can neither change or remove owners nor delete the organization. Only an owner can give ownership back to you.',
        ],
        confirm: 'Transfer ownership',
        keep: 'Cancel',
      };
    }
    case 'step_down':
      return {
        title: `Become ${asRole(question.to)}?`,
        sentences: [
          `You are ${asRole(question.from)} of ${organization} now. ${roleSentence(question.to)}`,
          `You cannot take this back yourself; ${question.from === 'owner' ? 'an owner' : 'an admin or owner'} can.`,
        ],
        confirm: `Become ${asRole(question.to)}`,
        keep: `Stay ${asRole(question.from)}`,
      };
    case 'leave':
      return {
        title: `Leave ${organization}?`,
        sentences: [
          'You see nothing of it any more, here and wherever else you are signed in. Only a new invitation brings you back.',
          `What you did here stays with the others. ${whereTo(question.others)}`,
        ],
        confirm: `Leave ${organization}`,
        keep: 'Stay',
      };
    default:
      return question satisfies never;
  }
}

function whereTo(others: TenantName[]): string {
  const [only, ...more] = others;
  if (only === undefined) return 'You belong to no other organization; your account stays.';
  if (more.length === 0) return `You go on in ${only.name}.`;
  return 'You choose in which of your other organizations you go on.';
}
