import { Match, Show, Switch } from 'solid-js';
import { client } from '../../api/client.ts';
import { personChanged } from '../../api/person-changed.ts';
import { Button } from '../../ui/button.tsx';
import { EntranceLayout, TextLink } from '../../ui/entrance/entrance-layout.tsx';
import { Notice } from '../../ui/notice.tsx';
import { usePageTitle } from '../../ui/page-title.ts';
import { useLinkToken } from './link-token.ts';
import { createSpending, type SpendingState } from './spending.ts';
import { WayOn } from './way-on.tsx';

const ASK = {
  title: 'Confirm your new email',
  sentence:
    'This mail reached you, so the address works. Once confirmed, you sign in with it, and mails go there.',
};
const WORDS: Record<SpendingState, { title: string; sentence: string }> = {
  ready: ASK,
  under_way: ASK,
  failed: ASK,
  done: { title: 'Your email is changed', sentence: 'The address you had before is told of it, too.' },
  broken: {
    title: 'This link is not whole',
    sentence:
      'It was cut short, or is not the one from the mail. Open it again from there, or ask for the change anew.',
  },
  expired: {
    title: 'This link does not work any more',
    sentence: 'It was used already, is older than a day, or another change was asked for since.',
  },
};

/** Where the mail to a new address leads: a button makes it the address of its account, whoever is signed in here. */
export default function ConfirmEmailPage() {
  const token = useLinkToken();
  const confirming = createSpending(token, async (known) => {
    const answer = await client.auth.confirmEmailChange.mutate({ token: known });
    await personChanged();
    return answer;
  });
  const words = () => WORDS[confirming.state()];
  usePageTitle(() => words().title);
  return (
    <EntranceLayout
      title={words().title}
      sentence={words().sentence}
      footer={<TextLink href="/login">Go to the sign-in page</TextLink>}
    >
      <Switch
        fallback={
          <div class="flex flex-col gap-5">
            <Show when={confirming.problem()}>
              {(sentence) => <Notice tone="problem">{sentence()}</Notice>}
            </Show>
            <Button
              variant="primary"
              size="large"
              busy={confirming.state() === 'under_way'}
              onClick={() => void confirming.redeem()}
            >
              Confirm this address
            </Button>
          </div>
        }
      >
        <Match when={confirming.state() === 'done'}>
          <div class="flex flex-col gap-5">
            <Notice tone="success">
              You sign in with <strong class="font-semibold">{confirming.email()}</strong> from now on.
            </Notice>
            <WayOn href="/dashboard">Go to your monitors</WayOn>
          </div>
        </Match>
        <Match when={confirming.state() === 'expired' || confirming.state() === 'broken'}>
          <WayOn href="/settings/profile">Go to your profile</WayOn>
        </Match>
      </Switch>
    </EntranceLayout>
  );
}
