import type { HttpBindings } from '@hono/node-server';
import { TRPCError } from '@trpc/server';
import type { Handler } from 'hono';
import type { AuditEntry } from '../../shared/audit/audit-entry.ts';
import type { Services } from '../compose.ts';
import { csvLine } from '../domains/audit/csv-line.ts';
import { createContext } from '../trpc/context.ts';
import { answerOf } from '../trpc/error-data.ts';
import { appRouter } from '../trpc/router.ts';
import type { HttpEnv } from './request-log.ts';

/** Spreadsheets take a file without it for Latin-1. */
const BYTE_ORDER_MARK = '\ufeff';
const AT_ONCE = 100;

const COLUMNS: Record<string, (entry: AuditEntry) => string> = {
  at: ({ at }) => at,
  actor_kind: ({ actor }) => actor.kind,
  actor_id: ({ actor }) => actor.id ?? '',
  actor: ({ actor }) => actor.name ?? '',
  action: ({ action }) => action,
  subject_kind: ({ subject }) => subject.kind,
  subject_id: ({ subject }) => subject.id ?? '',
  subject: ({ subject }) => subject.name ?? '',
  before: ({ before }) => JSON.stringify(before),
  after: ({ after }) => JSON.stringify(after),
  address: ({ address }) => address ?? '',
};

/**
 * The audit log as a file, newest first: what `audit.list` answers, with its filters in the address, for whoever may call that. It is
 * asked page by page, as fast as the file is taken, and each time anew whether they still may: one who is signed out meanwhile gets
 * no more, and the download fails.
 */
export function auditCsv(services: Services): Handler<HttpEnv> {
  return async (c) => {
    const { facts, log, cookies } = c.var;
    const ask = (cursor: string | null, setCookie: (cookie: string) => void) => {
      const belongsTo = (tenantId: string) => c.set('tenantId', tenantId);
      const context = createContext(services, facts, log, { setCookie, belongsTo });
      const input = { ...filterOf(c.req.queries()), cursor, limit: AT_ONCE };
      const page = appRouter.createCaller(context).audit.list(input as object); // judged there, as any input
      return { context, page };
    };
    const { context, page } = ask(null, (cookie) => cookies.push(cookie));
    let first: Awaited<typeof page>;
    try {
      first = await page;
    } catch (error) {
      if (!(error instanceof TRPCError)) throw error;
      const { status, message } = answerOf(error);
      if (status === 500) throw error;
      return c.text(message, status, { 'Cache-Control': 'no-store' });
    }
    const slug = (await context.caller())?.membership?.about.slug;
    const day = new Date().toISOString().slice(0, 10);
    const file = streamOf(first, {
      next: (cursor) => ask(cursor, () => undefined).page,
      fail(error) {
        const refused = error instanceof TRPCError && answerOf(error).status < 500;
        log[refused ? 'info' : 'error'](
          { event: 'audit.download_ended', err: error },
          'download ended early',
        );
        // Ended in any other way, a part of the log would look like the whole.
        (c.env as HttpBindings).outgoing.destroy(); // `serve` puts it there
      },
    });
    return c.body(file, 200, {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="${slug}-audit-log-${day}.csv"`,
      'Cache-Control': 'no-store',
    });
  };
}

type Page = { items: AuditEntry[]; nextCursor: string | null };

/** @param pages.fail is told why there is no next page; it has to end the connection */
function streamOf(
  first: Page,
  pages: { next: (cursor: string) => Promise<Page>; fail: (error: unknown) => void },
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let page: Page | null = null;
  return new ReadableStream({
    async pull(controller) {
      const head = page === null ? BYTE_ORDER_MARK + csvLine(Object.keys(COLUMNS)) : '';
      try {
        page = page === null ? first : await pages.next(page.nextCursor ?? '');
      } catch (error) {
        pages.fail(error);
        return;
      }
      const lines = page.items.map((entry) => csvLine(Object.values(COLUMNS).map((cell) => cell(entry))));
      controller.enqueue(encoder.encode(head + lines.join('')));
      if (page.nextCursor === null) controller.close();
    },
  });
}

/** The filters as `audit.list` takes them; one that is empty is none. */
function filterOf(queries: Record<string, string[]>): Record<string, unknown> {
  const given = Object.entries(queries).map(
    ([name, values]) => [name, values.filter((value) => value !== '')] as const,
  );
  return Object.fromEntries(
    given
      .filter(([, values]) => values.length > 0)
      .map(([name, values]) => [name, name === 'actions' ? values : values[0]]),
  );
}
