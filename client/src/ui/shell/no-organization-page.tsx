import { useNavigate } from '@solidjs/router';
import ArrowRight from 'lucide-solid/icons/arrow-right';
import { For, Show } from 'solid-js';
import type { Me } from '../../../../shared/tenancy/identity.ts';
import { signOut } from '../../features/accounts/sign-out.ts';
import { OF_PERSON } from '../../features/settings/settings-pages.ts';
import { switchTo } from '../../features/tenancy/switch-to.ts';
import { Button } from '../button.tsx';
import { TextLink } from '../entrance/entrance-layout.tsx';
import { usePageTitle } from '../page-title.ts';
import { Wordmark } from '../wordmark.tsx';
import { askAgainAndAgain } from './ask-again.ts';

/** Signed in, but to no organization, or not to the one this address belongs to: what can be done instead. */
export function NoOrganizationPage(props: { me: Me }) {
  usePageTitle(() => 'No organization');
  askAgainAndAgain();
  const navigate = useNavigate();
  const hasOthers = () => props.me.memberships.length > 0;
  return (
    <main class="mx-auto flex min-h-dvh w-full max-w-md flex-col items-start justify-center px-6 py-12">
      <Wordmark />
      <h1 class="mt-8 text-20 font-semibold text-pretty">
        {hasOthers() ? 'You do not belong to this organization' : 'You do not belong to any organization yet'}
      </h1>
      <p class="mt-2 text-14 text-muted text-pretty">
        You are signed in as <strong class="font-medium break-words text-text">{props.me.user.email}</strong>.{' '}
        <Show
          when={hasOthers()}
          fallback={
            <>
              Ask an owner to invite you, or{' '}
              <TextLink href="/register">create an organization of your own</TextLink>.
            </>
          }
        >
          Go on to one of yours, or ask an owner of this one to invite you.
        </Show>
      </p>
      <Show when={hasOthers()}>
        <ul class="mt-6 flex w-full flex-col gap-2">
          <For each={props.me.memberships}>
            {({ tenant }) => (
              <li>
                <Button
                  size="large"
                  class="w-full justify-between!"
                  onClick={() => switchTo(navigate, tenant)}
                >
                  <span class="min-w-0 truncate">Continue to {tenant.name}</span>
                  <ArrowRight class="size-4 shrink-0 text-faint" aria-hidden="true" />
                </Button>
              </li>
            )}
          </For>
        </ul>
      </Show>
      <Button
        variant={hasOthers() ? 'secondary' : 'primary'}
        class="mt-6"
        onClick={() => void signOut(() => navigate('/login', { replace: true }))}
      >
        Sign in with another email
      </Button>
      <nav aria-label="Your account" class="mt-8 w-full border-t border-line pt-4">
        <ul class="flex gap-5 text-14">
          <For each={OF_PERSON}>
            {(page) => (
              <li>
                <TextLink href={page.href}>{page.label}</TextLink>
              </li>
            )}
          </For>
        </ul>
      </nav>
    </main>
  );
}
