import { createEffect, Match, on, Show, Switch } from 'solid-js';
import { client } from '../../api/client.ts';
import { personChanged } from '../../api/person-changed.ts';
import { Button } from '../../ui/button.tsx';
import { EntranceLayout, TextLink } from '../../ui/entrance/entrance-layout.tsx';
import { Notice } from '../../ui/notice.tsx';
import { usePageTitle } from '../../ui/page-title.ts';
import { Spinner } from '../../ui/spinner.tsx';
import { AnotherVerification } from './another-verification.tsx';
import { useLinkToken } from './link-token.ts';
import { createSpending, type SpendingState } from './spending.ts';
import { WayOn } from './way-on.tsx';

const WORDS: Record<SpendingState, { title: string; sentence: string }> = {
  ready: { title: 'Verifying your email', sentence: 'This takes a moment.' },
  under_way: { title: 'Verifying your email', sentence: 'This takes a moment.' },
  done: {
    title: 'Your email is verified',
    sentence: 'What StatusWatch has to tell reaches you from now on.',
  },
  broken: {
    title: 'This link is not whole',
    sentence:
      'It was cut short, or is not the one from the mail. Open it again from there, or ask for another one.',
  },
  expired: {
    title: 'This link does not work any more',
    sentence:
      'It was used already, or is older than a day. If you have opened it before, your email is verified.',
  },
  failed: { title: 'Your email is not verified yet', sentence: 'The link is still good.' },
};

/** Where the mail that asks for it leads: the address is verified at once, whoever is signed in here, or nobody. */
export default function VerifyEmailPage() {
  const token = useLinkToken();
  const verifying = createSpending(token, async (known) => {
    const answer = await client.auth.verifyEmail.mutate({ token: known });
    await personChanged();
    return answer;
  });
  createEffect(on(token, () => void verifying.redeem()));
  const words = () => WORDS[verifying.state()];
  usePageTitle(() => words().title);
  return (
    <EntranceLayout
      title={words().title}
      sentence={words().sentence}
      footer={<TextLink href="/login">Go to the sign-in page</TextLink>}
    >
      <Switch
        fallback={
          <p role="status" class="flex h-11 items-center justify-center gap-2 text-14 text-muted">
            <Spinner /> Verifying
          </p>
        }
      >
        <Match when={verifying.state() === 'done'}>
          <div class="flex flex-col gap-5">
            <Notice tone="success">
              <strong class="font-semibold">{verifying.email()}</strong> is verified.
            </Notice>
            <WayOn href="/dashboard">Go to your monitors</WayOn>
          </div>
        </Match>
        <Match when={verifying.state() === 'failed'}>
          <div class="flex flex-col gap-5">
            <Show when={verifying.problem()}>
              {(sentence) => <Notice tone="problem">{sentence()}</Notice>}
            </Show>
            <Button variant="primary" size="large" onClick={() => void verifying.redeem()}>
              Try again
            </Button>
          </div>
        </Match>
        <Match when={verifying.state() === 'expired' || verifying.state() === 'broken'}>
          <AnotherVerification />
        </Match>
      </Switch>
    </EntranceLayout>
  );
}
