import { useNavigate } from '@solidjs/router';
import { createMemo, type JSX, Match, Switch } from 'solid-js';
import { roleSentence } from '../../../../shared/tenancy/role-words.ts';
import { EntranceLayout, TextLink } from '../../ui/entrance/entrance-layout.tsx';
import { usePageTitle } from '../../ui/page-title.ts';
import { Loading, Skeleton } from '../../ui/skeleton.tsx';
import { toast } from '../../ui/toast.tsx';
import { useLinkToken } from '../accounts/link-token.ts';
import { InvitationAccountForm } from './invitation-account-form.tsx';
import { InvitationEnd } from './invitation-end.tsx';
import { InvitationJoin } from './invitation-join.tsx';
import { InvitationMember } from './invitation-member.tsx';
import { Named } from './invitation-named.tsx';
import { InvitationPasswordForm } from './invitation-password-form.tsx';
import { RunsOut } from './invitation-runs-out.tsx';
import { InvitationSomeoneElse } from './invitation-someone-else.tsx';
import { InvitationUnreached } from './invitation-unreached.tsx';
import {
  type Accept,
  createInvitationVisit,
  type InvitationVisitState,
  type OpenInvitation,
} from './invitation-visit.ts';

/** Where the mail of an invitation leads: who invites whom to what, and the way in for whoever it is that looks. */
export default function InvitationPage() {
  const navigate = useNavigate();
  const visit = createInvitationVisit(useLinkToken());
  const open = createMemo(() => only(visit.state(), 'invitation'));
  const isAt = (at: InvitationVisitState['at']) => visit.state().at === at;

  const join: Accept = async (given) => {
    const tenant = await visit.accept(given);
    navigate('/dashboard', { replace: true });
    toast({ sentence: `You belong to ${tenant.name} now.` });
  };
  const words = () => wordsOf(visit.state());
  usePageTitle(() => words().title);
  return (
    <EntranceLayout
      title={words().title}
      sentence={words().sentence}
      footer={<Footer state={visit.state()} />}
    >
      <Switch
        fallback={
          <Loading label="Opening the invitation">
            <Skeleton class="h-4 w-12" />
            <Skeleton class="mt-2 h-11 w-full" />
            <Skeleton class="mt-5 h-4 w-20" />
            <Skeleton class="mt-2 h-11 w-full" />
            <Skeleton class="mt-5 h-11 w-full" />
          </Loading>
        }
      >
        <Match when={isAt('unreached') && only(visit.state(), 'refusal')}>
          {(unreached) => <InvitationUnreached refusal={unreached().refusal} onRetry={visit.open} />}
        </Match>
        <Match when={isAt('broken') || isAt('expired') || isAt('resting')}>
          <InvitationEnd state={visit.state()} />
        </Match>
        <Match when={isAt('new_account') && open()}>
          {(seen) => (
            <InvitationAccountForm
              email={seen().invitation.email}
              onJoin={join}
              onRefused={visit.lookAgain}
            />
          )}
        </Match>
        <Match when={isAt('password') && open()}>
          {(seen) => (
            <InvitationPasswordForm
              email={seen().invitation.email}
              onJoin={join}
              onRefused={visit.lookAgain}
            />
          )}
        </Match>
        <Match when={isAt('join') && open()}>
          {(seen) => (
            <InvitationJoin email={seen().invitation.email} onJoin={join} onRefused={visit.lookAgain} />
          )}
        </Match>
        <Match when={isAt('someone_else') && open()}>
          {(seen) => <InvitationSomeoneElse seen={seen()} onSignedOut={visit.open} />}
        </Match>
        <Match when={isAt('member') && open()}>{(seen) => <InvitationMember seen={seen()} />}</Match>
      </Switch>
    </EntranceLayout>
  );
}

function Footer(props: { state: InvitationVisitState }) {
  const asking = () => (props.state.at === 'member' ? null : only(props.state, 'invitation'));
  const me = () => ('me' in props.state ? props.state.me : null);
  return (
    <Switch
      fallback={
        <>
          Nobody to ask? <TextLink href="/register">Create your own organization</TextLink>
        </>
      }
    >
      <Match when={props.state.at === 'opening' || props.state.at === 'unreached'}>
        <TextLink href="/login">Go to the sign-in page</TextLink>
      </Match>
      <Match when={asking()}>
        {(seen) => (
          <>
            <RunsOut at={seen().invitation.expiresAt} /> If you do not know who this is, close the page:
            without you nothing happens.
          </>
        )}
      </Match>
      <Match when={me()}>
        {(known) => (
          <>
            Signed in as <Named>{known().user.email}</Named>.
          </>
        )}
      </Match>
    </Switch>
  );
}

function wordsOf(state: InvitationVisitState): { title: string; sentence: JSX.Element } {
  switch (state.at) {
    case 'opening':
      return { title: 'Your invitation', sentence: <TakesTwoLines>This takes a moment.</TakesTwoLines> };
    case 'unreached':
      return { title: 'Your invitation', sentence: 'It could not be opened yet. Nothing of it is used up.' };
    case 'broken':
      return {
        title: 'This link is not whole',
        sentence: 'It was cut short, or is not the one from the mail. Open it again from there.',
      };
    case 'expired':
      return {
        title: 'This invitation does not work any more',
        sentence: 'It has been used, taken back or replaced by a newer one, or its day is over.',
      };
    case 'resting':
      return {
        title: 'Nobody can join now',
        sentence: `${state.sentence} Should its owners keep it after all, the link works again.`,
      };
    case 'member':
      return {
        title: `You belong to ${state.invitation.tenant.name} already`,
        sentence: <Asked of={state} />,
      };
    case 'someone_else':
      return { title: 'You are signed in as someone else', sentence: <Asked of={state} /> };
    case 'new_account':
    case 'password':
    case 'join':
      return { title: `Join ${state.invitation.tenant.name}`, sentence: <Asked of={state} /> };
    default:
      return state satisfies never;
  }
}

function Asked(props: { of: OpenInvitation }) {
  const invitation = () => props.of.invitation;
  return (
    <>
      <Named>{invitation().invitedByName}</Named> invites <Named>{invitation().email}</Named> to{' '}
      <Named>{invitation().tenant.name}</Named>. {roleSentence(invitation().role)}
    </>
  );
}

/** Keeps the place of the sentence that is about to stand there. */
function TakesTwoLines(props: { children: JSX.Element }) {
  return <span class="block min-h-10">{props.children}</span>;
}

/** The state, if it is one that has this; null else. */
function only<Key extends string>(
  state: InvitationVisitState,
  key: Key,
): Extract<InvitationVisitState, Record<Key, unknown>> | null {
  return key in state ? (state as Extract<InvitationVisitState, Record<Key, unknown>>) : null; // as just asked
}
