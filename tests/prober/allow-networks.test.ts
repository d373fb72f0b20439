import { expect, test } from 'vitest';
import { createTargetGuard } from '../../shared/network/target-guard.ts';
import { listenHttp } from '../support/listen.ts';
import { openProbe } from '../support/probe.ts';

const sentence = (verdict: { allowed: true } | { allowed: false; sentence: string }) =>
  verdict.allowed ? 'allowed' : verdict.sentence;

test('a private address is refused with the name of the setting that would allow it', () => {
  const guard = createTargetGuard({ allowNetworks: [] });
  expect(sentence(guard.checkHost('10.0.0.7'))).toBe(
    '10.0.0.7 is not on the public internet: 10.0.0.0/8 is a private network. To watch your own network, set PROBER_ALLOW_NETWORKS.',
  );
  expect(sentence(guard.checkHost('nas.lan'))).toContain('PROBER_ALLOW_NETWORKS');
});

test('a self-hoster watches the networks he named, and no other private one', () => {
  const guard = createTargetGuard({ allowNetworks: ['10.0.0.0/8', 'fd12:3456::/32'] });
  for (const host of ['10.0.0.7', '[fd12:3456::7]', 'nas.lan', 'printer', 'db.home.arpa']) {
    expect(sentence(guard.checkHost(host)), host).toBe('allowed');
  }
  expect(sentence(guard.checkAddress('10.1.2.3', 'nas.lan'))).toBe('allowed');
  expect(sentence(guard.checkAddress('10.1.2.3', 'intranet.example.com'))).toBe('allowed');
  for (const host of [
    '192.168.0.1',
    '127.0.0.1',
    '169.254.169.254',
    '[::1]',
    '[fd13::1]',
    '[::ffff:10.0.0.7]',
  ]) {
    expect(guard.checkHost(host).allowed, host).toBe(false);
  }
  expect(guard.checkAddress('192.168.0.1', 'nas.lan').allowed).toBe(false);
});

test('a name of the own network may not lead out of it', () => {
  const guard = createTargetGuard({ allowNetworks: ['10.0.0.0/8'] });
  expect(sentence(guard.checkAddress('93.184.216.34', 'printer'))).toBe(
    'printer is not a public name, and 93.184.216.34 is not in PROBER_ALLOW_NETWORKS.',
  );
});

test('nothing opens the private network of the platform', () => {
  const guard = createTargetGuard({ allowNetworks: ['0.0.0.0/0', '::/0', 'fdaa::/16'] });
  for (const address of ['fdaa::3', 'fdaa:0:18:a7b:7d:f066:b83b:2']) {
    expect(guard.checkHost(`[${address}]`).allowed, address).toBe(false);
    expect(guard.checkAddress(address, 'shop.example.com').allowed, address).toBe(false);
  }
  for (const name of [
    'my-db.internal',
    'internal',
    'MY-APP.INTERNAL.',
    '_api.internal',
    'app.flycast',
    'flycast.',
  ]) {
    expect(guard.checkHost(name).allowed, name).toBe(false);
  }
  expect(guard.checkHost('internal.example.com').allowed).toBe(true);
});

test('a network that is none stops the prober with the text that was typed', () => {
  expect(() => createTargetGuard({ allowNetworks: ['10.0.0.0/8', 'my-lan'] })).toThrow(
    'PROBER_ALLOW_NETWORKS: "my-lan" is not a network such as 10.0.0.0/8.',
  );
});

test('with no network allowed, a check of the own machine connects to nothing', async () => {
  const probe = await openProbe({ allowNetworks: [] });
  const target = await listenHttp((response) => response.end());
  const finding = await probe.check(target.url);
  expect(finding).toMatchObject({ outcome: 'down', code: 'target_not_allowed', statusCode: null });
  expect(finding.reason).toContain('127.0.0.0/8 is the prober itself');
  expect(target.connections()).toBe(0);
});

test('a name that leads to an allowed network is checked', async () => {
  const probe = await openProbe({ allowNetworks: ['127.0.0.0/8'] });
  const target = await listenHttp((response) => response.end());
  probe.dns.answer('printer', ['127.0.0.1']);
  expect(await probe.check(`http://printer:${target.port}/`)).toMatchObject({
    outcome: 'up',
    statusCode: 200,
  });
});
