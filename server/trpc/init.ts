import { initTRPC } from '@trpc/server';
import type { Context } from './context.ts';
import { answerOf } from './error-data.ts';

const trpc = initTRPC.context<Context>().create({
  errorFormatter({ shape, error }) {
    const { data, status, message } = answerOf(error);
    return {
      code: shape.code,
      message,
      data: { code: shape.data.code, httpStatus: status, path: shape.data.path, ...data },
    };
  },
  sse: {
    ping: { enabled: true, intervalMs: 5000 },
    client: { reconnectAfterInactivityMs: 15_000 },
  },
});

export const router = trpc.router;
export const procedure = trpc.procedure;
export const middleware = trpc.middleware;
