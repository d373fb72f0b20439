import { createTRPCClient, httpBatchLink } from '@trpc/client';
import type { AppRouter } from '../../../server/trpc/router.ts';

/** The server refuses more calls than this in one request. */
const MAX_BATCH = 20;

/**
 * Calls the API: `await client.monitors.pause.mutate({ monitorId })`. Queries go through `queries.ts`; the one live
 * stream of the browser has its own client, so that its link loads only for those who are signed in.
 */
export const client = createTRPCClient<AppRouter>({
  links: [httpBatchLink({ url: '/trpc', maxItems: MAX_BATCH })],
});
