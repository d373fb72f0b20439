import { initTRPC } from '@trpc/server';
import type { Context } from './context.ts';
import { errorCodeOf } from './error-code.ts';
import { answerOf } from './error-data.ts';

const trpc = initTRPC.context<Context>().create({
  errorFormatter({ shape, error }) {
    const { data, status, message } = answerOf(error);
    const { key, code } = errorCodeOf(status);
    return { code, message, data: { code: key, httpStatus: status, path: shape.data.path, ...data } };
  },
  sse: {
    ping: { enabled: true, intervalMs: 5000 },
    client: { reconnectAfterInactivityMs: 15_000 },
  },
});

export const router = trpc.router;
export const mergeRouters = trpc.mergeRouters;
export const procedure = trpc.procedure;
export const middleware = trpc.middleware;
