import type { Context } from 'hono';

const FORWARDING = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'via'];

/** Whether a request says that it came through a proxy, trusted or not. */
export const isForwarded = (c: Context): boolean =>
  FORWARDING.some((name) => c.req.header(name) !== undefined);
