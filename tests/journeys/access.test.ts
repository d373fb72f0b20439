import { expect, test } from 'vitest';
import { readConfig } from '../../server/config.ts';
import { createLog } from '../../server/log.ts';
import { startServer } from '../../server/start-server.ts';
import { ACCESS, type Access } from '../../server/trpc/access.ts';
import { appRouter } from '../../server/trpc/router.ts';
import type { ErrorReason } from '../../shared/error-reason.ts';
import {
  accountMailQueue,
  followRemovalQueue,
  invitationMailQueue,
  removalMailQueue,
} from '../../shared/jobs/queues.ts';
import type { ApiClient, ProcedureName } from '../support/api-client.ts';
import { openEventStream } from '../support/event-stream.ts';
import { eventually } from '../support/eventually.ts';
import { openOrganization, SEATS } from '../support/organization.ts';
import { INPUT_OF, noThings, type Things } from '../support/procedure-inputs.ts';
import { freePort, serverEnvironment } from '../support/test-server.ts';
import { openWorld } from '../support/world.ts';

const world = await openWorld();
const { database, server } = world;
const own = await openOrganization(world);
const foreign = await openOrganization(world);
const names = Object.keys(appRouter._def.procedures) as ProcedureName[]; // a flat record at run time

/** Where in the row of seats those begin who may call a procedure. */
function firstSeat(name: ProcedureName): number {
  const access: Access | undefined = ACCESS[name];
  if (access === 'anyone') return SEATS.indexOf('visitor');
  return SEATS.indexOf(access === 'signed_in' ? 'outsider' : (access ?? 'owner'));
}

/** What comes of a call. A stream is refused inside itself, by an event. */
type Said = { status: number; reason: ErrorReason | null; text: string; headers: object };

async function ask(client: ApiClient, name: ProcedureName, things: Things): Promise<Said> {
  if (name === 'live.changes') return listen(client);
  const { status, text, headers } = await client.send(name, INPUT_OF[name](things));
  const { date: _date, 'x-request-id': _id, ...same } = headers;
  return { status, reason: JSON.parse(text).error?.data.reason ?? null, text, headers: same };
}

async function listen(client: ApiClient): Promise<Said> {
  const stream = await openEventStream(client);
  const said = await eventually(() => {
    const refusal = stream.events.find(({ event }) => event === 'serialized-error');
    if (refusal !== undefined) return JSON.parse(refusal.data).data;
    return server.services.liveFeed.size > 0 ? { httpStatus: stream.status } : null;
  });
  stream.close();
  await eventually(() => server.services.liveFeed.size === 0);
  return { status: said.httpStatus, reason: said.reason ?? null, text: '', headers: {} };
}

/** Everything that a call could change, by table; what a session's use leaves behind and counts of tries are no change. */
async function everything(): Promise<Record<string, string>> {
  const tables = await database.admin<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
      and not relispartition and relname <> 'rate_limits'`,
  );
  const parts = tables.map(
    ({ name }) =>
      `select '${name}' as name, md5(coalesce(string_agg(row, ',' order by row), '')) as content
        from (select (to_jsonb(t) - array['last_used_at', 'ip_address'])::text as row from ${name} t) as rows`,
  );
  const rows = await database.admin<{ name: string; content: string }>(parts.join(' union all '));
  const [jobs] = await database.admin<{ count: number }>(
    'select count(*)::int as count from pgboss.job where name = any($1)',
    [[accountMailQueue, invitationMailQueue, removalMailQueue, followRemovalQueue].map(({ name }) => name)],
  );
  const contents = Object.fromEntries(rows.map(({ name, content }) => [name, content]));
  return { ...contents, mails: String(jobs?.count) };
}

/** What of an organization a call names, found out by what its input is made of. */
function namedBy(name: ProcedureName): string[] {
  const named: string[] = [];
  const watched = new Proxy(noThings(), {
    get(things, key) {
      named.push(String(key));
      return Reflect.get(things, key);
    },
  });
  INPUT_OF[name](watched);
  return named;
}

/** What an answer is to a call about another organization's things, or none that ever were, where it is no 404. */
const NOT_THEIRS: Partial<Record<ProcedureName, number>> = {
  'audit.list': 200, // a filter that nothing fits
  'sessions.revoke': 200, // none that could end: it says that none did
  'tenants.remove': 400, // a name that was typed wrong
};

test.each(names)('%s is refused below its row, whatever it is about, and changes nothing', async (name) => {
  const before = await everything();
  for (const seat of SEATS.slice(0, firstSeat(name))) {
    const status = seat === 'visitor' ? 401 : 403;
    const reason = seat === 'visitor' ? 'not_signed_in' : 'forbidden';
    for (const things of [own.thingsOf(seat), foreign.thingsOf(seat), noThings()]) {
      expect([seat, await ask(own.seats[seat], name, things)]).toEqual([
        seat,
        expect.objectContaining({ status, reason }),
      ]);
    }
  }
  expect(await everything()).toEqual(before);
});

test.each(names.filter((name) => namedBy(name).length > 0))(
  '%s answers about another organization’s as about what never was, byte for byte, and changes nothing',
  async (name) => {
    const before = await everything();
    for (const seat of SEATS.slice(firstSeat(name))) {
      const theirs = await ask(own.seats[seat], name, foreign.thingsOf(seat));
      expect([seat, theirs]).toEqual([seat, await ask(own.seats[seat], name, noThings())]);
      expect([seat, theirs.status]).toEqual([seat, NOT_THEIRS[name] ?? 404]);
    }
    expect(await everything()).toEqual(before);
  },
);

test('a monitor of one’s own opens no change of state that is not', async () => {
  const { monitorId } = own.thingsOf('owner');
  const changeOf = (stateChangeId: string) =>
    ask(own.seats.owner, 'stateChanges.get', { ...own.thingsOf('owner'), monitorId, stateChangeId });
  const theirs = await changeOf(foreign.thingsOf('owner').stateChangeId);
  expect(theirs.status).toBe(404);
  expect(theirs).toEqual(await changeOf(noThings().stateChangeId));
});

test.each(names)('%s is for those of its row and for everyone above', async (name) => {
  for (const seat of SEATS.slice(firstSeat(name))) {
    // Each asks in an organization of their own: some calls leave nothing of it.
    const organization = await openOrganization(world);
    const { reason, text } = await ask(organization.seats[seat], name, organization.thingsOf(seat));
    expect([seat, text, reason]).not.toEqual([
      seat,
      text,
      expect.toBeOneOf(['not_signed_in', 'forbidden', 'internal']),
    ]);
  }
  // No prober runs here to try a draft, and nothing is sold: that is logged.
  for (const { path } of server.takeErrors()) expect(path).toMatch(/monitors\.try$|billing\.\w+$/);
});

test('the walk knows of every procedure, and of no other', () => {
  expect(Object.keys(INPUT_OF).sort()).toEqual([...names].sort());
});

test('a server whose table lacks a procedure does not start', async () => {
  const rows: Record<string, Access> = ACCESS; // read-only for everyone but this test
  const row = rows['monitors.remove'];
  delete rows['monitors.remove'];
  try {
    const config = readConfig(serverEnvironment(database, await freePort()));
    await expect(startServer(config, createLog('silent', 'server'))).rejects.toThrow(
      'monitors.remove has no row in server/trpc/access.ts.',
    );
  } finally {
    rows['monitors.remove'] = row ?? 'owner';
  }
});
