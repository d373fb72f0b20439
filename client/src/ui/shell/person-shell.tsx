import { A, useNavigate } from '@solidjs/router';
import { ErrorBoundary, type ParentProps, Suspense } from 'solid-js';
import type { Me } from '../../../../shared/tenancy/identity.ts';
import { signOut } from '../../features/accounts/sign-out.ts';
import { VerificationBanner } from '../../features/accounts/verification-banner.tsx';
import { Button } from '../button.tsx';
import { Crash } from '../crash-page.tsx';
import { ThemeSwitch } from '../theme/theme-switch.tsx';
import { Sign } from '../wordmark.tsx';
import { askAgainAndAgain } from './ask-again.ts';
import { MeProvider } from './me.ts';

/** The pages that are a person's own, whatever they belong to. */
const OWN_PAGES = /^\/(settings\/(profile|sessions)|switch)\/?$/;

export function isOwnPage(path: string): boolean {
  return OWN_PAGES.test(path);
}

/** The frame of a person's own pages for who belongs to no organization: there is nothing else to lead to. */
export function PersonShell(props: ParentProps<{ me: Me }>) {
  const navigate = useNavigate();
  askAgainAndAgain();
  return (
    <MeProvider value={() => props.me}>
      <header class="sticky top-0 z-30 flex h-12 items-center gap-1 border-b border-line bg-surface px-3 md:px-4">
        <A href="/dashboard" class="touch-target rounded-8" aria-label="StatusWatch">
          <Sign />
        </A>
        <div class="flex-1" />
        <ThemeSwitch />
        <Button variant="ghost" onClick={() => void signOut(() => navigate('/login', { replace: true }))}>
          Sign out
        </Button>
      </header>
      <VerificationBanner user={props.me.user} />
      <main id="page" class="mx-auto max-w-[62rem] px-4 pt-5 pb-16 md:px-6 lg:px-8">
        <ErrorBoundary fallback={(error, reset) => <Crash error={error} onReset={reset} />}>
          <Suspense>{props.children}</Suspense>
        </ErrorBoundary>
        <div data-layers />
      </main>
    </MeProvider>
  );
}
