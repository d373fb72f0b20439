import ArrowRightLeft from 'lucide-solid/icons/arrow-right-left';
import ChevronDown from 'lucide-solid/icons/chevron-down';
import Ellipsis from 'lucide-solid/icons/ellipsis';
import UserMinus from 'lucide-solid/icons/user-minus';
import { type JSX, Show } from 'solid-js';
import type { Role } from '../../../../../shared/tenancy/role.ts';
import { roleTitle } from '../../../../../shared/tenancy/role-words.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { initialOf } from '../../../ui/initial.ts';
import { Menu, MenuChoice, MenuItem, MenuSeparator } from '../../../ui/menu.tsx';
import { Ago } from '../../../ui/time/ago.tsx';
import type { ListedMember } from './members-query.ts';

/** One person of the organization, and what who looks may do about them; without choices the role is a word. */
export function MemberRow(props: {
  member: ListedMember;
  /** The roles that may be given to this person. */
  choices: readonly Role[];
  /** Whether it is one's own row, and an organization cannot do without. */
  isHeld: boolean;
  /** Whether rows of this list have a menu at their end: those without keep its place. */
  hasActions: boolean;
  mayTransfer: boolean;
  mayRemove: boolean;
  busy: boolean;
  onRole: (role: Role) => void;
  onTransfer: () => void;
  onRemove: () => void;
}) {
  const member = () => props.member;
  return (
    <PersonRow
      sign={initialOf(member().name)}
      title={member().name}
      badge={member().isYou ? 'You' : null}
      facts={
        <>
          <span class="min-w-0 break-all">{member().email}</span>
          <span>
            joined <Ago at={member().joinedAt} />
          </span>
          <Show when={props.isHeld}>
            <span class="basis-full text-pretty">
              The only owner: make somebody else one before you step down.
            </span>
          </Show>
        </>
      }
    >
      <Show
        when={props.choices.length > 0}
        fallback={
          <span class="flex sm:w-24 sm:justify-end">
            <Badge>{roleTitle(member().role)}</Badge>
          </span>
        }
      >
        <Menu
          placement="bottom-end"
          trigger={(trigger) => (
            <Button
              {...trigger}
              size="small"
              class="w-24 justify-between!"
              busy={props.busy}
              aria-label={`${roleTitle(member().role)}, the role of ${member().name}`}
            >
              {roleTitle(member().role)}
              <ChevronDown class="size-3.5 text-faint" aria-hidden="true" />
            </Button>
          )}
        >
          <MenuChoice
            label="Role"
            value={member().role}
            choices={props.choices.map((role) => ({ value: role, label: roleTitle(role) }))}
            onChange={(role) => {
              if (role !== member().role) props.onRole(role);
            }}
          />
        </Menu>
      </Show>
      <Show
        when={props.mayTransfer || props.mayRemove}
        fallback={
          <Show when={props.hasActions}>
            <span class="size-7 max-sm:hidden" />
          </Show>
        }
      >
        <Menu
          placement="bottom-end"
          trigger={(trigger) => (
            <Button
              {...trigger}
              variant="ghost"
              size="small"
              square
              aria-label={`Actions for ${member().name}`}
            >
              <Ellipsis class="size-4" aria-hidden="true" />
            </Button>
          )}
        >
          <Show when={props.mayTransfer}>
            <MenuItem icon={<ArrowRightLeft class="size-4" />} onSelect={() => props.onTransfer()}>
              Transfer ownership
            </MenuItem>
          </Show>
          <Show when={props.mayTransfer && props.mayRemove}>
            <MenuSeparator />
          </Show>
          <Show when={props.mayRemove}>
            <MenuItem icon={<UserMinus class="size-4" />} danger onSelect={() => props.onRemove()}>
              Remove
            </MenuItem>
          </Show>
        </Menu>
      </Show>
    </PersonRow>
  );
}

/** A row about one person: who, the facts, and at its end what can be done. */
export function PersonRow(props: {
  sign: JSX.Element;
  title: string;
  badge: string | null;
  facts: JSX.Element;
  children: JSX.Element;
}) {
  return (
    <li class="clip-lines flex items-start gap-x-3 border-b border-line px-4 py-3 last:border-b-0 sm:items-center">
      <span
        class="grid size-9 shrink-0 place-items-center rounded-full bg-sunken text-14 font-semibold text-muted"
        aria-hidden="true"
      >
        {props.sign}
      </span>
      <div class="flex min-w-0 flex-1 flex-wrap items-center gap-x-3 gap-y-2.5">
        <div class="min-w-0 flex-1 basis-48">
          <p class="flex flex-wrap items-center gap-x-2 gap-y-1">
            <span class="min-w-0 text-14 font-medium break-words">{props.title}</span>
            <Show when={props.badge}>{(badge) => <Badge>{badge()}</Badge>}</Show>
          </p>
          <p class="mt-0.5 flex flex-wrap gap-x-3 text-13 text-muted">{props.facts}</p>
        </div>
        <div class="flex flex-wrap items-center gap-2">{props.children}</div>
      </div>
    </li>
  );
}
