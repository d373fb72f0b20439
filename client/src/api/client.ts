import { createTRPCClient, httpBatchLink, httpLink, splitLink, type TRPCLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import type { AppRouter } from '../../../server/trpc/router.ts';
import { noteServerTime } from '../ui/time/server-clock.ts';
import { pageHeaders } from './page-organization.ts';
import { readRefusal } from './refusal.ts';

/** The server refuses more calls than this in one request. */
const MAX_BATCH = 20;

const signedOutListeners = new Set<() => void>();

/** Calls `listener` whenever the server says that nobody is signed in. @returns what stops it */
export function onSignedOut(listener: () => void): () => void {
  signedOutListeners.add(listener);
  return () => signedOutListeners.delete(listener);
}

const noticeSignedOut: TRPCLink<AppRouter> = () => (call) =>
  observable((observer) =>
    call.next(call.op).subscribe({
      next: (answer) => observer.next(answer),
      complete: () => observer.complete(),
      error: (error) => {
        observer.error(error);
        // Who asks who is signed in hears the answer itself.
        if (call.op.path === 'auth.me' || readRefusal(error).reason !== 'not_signed_in') return;
        for (const listener of signedOutListeners) listener();
      },
    }),
  );

const HTTP = { url: '/trpc', headers: pageHeaders, fetch: fetchAndSetClock };

/**
 * Calls the API: `await client.monitors.pause.mutate({ monitorId })`. Queries go through `queries.ts`; the one live
 * stream of the browser has its own client, so that its link loads only for those who are signed in.
 */
export const client = createTRPCClient<AppRouter>({
  links: [
    noticeSignedOut,
    splitLink({
      // The payment provider is asked along the way: a page's other questions do not wait for it.
      condition: ({ path }) => path.startsWith('billing.'),
      true: httpLink(HTTP),
      false: httpBatchLink({ ...HTTP, maxItems: MAX_BATCH }),
    }),
  ],
});

async function fetchAndSetClock(input: RequestInfo | URL | string, init?: RequestInit): Promise<Response> {
  const response = await fetch(input, init);
  noteServerTime(response.headers.get('Date'), Date.now());
  return response;
}
