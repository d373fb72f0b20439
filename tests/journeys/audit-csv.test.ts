import { expect, test } from 'vitest';
import { writeAudit } from '../../server/domains/audit/write-audit.ts';
import type { AuditFields } from '../../shared/audit/audit-entry.ts';
import { openWorld, type Persona } from '../support/world.ts';

const { alice, bob, charlie, addMember, database, server, visitor } = await openWorld();
const adam = await addMember(alice.tenant, 'admin', 'adam@acme.example');

/** Names that would run in a spreadsheet, break a line, or look like another cell. */
const HOSTILE = [
  '=cmd|" /C calc"!A0',
  '+1+1',
  '-1+1',
  '@SUM(1)',
  '\t=1',
  '\r=1',
  'x;=HYPERLINK("http://evil.example")',
  'a","b',
  'two\r\nlines',
  'Überwachung 監視 🦉',
  "'already",
];

const write = (who: Persona, name: string, after: AuditFields = {}) =>
  server.services.tenant(who.tenant.id).transaction((tx) =>
    writeAudit(tx, {
      tenantId: who.tenant.id,
      actor: { kind: 'key', id: '11111111-1111-4111-8111-111111111111', name, address: '192.0.2.7' },
      action: 'monitor.updated',
      subject: { kind: 'monitor', id: null, name },
      before: {},
      after,
    }),
  );

const download = (who: Pick<Persona, 'raw'>, query = '') => who.raw('GET', `/audit.csv${query}`);

/** The cells of a file as RFC 4180 has them: each quoted, each line ended. */
function cellsOf(text: string): Record<string, string>[] {
  const lines: string[][] = [[]];
  const cell = /"((?:[^"]|"")*)"(,|\r\n)/gy;
  for (let end = 0; end < text.length; end = cell.lastIndex) {
    const [, value = '', after] = cell.exec(text) ?? [];
    if (after === undefined) throw new Error(`No cell begins at ${end}: ${text.slice(end, end + 80)}`);
    lines.at(-1)?.push(value.replaceAll('""', '"'));
    if (after === '\r\n') lines.push([]);
  }
  const [names = [], ...rows] = lines.slice(0, -1);
  return rows.map((row) => Object.fromEntries(names.map((name, index) => [name, row[index] ?? 'missing'])));
}

test('the file says what the list says, and nothing in it is a formula', async () => {
  for (const name of HOSTILE) await write(alice, name, { name });
  const answer = await download(adam);
  expect(answer.status).toBe(200);
  expect(answer.headers).toMatchObject({
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': expect.stringMatching(
      /^attachment; filename="acme-audit-log-\d{4}-\d\d-\d\d\.csv"$/,
    ),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  const rows = cellsOf(answer.text);
  const { items } = await adam.call('audit.list', { limit: 100 });
  expect(rows.length).toBe(items.length);
  for (const [index, item] of items.entries()) {
    const { before, after, subject: _subject, actor: _actor, ...told } = rows[index] ?? {};
    expect(told).toEqual({
      at: item.at,
      actor_kind: item.actor.kind,
      actor_id: item.actor.id ?? '',
      action: item.action,
      subject_kind: item.subject.kind,
      subject_id: item.subject.id ?? '',
      address: item.address ?? '',
    });
    expect(before).toBe('{}');
    expect(after?.startsWith('{')).toBe(true);
  }
  const named = rows.filter((row) => row.actor_kind === 'key').reverse();
  expect(named.map(({ subject }) => subject)).toEqual([
    `'=cmd|" /C calc"!A0`,
    "'+1+1",
    "'-1+1",
    "'@SUM(1)",
    "'\t'=1",
    "'\r'=1",
    `x;'=HYPERLINK("http://evil.example")`,
    'a","b',
    'two\r\nlines',
    'Überwachung 監視 🦉',
    "'already",
  ]);
  for (const row of rows)
    for (const cell of Object.values(row)) expect(cell).not.toMatch(/(^|[;\t\r\n])[=+\-@]/);
});

test('a spreadsheet can tell that the file is UTF-8', async () => {
  const { body } = await adam.stream('/audit.csv', new AbortController().signal, {
    'accept-encoding': 'identity',
  });
  const bytes = Buffer.from(await body.arrayBuffer());
  expect(bytes.subarray(0, 5)).toEqual(Buffer.from('\ufeff"a'));
});

test('the file honours the filters of the list, and says in words which it cannot read', async () => {
  const { user } = await alice.call('auth.me');
  const actions = async (query: string) =>
    cellsOf((await download(alice, query)).text).map(({ action }) => action);
  expect(await actions('?group=organization')).toEqual(['tenant.created']);
  expect(await actions(`?actor=${user.id}&group=&from=`)).toEqual(['tenant.created']);
  expect(await actions('?actions=tenant.created&actions=tenant.updated')).toEqual(['tenant.created']);
  expect(await actions('?subject=LINES')).toEqual(['monitor.updated']);
  expect(await actions('?actor=system')).toEqual([]);
  const refused = await download(alice, '?group=all');
  expect(refused).toMatchObject({
    status: 400,
    text: 'Use one of monitors, members, organization, billing.',
  });
});

test('whoever may not read the list gets no file, and is told why in a sentence', async () => {
  const refused = [
    [await download(visitor()), 401, 'You are not signed in. Sign in, and try again.'],
    [await download(bob), 403, 'Your role here is member; this takes admin. Ask an owner to change it.'],
  ] as const;
  for (const [answer, status, text] of refused) {
    expect(answer).toMatchObject({ status, text });
    expect(answer.headers['content-type']).toMatch(/^text\/plain/);
  }
  expect((await download(charlie)).text).not.toContain('Acme');
});

/** So many that the whole of them fits into no buffer on the way. */
async function fill(who: Persona, count: number): Promise<void> {
  await database.admin(
    `insert into audit_log (tenant_id, at, actor_kind, action, subject_kind, subject_name, before, after)
      select $1, now() - n * interval '1 second', 'system', 'monitor.updated', 'monitor', '=' || n, '{}',
        jsonb_build_object('text', repeat('x', 500)) from generate_series(1, $2::int) n`,
    [who.tenant.id, count],
  );
}

test('ten thousand entries come whole, each once, in order', async () => {
  await fill(charlie, 10_000);
  const rows = cellsOf((await download(charlie, '?actor=system')).text);
  expect(rows.map(({ subject }) => subject)).toEqual(Array.from({ length: 10_000 }, (_, n) => `'=${n + 1}`));
});

test('a download that is under way ends with the session, unfinished', async () => {
  await fill(alice, 50_000);
  const other = await addMember(alice.tenant, 'admin', 'ada@acme.example');
  const response = await other.stream('/audit.csv', new AbortController().signal, {
    'accept-encoding': 'identity',
  });
  const chunks = response.body[Symbol.asyncIterator]();
  await chunks.next();
  await other.call('auth.logout');
  const rest = async () => {
    while (!(await chunks.next()).done);
  };
  await expect(rest()).rejects.toThrow(/other side closed|Invalid EOF/);
  expect(server.logLines).toContainEqual(
    expect.objectContaining({ event: 'audit.download_ended', level: 'info' }),
  );
});
