import { createSignal, For, lazy, Show } from 'solid-js';
import { Answer } from '../../../ui/answer.tsx';
import { Button } from '../../../ui/button.tsx';
import { OnceOpened } from '../../../ui/once-opened.tsx';
import { PageHeading } from '../../../ui/page-heading.tsx';
import { usePageTitle } from '../../../ui/page-title.ts';
import { mayAdminister, useMe, waitsForDeletion } from '../../../ui/shell/me.ts';
import { Loading, Skeleton } from '../../../ui/skeleton.tsx';
import { InvitationList } from './invitation-list.tsx';
import { LeaveCard } from './leave-card.tsx';
import { MemberList } from './member-list.tsx';
import type { MemberQuestion } from './member-questions.ts';
import { useMembers } from './members-query.ts';
import { type Looker, rolesToGive, whyHeld } from './membership-rules.ts';
import { RolesCard } from './roles-card.tsx';

const InviteDialog = lazy(() => import('./invite-dialog.tsx'));
const MemberDialog = lazy(() => import('./member-dialog.tsx'));

/** Who belongs to the organization, who is invited, and every change of either. */
export default function MembersPage() {
  usePageTitle(() => 'Members');
  const me = useMe();
  const listed = useMembers();
  const known = () => listed.data;
  const organization = () => me().tenant?.name ?? '';
  const looker = (): Looker => ({
    role: me().role ?? 'viewer',
    mayChange: mayAdminister(me()) && !waitsForDeletion(me()),
  });
  const others = () =>
    me()
      .memberships.map(({ tenant }) => tenant)
      .filter(({ id }) => id !== me().tenant?.id);
  const [inviting, setInviting] = createSignal(false);
  const [question, setQuestion] = createSignal<MemberQuestion | null>(null);
  let heading: HTMLHeadingElement | undefined;
  // What was pressed is gone with what it was about: the keyboard goes on at the top.
  const focusHeading = () => heading?.focus();

  return (
    <>
      <PageHeading
        title="Members"
        heading={(element) => {
          heading = element;
        }}
        sentence={
          <>
            Who belongs to <span class="break-words">{organization()}</span>, and what they may do.
          </>
        }
        action={
          <Show when={looker().mayChange}>
            <Button variant="primary" onClick={() => setInviting(true)}>
              Invite somebody
            </Button>
          </Show>
        }
      />
      <Answer asked={listed} known={known()} waiting={<MembersSkeleton />}>
        {(list) => (
          <div class="flex flex-col gap-4">
            <MemberList members={list().members} looker={looker()} onAsk={setQuestion} />
            <Show when={mayAdminister(me())}>
              <section aria-labelledby="invitations" class="mt-2">
                <h3 id="invitations" class="mb-2 text-14 font-semibold">
                  Invitations
                </h3>
                <InvitationList invitations={list().invitations} looker={looker()} onGone={focusHeading} />
              </section>
            </Show>
            <RolesCard />
            <LeaveCard
              organization={organization()}
              held={whyHeld(
                list().members.find(({ isYou }) => isYou),
                list().members,
              )}
              onLeave={() => setQuestion({ kind: 'leave', others: others() })}
            />
          </div>
        )}
      </Answer>
      <OnceOpened open={inviting()}>
        <InviteDialog
          open={inviting()}
          organization={organization()}
          choices={rolesToGive(looker())}
          invitations={known()?.invitations ?? []}
          onOpenChange={setInviting}
        />
      </OnceOpened>
      <OnceOpened open={question() !== null}>
        <MemberDialog
          question={question()}
          organization={organization()}
          onClose={() => setQuestion(null)}
          onSettled={focusHeading}
        />
      </OnceOpened>
    </>
  );
}

/** The list before it is there, in its true size. */
function MembersSkeleton() {
  return (
    <Loading label="Loading the members">
      <div class="rounded-8 border border-line bg-surface">
        <For each={['w-32', 'w-24', 'w-40']}>
          {(width) => (
            <div class="flex items-center gap-3 border-b border-line px-4 py-3 last:border-b-0">
              <Skeleton class="size-9 rounded-full!" />
              <div class="flex-1">
                <Skeleton class={`h-4 ${width}`} />
                <Skeleton class="mt-1.5 h-3.5 w-56 max-w-full" />
              </div>
              <Skeleton class="h-7 w-24" />
            </div>
          )}
        </For>
      </div>
    </Loading>
  );
}
