import { expect, onTestFinished, test } from 'vitest';
import { appRouter } from '../../server/trpc/router.ts';
import type { ApiClient, ProcedureName } from '../support/api-client.ts';
import { ALLOW_THIS_MACHINE } from '../support/browser-world.ts';
import { openEventStream } from '../support/event-stream.ts';
import { eventually } from '../support/eventually.ts';
import { MONITOR_KEY } from '../support/monitor-key.ts';
import { openTarget } from '../support/open-target.ts';
import { runProcess } from '../support/run-process.ts';
import { openSecretiveWorld } from '../support/secretive-world.ts';

const world = await openSecretiveWorld({ regions: [], environment: ALLOW_THIS_MACHINE });
const { alice, bob, victor, database, server, secrets, whole } = world;

/** Nothing to do with a monitor's secrets: they know of none. */
const OF_OTHERS = /^(auth|sessions|members|invitations|tenants|billing)\./;

/** Everything that an answer may be made of, whatever the procedure. */
const callsOf = (monitorId: string, stateChangeId: string, target: string, http: unknown) =>
  [
    ['monitors.get', { monitorId }],
    ['monitors.list', {}],
    ['monitors.summary', undefined],
    ['monitors.update', { monitorId, tags: ['seen'], http }],
    ['monitors.try', { monitorId, kind: 'http', target, http }],
    ['monitors.checkNow', { monitorId }],
    ['monitors.duplicate', { monitorId }],
    ['monitors.pause', { monitorId }],
    ['monitors.resume', { monitorId }],
    ['monitors.create', { name: 'Another', kind: 'http', target: `${target}-another`, http: whole() }],
    ['results.list', { monitorId }],
    ['results.series', { monitorId, range: '24h' }],
    ['results.lastFailure', { monitorId }],
    ['stateChanges.list', { monitorId }],
    ['stateChanges.get', { monitorId, stateChangeId }],
    ['uptime.summary', { monitorId, range: '24h' }],
    ['uptime.days', { monitorId }],
    ['certificates.list', { monitorId }],
    ['regions.list', undefined],
    ['regions.leave', { region: 'local' }],
    ['audit.list', {}],
    ['audit.actors', undefined],
    ['monitors.remove', { monitorId }],
  ] as const satisfies (readonly [ProcedureName, unknown])[];

/** A prober that checks what the test has made, and a target that fails and tells back who asked. */
async function failOnce() {
  const asked: string[] = [];
  const target = await openTarget((response) => {
    asked.push(JSON.stringify(response.req.headers));
    response.writeHead(500, { 'set-cookie': 'sid=hush-session', 'content-type': 'application/json' });
    response.end(JSON.stringify({ you: response.req.headers, seen: 'target-was-here' }));
  });
  onTestFinished(target.close);
  const prober = runProcess('prober/main.ts', {
    PROBER_DATABASE_URL: database.urls.prober,
    MONITOR_KEY,
    ...ALLOW_THIS_MACHINE,
  });
  onTestFinished(async () => {
    prober.child.kill('SIGTERM');
    await prober.ended();
  });
  await prober.event('prober.started');
  const made = await alice.call('monitors.create', {
    name: 'Secretive',
    kind: 'http',
    target: `${target.url}/walk`,
    retries: 0,
    http: { ...whole(), auth: { type: 'bearer', token: 'hush-token-4715' } },
  });
  const change = await eventually(async () => {
    const { items } = await alice.call('stateChanges.list', { monitorId: made.id });
    return items.find(({ to }) => to === 'down');
  });
  // They do reach whom they are for.
  for (const secret of [secrets.header, 'hush-token-4715']) expect(asked.join()).toContain(secret);
  return { made, change, prober };
}

/** What a secret looks like, wherever it lies. */
const SHAPES = [
  'hush',
  'PRIVATE KEY',
  Buffer.from('hush').toString('hex'),
  Buffer.from('robot:').toString('base64'),
];

function expectNoSecret(text: string, where: string): void {
  for (const shape of SHAPES) expect(text, where).not.toContain(shape);
}

test('no answer, no live event, no table, no job and no line of a log holds a secret', async () => {
  const stream = await openEventStream(victor);
  const { made, change, prober } = await failOnce();
  await stream.hears((heard) => heard.type === 'monitor' && heard.monitor.state === 'down');
  const calls = callsOf(made.id, change.id, made.target, made.http);
  // A procedure that is new has to take part.
  const all = Object.keys(appRouter._def.procedures).filter((name) => !OF_OTHERS.test(name));
  expect([...calls.map(([name]) => name), 'live.changes'].sort()).toEqual(all.sort());

  const say = async (who: ApiClient, name: ProcedureName, input: unknown) => {
    const { text, status } = await who.send(name, input);
    return { name, status, text };
  };
  const seenByVictor = [];
  for (const [name, input] of calls) seenByVictor.push(await say(victor, name, input));
  for (const { name, text } of seenByVictor) expectNoSecret(text, name);
  const evidence = seenByVictor.find(({ name }) => name === 'stateChanges.get')?.text;
  expect(evidence).toContain('target-was-here');
  expect(evidence).toContain('(secret)');

  // Who may edit sees the body, and what is sent with it; and nothing else.
  const seenByBob = [];
  for (const [name, input] of calls.filter(([name]) => name !== 'monitors.remove')) {
    seenByBob.push(await say(bob, name, input));
  }
  for (const [name, input] of calls) seenByBob.push(await say(alice, name, input));
  expect(seenByBob.find(({ name }) => name === 'monitors.get')?.text).toContain(secrets.body);
  for (const { name, text } of seenByBob) {
    expectNoSecret(text.replaceAll(secrets.body, '').replaceAll('hush-pin-4714', ''), name);
  }
  expect(seenByBob.filter(({ status }) => status === 200).length).toBeGreaterThan(calls.length);
  expectNoSecret(JSON.stringify(stream.events), 'live.changes');
  expectNoSecret(JSON.stringify(server.logLines), 'the log of the server');
  expectNoSecret(prober.output(), 'the log of the prober');

  const texts = await textOfTables();
  expect([...texts.values()].join('\n')).toContain('target-was-here'); // the walk does read what is there
  for (const [table, text] of texts) expectNoSecret(text, table);
});

/** Every row of every table, as a dump would have it. */
async function textOfTables(): Promise<Map<string, string>> {
  const tables = await database.admin<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname in ('public', 'pgboss', 'drizzle')`,
  );
  const texts = new Map<string, string>();
  for (const { name } of tables) {
    const rows = await database.admin<{ text: string }>(`select t::text as text from ${name} t`);
    texts.set(name, rows.map((row) => row.text).join('\n'));
  }
  return texts;
}
