import { A } from '@solidjs/router';
import { buttonClass } from './button.tsx';
import { usePageTitle } from './page-title.ts';
import { Wordmark } from './wordmark.tsx';

export default function NotFoundPage() {
  usePageTitle(() => 'Page not found');
  return (
    <main class="mx-auto flex min-h-dvh max-w-md flex-col items-start justify-center px-6">
      <Wordmark />
      <h1 class="mt-8 text-20 font-semibold">There is no page at this address</h1>
      <p class="mt-2 text-14 text-muted">
        <code class="break-all text-13 text-text">{location.pathname}</code> leads nowhere. It may have been
        moved, or mistyped.
      </p>
      <A href="/dashboard" class={`mt-6 ${buttonClass({ variant: 'primary' })}`}>
        Go to your monitors
      </A>
    </main>
  );
}
