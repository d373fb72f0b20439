import { createMiddleware } from 'hono/factory';
import type { HttpEnv } from './request-log.ts';

/** Sends the cookies that were set while a request was worked on. Only the finished answer keeps a header: tRPC makes its own. */
export const answerCookies = createMiddleware<HttpEnv>(async (c, next) => {
  const cookies: string[] = [];
  c.set('cookies', cookies);
  await next();
  for (const cookie of cookies) c.header('Set-Cookie', cookie, { append: true });
});
