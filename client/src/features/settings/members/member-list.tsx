import { createMemo, createSignal, For, Show } from 'solid-js';
import type { Role } from '../../../../../shared/tenancy/role.ts';
import { Field } from '../../../ui/field.tsx';
import { TextInput } from '../../../ui/text-input.tsx';
import { changeRole } from './member-actions.ts';
import type { MemberQuestion } from './member-questions.ts';
import { MemberRow } from './member-row.tsx';
import type { ListedMember } from './members-query.ts';
import { isLastOwner, type Looker, mayRemove, rolesFor } from './membership-rules.ts';

/** More people than this are not seen at a glance: they can be searched. */
const AT_A_GLANCE = 10;

/** Everybody who belongs to the organization, who has been there longest first. */
export function MemberList(props: {
  members: ListedMember[];
  looker: Looker;
  onAsk: (question: MemberQuestion) => void;
}) {
  const [sought, setSought] = createSignal('');
  const [changing, setChanging] = createSignal<string | null>(null);
  const isLong = () => props.members.length > AT_A_GLANCE;
  const found = createMemo(() => {
    const text = sought().trim().toLowerCase();
    if (text === '' || !isLong()) return props.members;
    return props.members.filter(({ name, email }) => `${name}\n${email}`.toLowerCase().includes(text));
  });

  const giveRole = async (member: ListedMember, role: Role) => {
    const { userId, name, role: from, isYou } = member;
    if (isYou) return props.onAsk({ kind: 'step_down', member: { userId, name }, from, to: role });
    if (role === 'owner') return props.onAsk({ kind: 'make_owner', member: { userId, name } });
    if (changing() !== null) return;
    setChanging(userId);
    await changeRole({ userId, name, role: from }, role);
    setChanging(null);
  };

  return (
    <>
      <Show when={isLong()}>
        <Field label="Find a person" hideLabel class="mb-3 max-w-xs">
          {(control) => (
            <TextInput
              {...control}
              type="search"
              placeholder="Find by name or email"
              autocomplete="off"
              spellcheck={false}
              value={sought()}
              onInput={(event) => setSought(event.currentTarget.value)}
            />
          )}
        </Field>
      </Show>
      <Show
        when={found().length > 0}
        fallback={
          <p class="rounded-8 border border-line bg-surface px-4 py-6 text-center text-14 text-muted">
            Nobody here has this in their name or email.
          </p>
        }
      >
        <ul aria-label="Members" class="rounded-8 border border-line bg-surface">
          <For each={found()}>
            {(member) => (
              <MemberRow
                member={member}
                choices={rolesFor(props.looker, member, props.members)}
                isHeld={member.isYou && isLastOwner(member, props.members)}
                hasActions={props.looker.mayChange}
                mayTransfer={props.looker.mayChange && props.looker.role === 'owner' && !member.isYou}
                mayRemove={mayRemove(props.looker, member)}
                busy={changing() === member.userId}
                onRole={(role) => void giveRole(member, role)}
                onTransfer={() => props.onAsk({ kind: 'transfer', member: { ...member } })}
                onRemove={() => props.onAsk({ kind: 'remove', member: { ...member } })}
              />
            )}
          </For>
        </ul>
      </Show>
    </>
  );
}
