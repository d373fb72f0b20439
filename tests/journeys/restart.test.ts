import { expect, test } from 'vitest';
import { ApiClient } from '../support/api-client.ts';
import { openEventStream } from '../support/event-stream.ts';
import { eventually } from '../support/eventually.ts';
import { runProcess } from '../support/run-process.ts';
import { openDatabase } from '../support/test-database.ts';
import { freePort, serverEnvironment } from '../support/test-server.ts';
import { addRegion, PASSWORD } from '../support/world.ts';

const database = await openDatabase();
await addRegion(database, 'local');
const port = await freePort();

async function start() {
  const server = runProcess('server/main.ts', serverEnvironment(database, port));
  await server.event('server.started');
  return server;
}

test('a server is restarted under an open page: it ends in time, loses nothing, and the page goes on where it was', async () => {
  const first = await start();
  const alice = new ApiClient(`http://localhost:${port}`);
  const person = { email: 'alice@acme.example', password: PASSWORD };
  await alice.call('auth.register', { organizationName: 'Acme', ...person, passwordConfirmation: PASSWORD });
  await alice.call('auth.login', person);
  const monitor = await alice.call('monitors.create', {
    name: 'M',
    kind: 'http',
    target: 'https://example.com',
  });
  const stream = await openEventStream(alice);
  const { id } = await stream.hears((change) => change.type === 'monitor');

  const toldAt = performance.now();
  first.child.kill('SIGTERM');
  await eventually(() => stream.ended());
  expect(await first.ended()).toBe(0);
  expect(performance.now() - toldAt).toBeLessThan(8000);
  expect(first.lines().filter((line) => line.level === 'error')).toEqual([]);

  // Meanwhile another server, or the prober, went on working.
  await database.admin(`update monitors set name = 'Meanwhile', updated_at = now() where id = $1`, [
    monitor.id,
  ]);

  const second = await start();
  // The session is still good, and so is the place in the stream.
  const resumed = await openEventStream(alice, id ?? '');
  await resumed.hears((change) => change.type === 'monitor' && change.monitor.name === 'Meanwhile');
  expect(resumed.changes().some(({ change }) => change.type === 'resync')).toBe(false);
  second.child.kill('SIGINT');
  expect(await second.ended()).toBe(0);
});

test('two servers on one database work side by side: what one changes the other shows', async () => {
  const here = await start();
  const otherPort = await freePort();
  const other = runProcess('server/main.ts', serverEnvironment(database, otherPort));
  await other.event('server.started');
  const alice = new ApiClient(`http://localhost:${port}`);
  await alice.call('auth.login', { email: 'alice@acme.example', password: PASSWORD });
  const elsewhere = new ApiClient(`http://localhost:${otherPort}`);
  for (const [name, value] of alice.cookies) elsewhere.cookies.set(name, value);
  const stream = await openEventStream(elsewhere);
  const monitor = await alice.call('monitors.create', {
    name: 'Two',
    kind: 'http',
    target: 'https://example.com/2',
  });
  await stream.hears((change) => change.type === 'monitor' && change.monitor.id === monitor.id);
  await alice.call('auth.logout');
  expect((await elsewhere.refused('auth.me')).status).toBe(401);
  for (const server of [here, other]) server.child.kill('SIGTERM');
  expect([await here.ended(), await other.ended()]).toEqual([0, 0]);
});
