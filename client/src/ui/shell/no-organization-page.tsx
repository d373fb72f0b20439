import { useNavigate } from '@solidjs/router';
import type { Me } from '../../../../shared/tenancy/identity.ts';
import { signOut } from '../../features/accounts/sign-out.ts';
import { Button } from '../button.tsx';
import { usePageTitle } from '../page-title.ts';
import { Wordmark } from '../wordmark.tsx';

/** Signed in, but to no organization, or not to the one this address belongs to. */
export function NoOrganizationPage(props: { me: Me }) {
  usePageTitle(() => 'No organization');
  const navigate = useNavigate();
  return (
    <main class="mx-auto flex min-h-dvh max-w-md flex-col items-start justify-center px-6">
      <Wordmark />
      <h1 class="mt-8 text-20 font-semibold">You do not belong to this organization</h1>
      <p class="mt-2 text-14 text-muted">
        You are signed in as <strong class="font-medium text-text">{props.me.user.email}</strong>. Ask one of
        its owners to invite you, or sign in with another email.
      </p>
      <Button
        variant="primary"
        class="mt-6"
        onClick={() => void signOut(() => navigate('/login', { replace: true }))}
      >
        Sign in with another email
      </Button>
    </main>
  );
}
