import { createSignal, For, Show } from 'solid-js';
import type { RevokeSessionInput, SessionListed } from '../../../../../shared/accounts/session.ts';
import { client } from '../../../api/client.ts';
import { queries } from '../../../api/queries.ts';
import { readRefusal } from '../../../api/refusal.ts';
import { useQuery } from '../../../api/use-query.ts';
import { Answer } from '../../../ui/answer.tsx';
import { Button } from '../../../ui/button.tsx';
import { PageHeading } from '../../../ui/page-heading.tsx';
import { usePageTitle } from '../../../ui/page-title.ts';
import { Loading, Skeleton } from '../../../ui/skeleton.tsx';
import { toast } from '../../../ui/toast.tsx';
import { deviceOf } from './device-words.ts';
import { SessionRow } from './session-row.tsx';

/** Stands for every session but this one, where the id of one stands else. */
const OTHERS = 'others';

/** Where a person is signed in, and the end of any of it. */
export default function SessionsPage() {
  usePageTitle(() => 'Sessions');
  // Asked again whenever somebody comes back to the page.
  const listed = useQuery(() => ({ ...queries.sessions.list.queryOptions(), staleTime: 0 }));
  const known = () => listed.data?.sessions;
  const [ending, setEnding] = createSignal<string | null>(null);
  let heading: HTMLHeadingElement | undefined;

  const end = async (what: string, input: RevokeSessionInput, sentenceOf: (revoked: number) => string) => {
    if (ending() !== null) return;
    setEnding(what);
    try {
      const { revoked } = await client.sessions.revoke.mutate(input);
      await queries.sessions.list.invalidate();
      // The button that was pressed is gone with what it ended.
      heading?.focus();
      toast({ sentence: sentenceOf(revoked) });
    } catch (error) {
      toast({ tone: 'problem', sentence: readRefusal(error).sentence });
    } finally {
      setEnding(null);
    }
  };
  const revoke = (session: SessionListed) => {
    const { words } = deviceOf(session.userAgent);
    return end(session.id, { sessionId: session.id }, (revoked) =>
      revoked === 0 ? `${words} was signed out already.` : `${words} is signed out.`,
    );
  };
  const revokeOthers = () =>
    end(OTHERS, { others: true }, (revoked) =>
      revoked === 1 ? 'One other session is ended.' : `${revoked} other sessions are ended.`,
    );

  return (
    <>
      <PageHeading
        title="Sessions"
        heading={(element) => {
          heading = element;
        }}
        sentence="Where you are signed in. Revoking a session signs that device out within seconds. There is no way to take it back: whoever uses it signs in anew."
        action={
          <Show when={(known()?.length ?? 0) > 1}>
            <Button variant="danger" busy={ending() === OTHERS} onClick={() => void revokeOthers()}>
              Sign out everywhere else
            </Button>
          </Show>
        }
      />
      <Answer
        asked={listed}
        known={known()}
        waiting={
          <Loading label="Loading your sessions">
            <Skeleton class="h-50 w-full rounded-8" />
          </Loading>
        }
      >
        {(sessions) => (
          <>
            <ul aria-label="Sessions" class="rounded-8 border border-line bg-surface">
              <For each={sessions()}>
                {(session) => (
                  <SessionRow
                    session={session}
                    busy={ending() === session.id}
                    onRevoke={() => void revoke({ ...session })}
                  />
                )}
              </For>
            </ul>
            <Show when={sessions().length === 1}>
              <p class="mt-3 text-13 text-faint">You are signed in nowhere else.</p>
            </Show>
          </>
        )}
      </Answer>
    </>
  );
}
