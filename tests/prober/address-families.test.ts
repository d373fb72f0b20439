import { expect, test } from 'vitest';
import { listenHttp, listenRaw } from '../support/listen.ts';
import { listenSilently } from '../support/listen-silently.ts';
import { openProbe } from '../support/probe.ts';

const LOOPBACK = { allowNetworks: ['127.0.0.0/8', '::1/128'] };
const NAME = 'both.example.com';
const BOTH = ['127.0.0.1', '::1'];

/** A prober that has both families itself, or only the one it is told. */
async function openProber(...families: ('4' | '6')[]) {
  const probe = await openProbe(LOOPBACK);
  probe.dns.answer(NAME, BOTH);
  for (const family of families) {
    const host = family === '4' ? '127.0.0.1' : '::1';
    const answering = await listenHttp((response) => response.end(), { host });
    await probe.check(`http://${family === '4' ? host : `[${host}]`}:${answering.port}/`);
  }
  return probe;
}

const answering = (host: string, port = 0) => listenHttp((response) => response.end('x'), { host, port });
const at = ({ port }: { port: number }) => `http://${NAME}:${port}/`;

test('where both families answer a site is up, and the other one was only knocked at', async () => {
  const probe = await openProber();
  const v4 = await answering('127.0.0.1');
  const received: Buffer[] = [];
  const v6 = await listenRaw((socket) => void socket.on('data', (data) => received.push(data)), {
    host: '::1',
    port: v4.port,
  });
  expect(await probe.check(at(v4))).toMatchObject({ outcome: 'up', code: 'ok' });
  await expect.poll(v6.connections).toBe(1);
  await expect.poll(v6.open).toBe(0);
  expect(received).toEqual([]);
  expect(v4.requests).toHaveLength(1);
});

test('a dead IPv6 is found out, not hidden', async () => {
  const probe = await openProber('6');
  const v4 = await answering('127.0.0.1');
  expect(await probe.check(at(v4))).toMatchObject({
    outcome: 'degraded',
    code: 'address_family_dead',
    reason: 'Reached over IPv4 (127.0.0.1), but IPv6 ([::1]) refused the connection.',
    statusCode: 200,
  });
});

test('and so is a dead IPv4', async () => {
  const probe = await openProber('4');
  const v6 = await answering('::1');
  expect(await probe.check(at(v6))).toMatchObject({
    outcome: 'degraded',
    code: 'address_family_dead',
    reason: 'Reached over IPv6 ([::1]), but IPv4 (127.0.0.1) refused the connection.',
  });
});

test('a family that swallows every packet is dead too, and the wait for it is not the site’s', async () => {
  const probe = await openProber('6');
  const v4 = await answering('127.0.0.1');
  await listenSilently('::1', v4.port);
  const { finding } = await probe.run(at(v4), { degradedAfterMs: 1400 });
  expect(finding).toMatchObject({
    code: 'address_family_dead',
    reason: 'Reached over IPv4 (127.0.0.1), but IPv6 ([::1]) did not answer.',
  });
  const without = await openProber();
  expect(await without.check(at(v4), { degradedAfterMs: 1400 })).toMatchObject({ outcome: 'up' });
});

test('a first family that swallows every packet does not use up the time of the other', async () => {
  const probe = await openProber('4');
  const v6 = await answering('::1');
  await listenSilently('127.0.0.1', v6.port);
  // Too short to tell that it is dead, and long enough to reach the other.
  expect(await probe.check(at(v6), { timeoutMs: 1400 })).toMatchObject({ outcome: 'up' });
  expect(await probe.check(at(v6))).toMatchObject({ code: 'address_family_dead' });
});

test('a prober that has no IPv6 itself says nothing of a target’s', async () => {
  const probe = await openProber();
  expect(await probe.check(at(await answering('127.0.0.1')))).toMatchObject({ outcome: 'up' });
});

test('what this machine says itself, such as that there is no way, is not held against a target', async () => {
  const probe = await openProbe({ allowNetworks: [...LOOPBACK.allowNetworks, '255.255.255.255/32'] });
  const v6 = await answering('::1');
  const v4 = await answering('127.0.0.1');
  await probe.check(v4.url); // it has IPv4
  probe.dns.answer('nowhere-to-go.example.com', ['255.255.255.255', '::1']); // no connection ever leads to the first
  expect(await probe.check(`http://nowhere-to-go.example.com:${v6.port}/`)).toMatchObject({ outcome: 'up' });
});

test('localhost may well listen at one of its addresses alone', async () => {
  const probe = await openProber('4', '6');
  const { port } = await answering('127.0.0.1');
  expect(await probe.check(`http://localhost:${port}/`)).toMatchObject({ outcome: 'up' });
});

test('one address that answers is enough for a family', async () => {
  const probe = await openProber('4', '6');
  const v4 = await answering('127.0.0.3');
  await answering('::1', v4.port);
  probe.dns.answer('many.example.com', ['127.0.0.1', '127.0.0.2', '127.0.0.3', '::1']);
  expect(await probe.check(`http://many.example.com:${v4.port}/`)).toMatchObject({ outcome: 'up' });
});

test('a target that is not as it should be is down, whatever its other family does', async () => {
  const probe = await openProber('6');
  const v4 = await listenHttp((response) => response.writeHead(500).end());
  expect(await probe.check(at(v4))).toMatchObject({ outcome: 'down', code: 'unexpected_status' });
});

test('the dead family of a host that is redirected to is found as well', async () => {
  const probe = await openProber('6');
  const end = await answering('127.0.0.1');
  const start = await listenHttp((response) => response.writeHead(302, { location: at(end) }).end());
  expect(await probe.check(start.url)).toMatchObject({ code: 'address_family_dead' });
});

test('a monitor of one IP version does not ask for the other', async () => {
  const probe = await openProber('4', '6');
  const v4 = await answering('127.0.0.1');
  const v6 = await answering('::1', v4.port);
  expect(await probe.check(at(v4), { http: { ipVersion: '6' } })).toMatchObject({ outcome: 'up' });
  expect([v4.connections(), v6.connections()]).toEqual([0, 1]);
  expect(await probe.check(at(v4), { http: { ipVersion: '4' } })).toMatchObject({ outcome: 'up' });
  expect([v4.connections(), v6.connections()]).toEqual([1, 1]);
  const onlyV4 = await answering('127.0.0.1');
  expect(await probe.check(at(onlyV4), { http: { ipVersion: '6' } })).toMatchObject({
    outcome: 'down',
    code: 'connect_refused',
  });
});

test('a host without an address of the IP version says so', async () => {
  const probe = await openProber();
  probe.dns.answer('old.example.com', ['127.0.0.1']);
  const wants6 = { http: { ipVersion: '6' as const } };
  expect(await probe.check('http://old.example.com/', wants6)).toMatchObject({
    outcome: 'down',
    code: 'dns_not_found',
    reason: 'old.example.com has no IPv6 address, and this monitor uses no other.',
  });
  expect(await probe.check('http://127.0.0.1/', wants6)).toMatchObject({ code: 'dns_not_found' });
  expect(await probe.check('http://nowhere.example.com/', wants6)).toMatchObject({
    reason: 'The name nowhere.example.com does not exist, or has no address.',
  });
});

test('what hangs on to a connection of the other family is let go with the check', async () => {
  const probe = await openProber('6');
  const v4 = await listenRaw((socket) => void socket.resume().end());
  await listenSilently('::1', v4.port);
  const before = process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;
  expect(await probe.check(at(v4))).toMatchObject({ code: 'connect_reset' });
  await expect
    .poll(() => process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length)
    .toBeLessThanOrEqual(before);
});
