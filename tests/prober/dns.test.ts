import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { createResolver, DnsNotFound } from '../../shared/network/resolve-host.ts';
import { listenHttp } from '../support/listen.ts';
import { openProbe } from '../support/probe.ts';

const probe = await openProbe({ allowNetworks: ['127.0.0.0/8', '::1/128'] });
const { dns } = probe;
const resolve = createResolver({ servers: [dns.address], hostsFile: false });

test('a name is looked up in DNS, IPv4 and IPv6', async () => {
  dns.answer('both.example.com', ['192.0.2.1', '192.0.2.2', '2001:db8::1']);
  expect((await resolve('both.example.com')).sort()).toEqual(['192.0.2.1', '192.0.2.2', '2001:db8::1']);
  expect((await resolve('both.example.com'))[2]).toBe('2001:db8::1');
});

test('each check sees what DNS says at that moment', async () => {
  dns.answer('moving.example.com', ['192.0.2.1'], ['192.0.2.2']);
  expect(await resolve('moving.example.com')).toEqual(['192.0.2.1']);
  expect(await resolve('moving.example.com')).toEqual(['192.0.2.2']);
});

test('localhost is this machine, whatever DNS says', async () => {
  dns.answer('localhost', ['192.0.2.1']);
  expect(await resolve('localhost')).toEqual(['127.0.0.1', '::1']);
  expect(await resolve('LOCALHOST.')).toEqual(['127.0.0.1', '::1']);
  expect(dns.asked('localhost')).toBe(0);
});

test('a name that does not exist is said not to exist', async () => {
  await expect(resolve('nowhere.example.com')).rejects.toThrow(DnsNotFound);
  expect(await probe.check('http://nowhere.example.com/')).toMatchObject({
    outcome: 'down',
    code: 'dns_not_found',
    reason: 'The name nowhere.example.com does not exist, or has no address.',
    timings: { connectMs: null, tlsMs: null, firstByteMs: null, transferMs: null },
  });
});

test('a name without an address is said to have none', async () => {
  dns.answer('mail-only.example.com', []);
  expect(await probe.check('http://mail-only.example.com/')).toMatchObject({ code: 'dns_not_found' });
});

test('a DNS server that fails is not taken for a name that does not exist', async () => {
  dns.answer('broken.example.com', 'servfail');
  expect(await probe.check('http://broken.example.com/')).toMatchObject({
    outcome: 'down',
    code: 'dns_failed',
    reason: 'The name broken.example.com could not be looked up (ESERVFAIL).',
  });
});

test('one family that fails does not hide the other', async () => {
  const target = await listenHttp((response) => response.end());
  dns.answer('half.example.com A', ['127.0.0.1']);
  dns.answer('half.example.com AAAA', 'servfail');
  expect(await probe.check(`http://half.example.com:${target.port}/`)).toMatchObject({ outcome: 'up' });
});

test('a DNS server that never answers for IPv6 does not hide that a site is up', async () => {
  const target = await listenHttp((response) => response.end());
  for (const silent of ['AAAA', 'A']) {
    const name = `never-${silent.toLowerCase()}.example.com`;
    dns.answer(name, silent === 'A' ? ['::1'] : ['127.0.0.1']);
    dns.answer(`${name} ${silent}`, 'silence');
    const startedAt = performance.now();
    const addresses = await resolve(name);
    expect(addresses).toEqual([silent === 'A' ? '::1' : '127.0.0.1']);
    expect(performance.now() - startedAt).toBeLessThan(2900); // its own patience with a server is 3 s, three times
  }
  expect(await probe.check(`http://never-aaaa.example.com:${target.port}/`)).toMatchObject({ outcome: 'up' });
});

test('who asks for one family hears of its failure, whatever the other says', async () => {
  dns.answer('one.example.com', ['192.0.2.1', '2001:db8::1']);
  expect(await resolve('one.example.com', '6')).toEqual(['192.0.2.1', '2001:db8::1']);
  dns.answer('one.example.com AAAA', 'servfail');
  await expect(resolve('one.example.com', '6')).rejects.toThrow(/ESERVFAIL/);
  expect(await resolve('one.example.com', '4')).toEqual(['192.0.2.1']);
  dns.answer('one.example.com AAAA', 'nxdomain');
  expect(await resolve('one.example.com', '6')).toEqual(['192.0.2.1']); // it has an address, of the other family
});

test('the family that is needed is waited for, however long the other has been there', async () => {
  dns.answer('slow.example.com', ['2001:db8::1']);
  dns.answer('slow.example.com A', 'silence', ['192.0.2.1']);
  const patient = createResolver({ servers: [dns.address], hostsFile: false }); // asks again after 3 s
  expect(await patient('slow.example.com', '4')).toEqual(['192.0.2.1', '2001:db8::1']);
});

test('a DNS server that is silent lets the check run into its deadline, and says where it stood', async () => {
  dns.answer('silent.example.com', 'silence');
  expect(await probe.check('http://silent.example.com/', { timeoutMs: 150 })).toMatchObject({
    outcome: 'down',
    code: 'timeout',
    reason: 'No answer within 150 ms: the name was still being looked up.',
    timings: { connectMs: null },
  });
});

test('an answer that is not DNS harms nobody', async () => {
  const socket = createSocket('udp4');
  socket.on('message', (_message, from) => socket.send('not dns at all', from.port, from.address));
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  onTestFinished(() => void socket.close());
  const confused = createResolver({ servers: [`127.0.0.1:${socket.address().port}`], hostsFile: false });
  await expect(confused('shop.example.com')).rejects.toThrow(/queryA/);
}, 60_000);

test('a name with a public and a private address is refused whole', async () => {
  const strict = await openProbe({ allowNetworks: ['127.0.0.1/32'] });
  const target = await listenHttp((response) => response.end());
  for (const addresses of [
    ['127.0.0.1', '10.0.0.5'],
    ['10.0.0.5', '127.0.0.1'],
    ['127.0.0.1', '::1'],
    ['127.0.0.1', 'fdaa::3'],
  ]) {
    strict.dns.answer('mixed.example.com', addresses);
    const finding = await strict.check(`http://mixed.example.com:${target.port}/`);
    expect(finding, addresses.join()).toMatchObject({ outcome: 'down', code: 'target_not_allowed' });
  }
  expect(target.connections()).toBe(0);
});

test('when the first address of a name is dead, the next one answers', async () => {
  const target = await listenHttp((response) => response.end());
  dns.answer('two.example.com', ['127.0.0.2', '127.0.0.1']); // nobody listens at 127.0.0.2
  expect(await probe.check(`http://two.example.com:${target.port}/`)).toMatchObject({ outcome: 'up' });
  expect(target.connections()).toBe(1);
});

test('over TLS too, and the certificate must still be for the name', async () => {
  const certificate = await probe.authority.issue({ names: ['two-tls.example.com'] });
  const target = await listenHttp((response) => response.end(), { certificate });
  dns.answer('two-tls.example.com', ['127.0.0.2', '127.0.0.1']);
  dns.answer('other-tls.example.com', ['127.0.0.2', '127.0.0.1']);
  expect(await probe.check(`https://two-tls.example.com:${target.port}/`)).toMatchObject({ outcome: 'up' });
  expect(await probe.check(`https://other-tls.example.com:${target.port}/`)).toMatchObject({
    code: 'certificate_invalid',
  });
});

test('when every address of a name refuses, the reason names one', async () => {
  const target = await listenHttp((response) => response.end(), { host: '127.0.0.3' });
  dns.answer('dead.example.com', ['127.0.0.1', '127.0.0.2']);
  const finding = await probe.check(`http://dead.example.com:${target.port}/`);
  expect(finding).toMatchObject({ outcome: 'down', code: 'connect_refused' });
  expect(finding.reason).toMatch(/^Connection refused by 127\.0\.0\.[12]:\d+\.$/);
});
