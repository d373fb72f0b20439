import { expect, test } from 'vitest';
import { CHECK_REQUESTED_CHANNEL } from '../../shared/jobs/wake-channel.ts';
import { eventually } from '../support/eventually.ts';
import { FOUND, openHandTrier } from '../support/hand-trier.ts';
import { openSecretiveWorld } from '../support/secretive-world.ts';

const world = await openSecretiveWorld();
const { alice, bob, charlie, victor, database, server, secrets, whole, create } = world;
const prober = await openHandTrier(database, 'eu-west');
const mortal = await openHandTrier(database, 'eu-west');

const DRAFT = { kind: 'http' as const, target: 'https://Example.COM/try', region: 'eu-west' };

const openRequests = async () => {
  const [row] = await database.admin<{ open: number }>('select count(*)::int as open from check_requests');
  return row?.open;
};

test('a draft is tried as it stands, answered, and nothing of it is kept', async () => {
  const assertions = [{ subject: 'status' as const, comparator: 'equals' as const, value: 201 }];
  const asked = bob.call('monitors.try', { ...DRAFT, http: whole(), assertions, degradedAfterMs: 700 });
  const { request, spec } = await prober.take();
  expect(spec).toMatchObject({
    kind: 'http',
    target: 'https://example.com/try',
    assertions,
    timeoutMs: 10_000,
    degradedAfterMs: 700,
    http: {
      headers: { 'X-Api-Key': secrets.header, Accept: 'text/html' },
      body: secrets.body,
      auth: { type: 'basic', username: 'robot', password: secrets.password },
      clientCertificate: { key: secrets.key },
    },
  });
  const [row] = await database.admin<{ text: string }>('select r::text as text from check_requests r');
  expect(row?.text).not.toContain(Buffer.from('hush').toString('hex'));
  const [assertion] = assertions;
  if (assertion === undefined) throw new Error('There is one.');
  const verdicts = [{ assertion, passed: false, sentence: 'Status 200, expected 201.' }];
  await prober.answer(request, { verdicts });
  expect(await asked).toEqual({ ...FOUND, region: 'eu-west', verdicts });
  expect(await openRequests()).toBe(0);
  expect((await alice.call('monitors.list', { search: 'example.com/try' })).total).toBe(0);
});

test('probers of the region are woken by the draft', async () => {
  await database.as('prober', async (session) => {
    const woken = Promise.withResolvers<string | undefined>();
    session.on('notification', ({ payload }) => woken.resolve(payload));
    await session.query(`listen ${CHECK_REQUESTED_CHANNEL}`);
    const asked = alice.call('monitors.try', DRAFT);
    expect(await woken.promise).toBe('eu-west');
    await prober.answer((await prober.take()).request);
    await asked;
  });
});

test('what creating a monitor refuses, trying it refuses too, and nobody is asked', async () => {
  for (const [draft, reason, field] of [
    [{ target: 'http://10.0.0.1/' }, 'target_not_allowed', 'target'],
    [{ target: 'example.com' }, 'invalid_input', 'target'],
    [
      { assertions: [{ subject: 'body', comparator: 'matches', value: '(' }] },
      'invalid_input',
      'assertions.0.value',
    ],
    [{ http: { headers: { Authorization: null } } }, 'invalid_input', 'http.headers.Authorization'],
    [
      { http: { auth: { type: 'oauth2', tokenUrl: 'http://[::1]/', clientId: 'a', clientSecret: 'b' } } },
      'target_not_allowed',
      'http.auth.tokenUrl',
    ],
    [{ timeoutMs: 40_000 }, 'invalid_input', 'timeoutMs'],
    [{ region: 'atlantis' }, 'invalid_input', 'region'],
  ] as const) {
    const refusal = await alice.refused('monitors.try', { ...DRAFT, ...draft });
    expect([field, refusal.data.reason]).toEqual([field, reason]);
    expect(Object.keys(refusal.data.fields ?? {})).toEqual([field]);
  }
  expect((await victor.refused('monitors.try', DRAFT)).data.reason).toBe('forbidden');
  expect(await openRequests()).toBe(0);
});

test('a draft of a saved monitor uses its secrets, and only towards the server they are for', async () => {
  const saved = await create(whole());
  const draft = { ...DRAFT, monitorId: saved.id, http: saved.http };
  const asked = bob.call('monitors.try', { ...draft, target: `${saved.target}-changed` });
  const { request, spec } = await prober.take();
  expect(spec.http).toMatchObject({
    headers: { 'X-Api-Key': secrets.header },
    body: secrets.body,
    auth: { password: secrets.password },
    clientCertificate: { key: secrets.key },
  });
  await prober.answer(request);
  expect(JSON.stringify(await asked)).not.toContain('hush');

  const stolen = await bob.refused('monitors.try', { ...draft, target: 'https://bobs-own.example.net/' });
  const moved = 'The address leads to another server now: give this again.';
  expect(stolen.data.fields).toEqual({
    'http.headers.X-Api-Key': moved,
    'http.auth.password': moved,
    'http.clientCertificate.key': moved,
  });
  const foreign = await charlie.refused('monitors.try', { ...draft, target: saved.target });
  expect(foreign.data.reason).toBe('not_found');
  expect(await openRequests()).toBe(0);
});

test('where no prober runs nothing is tried, and it is said where', async () => {
  const refusal = await alice.refused('monitors.try', { ...DRAFT, region: 'local' });
  expect(refusal).toMatchObject({
    status: 503,
    message: 'No prober runs in local right now, so nothing can be tried from there.',
  });
  server.takeErrors();
  // Without a region it is the first in which somebody is there.
  const asked = alice.call('monitors.try', { ...DRAFT, region: undefined });
  await prober.answer((await prober.take()).request);
  expect((await asked).region).toBe('eu-west');
});

test('a draft that nobody answers ends some seconds after its deadline, and goes', async () => {
  const refusal = await alice.refused('monitors.try', { ...DRAFT, timeoutMs: 500 });
  expect(refusal).toMatchObject({
    status: 503,
    message: 'No prober in eu-west answered in time. Try again in a moment.',
  });
  server.takeErrors();
  expect(await openRequests()).toBe(0);
});

test('an organization tries five drafts at once, another is not kept from it, and left ones are swept', async () => {
  const asked = Array.from({ length: 5 }, () => alice.call('monitors.try', DRAFT));
  const taken = await Promise.all(asked.map(() => prober.take()));
  const sixth = await bob.refused('monitors.try', DRAFT);
  expect(sixth).toMatchObject({
    status: 409,
    message: 'Your organization is trying 5 drafts already. Wait for one of them, and try again.',
  });
  const charlies = charlie.call('monitors.try', DRAFT);
  await prober.answer((await prober.take()).request);
  await charlies;
  for (const { request } of taken) await prober.answer(request);
  await Promise.all(asked);

  await database.admin(
    `insert into check_requests (tenant_id, region, sealed_spec, requested_at)
      select $1, 'eu-west', '\\x00', now() - interval '61 seconds' from generate_series(1, 5)`,
    [alice.tenant.id],
  );
  expect(await prober.free()).toEqual([]); // nobody waits for those
  const after = alice.call('monitors.try', DRAFT);
  await prober.answer((await prober.take()).request);
  await after;
  expect(await openRequests()).toBe(0);
});

test('of ten drafts at the same instant five are tried', async () => {
  const statuses: number[] = [];
  const answers = Array.from({ length: 10 }, async () => {
    statuses.push((await alice.send('monitors.try', DRAFT)).status);
  });
  const taken = await Promise.all(Array.from({ length: 5 }, () => prober.take()));
  await eventually(() => statuses.length === 5);
  expect(statuses).toEqual([409, 409, 409, 409, 409]);
  for (const { request } of taken) await prober.answer(request);
  await Promise.all(answers);
  expect(statuses.slice(5)).toEqual([200, 200, 200, 200, 200]);
});

test('what a prober took that died another takes over', async () => {
  const asked = alice.call('monitors.try', DRAFT);
  await mortal.take();
  expect(await prober.free()).toEqual([]);
  await mortal.die();
  await prober.answer((await prober.take()).request);
  expect((await asked).finding).toEqual(FOUND.finding);
});

test('a server that stops in the middle leaves no draft behind, and the next tries as ever', async () => {
  const cut = alice.send('monitors.try', DRAFT).catch((error: Error) => error.name);
  await prober.take();
  await server.stop();
  await cut;
  expect(await openRequests()).toBe(0);
  await server.startAgain();
  const asked = alice.call('monitors.try', DRAFT);
  await prober.answer((await prober.take()).request);
  expect((await asked).finding).toEqual(FOUND.finding);
});
