import CircleQuestionMark from 'lucide-solid/icons/circle-question-mark';
import Laptop from 'lucide-solid/icons/laptop';
import Smartphone from 'lucide-solid/icons/smartphone';
import { Match, Show, Switch } from 'solid-js';
import type { SessionListed } from '../../../../../shared/accounts/session.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { Ago } from '../../../ui/time/ago.tsx';
import { deviceOf } from './device-words.ts';

/** One place where a person is signed in, and the button that ends it. */
export function SessionRow(props: { session: SessionListed; busy: boolean; onRevoke: () => void }) {
  const session = () => props.session;
  const device = () => deviceOf(session().userAgent);
  return (
    <li class="flex flex-wrap items-center gap-x-3 gap-y-2.5 border-b border-line px-4 py-3 last:border-b-0">
      <span class="grid size-9 shrink-0 place-items-center rounded-8 bg-sunken text-muted" aria-hidden="true">
        <Switch fallback={<CircleQuestionMark class="size-4.5" />}>
          <Match when={device().kind === 'computer'}>
            <Laptop class="size-4.5" />
          </Match>
          <Match when={device().kind === 'handheld'}>
            <Smartphone class="size-4.5" />
          </Match>
        </Switch>
      </span>
      <div class="min-w-0 flex-1 basis-52">
        <p class="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span class="text-14 font-medium">{device().words}</span>
          <Show when={session().isCurrent}>
            <Badge>This device</Badge>
          </Show>
        </p>
        <p class="mt-0.5 flex flex-wrap gap-x-3 text-13 text-muted">
          <span>
            <Show
              when={session().isCurrent}
              fallback={
                <>
                  Last used <Ago at={session().lastUsedAt} />
                </>
              }
            >
              In use now
            </Show>
          </span>
          <span>
            from{' '}
            <Show when={session().ipAddress} fallback="an unknown address">
              {(address) => <span class="mono text-12 break-all">{address()}</span>}
            </Show>
          </span>
          <span>
            signed in <Ago at={session().createdAt} />
          </span>
        </p>
      </div>
      <Show when={!session().isCurrent}>
        <Button
          size="small"
          class="max-sm:ml-12"
          busy={props.busy}
          aria-label={`Revoke ${device().words}`}
          onClick={() => props.onRevoke()}
        >
          Revoke
        </Button>
      </Show>
    </li>
  );
}
