import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { ALLOW_THIS_MACHINE } from '../support/browser-world.ts';
import { eventually } from '../support/eventually.ts';
import { MONITOR_KEY } from '../support/monitor-key.ts';
import { runProcess } from '../support/run-process.ts';
import { openWorld } from '../support/world.ts';

const world = await openWorld({ regions: [], environment: ALLOW_THIS_MACHINE });
const { alice, bob, database } = world;

type Seen = { request: IncomingMessage; body: string; response: ServerResponse };
const seen: Seen[] = [];
/** What the target does with a request; unless told otherwise it tells it back, headers, body and all. */
let answer = echo;

function echo({ request, body, response }: Seen): void {
  response.writeHead(200, { 'content-type': 'application/json', 'set-cookie': 'sid=hush-cookie' });
  response.end(JSON.stringify({ headers: request.headers, body, fine: true }));
}

const target = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const one = { request, body: Buffer.concat(chunks).toString(), response };
  seen.push(one);
  answer(one);
}).listen(0, '127.0.0.1');
await new Promise((listening) => target.once('listening', listening));
afterAll(() => void target.close().closeAllConnections());
const address = target.address();
const TARGET = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`;

const proberEnvironment = (more: Record<string, string> = {}) => ({
  PROBER_DATABASE_URL: database.urls.prober,
  MONITOR_KEY,
  DATA_DIR: '/proc/none', // nothing is spooled while the database is there
  ...ALLOW_THIS_MACHINE,
  ...more,
});

/** A prober in a process of its own. It ends with the file, if not before. */
async function startProber(more: Record<string, string> = {}) {
  const running = runProcess('prober/main.ts', proberEnvironment(more));
  const { instanceId } = await running.event('prober.started');
  return { ...running, instanceId: Number(instanceId) };
}

const stop = async ({ child, ended }: Awaited<ReturnType<typeof startProber>>) => {
  child.kill('SIGTERM');
  await ended();
};

const draft = { kind: 'http' as const, target: TARGET };
const probers = [await startProber(), await startProber()];
await startProber({ PROBER_REGION: 'keyless', MONITOR_KEY: 'Z0q9Vn3dYt7RkWmLxQ2bHcJfPuGaE5s8iKoN1eXvTgA' });

test('a draft is checked, and each assertion has its verdict; a target that tells secrets back tells them to nobody', async () => {
  const tried = await bob.call('monitors.try', {
    ...draft,
    http: {
      method: 'POST',
      headers: { 'X-Api-Key': 'hush-key', 'X-Plain': 'plain' },
      body: 'a=b',
      auth: { type: 'basic', username: 'robot', password: 'hush-password' },
    },
    assertions: [
      { subject: 'json', name: '$.fine', comparator: 'equals', value: true },
      { subject: 'status', comparator: 'in', value: '201' },
      { subject: 'latency', comparator: 'less_than', value: 20_000 },
    ],
  });
  const credentials = Buffer.from('robot:hush-password').toString('base64');
  expect(seen.at(-1)?.request.headers).toMatchObject({
    'x-api-key': 'hush-key',
    authorization: `Basic ${credentials}`,
  });
  expect(seen.at(-1)?.body).toBe('a=b');
  expect(tried).toMatchObject({
    region: 'local',
    checkedAt: expect.stringMatching(/^\d{4}-.*Z$/),
    finding: { outcome: 'down', statusCode: 200 },
    exchange: { hops: [{ method: 'POST', url: TARGET, statusCode: 200 }] },
  });
  expect(tried.verdicts.map(({ passed }) => passed)).toEqual([true, false, true]);
  expect(tried.verdicts[1]?.sentence).toMatch(/200.*201/);
  expect(tried.exchange.body?.text).toContain('"x-plain":"plain"');
  const told = JSON.stringify(tried);
  expect(told).not.toContain('hush');
  expect(told).not.toContain(credentials);
  expect(await database.admin('select from check_requests')).toEqual([]);
});

test('a draft that gets no answer says so within its own time', async () => {
  const silent = createServer(() => undefined).listen(0, '127.0.0.1');
  onTestFinished(() => void silent.close().closeAllConnections());
  await new Promise((listening) => silent.once('listening', listening));
  const where = silent.address();
  const port = typeof where === 'object' ? where?.port : 0;
  const tried = await alice.call('monitors.try', {
    ...draft,
    target: `http://127.0.0.1:${port}/`,
    timeoutMs: 500,
    assertions: [{ subject: 'status', comparator: 'equals', value: 200 }],
  });
  expect(tried).toMatchObject({ finding: { outcome: 'down', code: 'timeout' }, verdicts: [] });
});

test('a prober that is killed in the middle of a draft is replaced by another', async () => {
  const held: ServerResponse[] = [];
  answer = ({ response }) => void held.push(response);
  onTestFinished(() => {
    answer = echo;
  });
  const asked = alice.call('monitors.try', { ...draft, timeoutMs: 20_000 });
  await eventually(() => held.length === 1);
  const [row] = await database.admin<{ taken_by: number }>('select taken_by from check_requests');
  const maker = probers.find(({ instanceId }) => instanceId === row?.taken_by);
  answer = echo;
  maker?.child.kill('SIGKILL');
  expect((await asked).finding).toMatchObject({ outcome: 'up', statusCode: 200 });
  const others = probers.filter((prober) => prober !== maker);
  expect(others).toHaveLength(1);
  for (const prober of others) await stop(prober);
});

test('a prober told to stop finishes the draft it tries', async () => {
  const held: ServerResponse[] = [];
  answer = ({ response }) => void held.push(response);
  onTestFinished(() => {
    answer = echo;
  });
  const prober = await startProber();
  const asked = alice.call('monitors.try', draft);
  await eventually(() => held.length === 1);
  prober.child.kill('SIGTERM');
  await prober.event('prober.stopping');
  held[0]?.end('done');
  expect((await asked).finding.outcome).toBe('up');
  expect(await prober.ended()).toBe(0);
});

test('without its key a prober says nothing about a target, tells the operator, and makes every other check', async () => {
  await world.setPlan(alice.tenant, 'pro');
  const make = (name: string, headers: Record<string, string>) =>
    alice.call('monitors.create', {
      ...draft,
      name,
      target: `${TARGET}${name}`,
      regions: ['keyless'],
      http: { headers },
    });
  const secretive = await make('secretive', { Authorization: 'Bearer hush' });
  const open = await make('open', {});
  const firstOf = (monitorId: string) =>
    eventually(async () => (await alice.call('results.list', { monitorId })).items.at(-1));
  expect(await firstOf(open.id)).toMatchObject({ outcome: 'up' });
  expect(await firstOf(secretive.id)).toMatchObject({
    outcome: 'void',
    code: 'internal',
    reason:
      'The prober cannot read the secrets of this monitor: the key they are sealed with is not there. It says nothing about the target.',
  });
  expect(seen.some(({ request }) => request.url === '/secretive')).toBe(false);
  expect((await alice.call('monitors.get', { monitorId: secretive.id })).state).not.toBe('down');
  const tried = await alice.call('monitors.try', { ...draft, region: 'keyless' });
  expect(tried).toMatchObject({ finding: { outcome: 'void' }, exchange: { hops: [] }, verdicts: [] });
});
