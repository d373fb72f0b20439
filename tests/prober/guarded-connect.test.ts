import { expect, test } from 'vitest';
import { ConnectError, guardedConnect } from '../../shared/network/guarded-connect.ts';
import { createTargetGuard } from '../../shared/network/target-guard.ts';
import { createCertificateAuthority, createSelfSigned } from '../support/certificates.ts';
import { listenRaw, listenTls } from '../support/listen.ts';

const authority = await createCertificateAuthority();
const certificate = await authority.issue({ addresses: ['127.0.0.1'] });

const connectTo = (port: number, more: Partial<Parameters<typeof guardedConnect>[0]> = {}) =>
  guardedConnect({
    hostname: '127.0.0.1',
    port,
    secureContext: null,
    guard: createTargetGuard({ allowNetworks: ['127.0.0.0/8'] }),
    resolve: async () => [],
    signal: new AbortController().signal,
    onPhase: () => {},
    ...more,
  });

test('a connection that breaks before anybody uses it harms nobody', async () => {
  const plain = await listenRaw(() => {});
  const secure = await listenTls(() => {}, { certificate });
  for (const socket of [
    await connectTo(plain.port),
    await connectTo(secure.port, { secureContext: authority.secureContext }),
  ]) {
    const closed = new Promise((done) => socket.once('close', done)); // `once` would listen for errors too
    socket.destroy(new Error('broken')); // with nobody listening this would end the process
    await closed;
  }
});

test('an attempt that was given up before it began connects to nothing', async () => {
  const target = await listenRaw(() => {});
  await expect(connectTo(target.port, { signal: AbortSignal.abort(new Error('too late')) })).rejects.toThrow(
    'too late',
  );
  expect(target.connections()).toBe(0);
});

test('to give an attempt up closes it, and leaves no listener on the signal', async () => {
  const target = await listenRaw((socket) => void socket.resume());
  const controller = new AbortController();
  const attempt = connectTo(target.port, {
    secureContext: authority.secureContext,
    signal: controller.signal,
  });
  await expect.poll(() => target.open()).toBe(1);
  controller.abort(new Error('given up'));
  await expect(attempt).rejects.toThrow('given up');
  await expect.poll(() => target.open()).toBe(0);
});

test('phases are told as they begin', async () => {
  const secure = await listenTls(() => {}, {
    certificate: await authority.issue({ names: ['shop.example.com'] }),
  });
  const phases: string[] = [];
  const socket = await connectTo(secure.port, {
    hostname: 'shop.example.com',
    resolve: async () => ['127.0.0.1'],
    secureContext: authority.secureContext,
    onPhase: (phase) => phases.push(phase),
  });
  socket.destroy();
  expect(phases).toEqual(['dns', 'connect', 'tls']);
});

test('an empty answer of a resolver is no permission to look elsewhere', async () => {
  const attempt = connectTo(80, { hostname: 'shop.example.com', resolve: async () => [] });
  await expect(attempt).rejects.toBeInstanceOf(ConnectError);
});

/** Listeners of both families at one port. */
async function listenBoth() {
  const v4 = await listenRaw(() => {});
  const v6 = await listenRaw(() => {}, { host: '::1', port: v4.port });
  return { port: v4.port, connections: () => ({ v4: v4.connections(), v6: v6.connections() }) };
}

const BOTH = {
  hostname: 'both.example.com',
  resolve: async () => ['127.0.0.1', '::1'],
  guard: createTargetGuard({ allowNetworks: ['127.0.0.0/8', '::1/128'] }),
};

test('an IP version uses no address of the other', async () => {
  const target = await listenBoth();
  for (const ipVersion of ['4', '6'] as const) {
    const told: (readonly string[])[] = [];
    const onAddresses = (addresses: readonly string[]) => void told.push(addresses);
    const socket = await connectTo(target.port, { ...BOTH, ipVersion, onAddresses });
    expect(socket.remoteAddress).toBe(ipVersion === '4' ? '127.0.0.1' : '::1');
    expect(told).toEqual([[socket.remoteAddress]]);
    socket.destroy();
  }
  await expect.poll(target.connections).toEqual({ v4: 1, v6: 1 });
});

test('an IP version is what the resolver is asked for', async () => {
  const asked: unknown[] = [];
  const resolve = async (hostname: string, ipVersion?: string) => {
    asked.push(hostname, ipVersion);
    return [];
  };
  await expect(connectTo(80, { ...BOTH, resolve, ipVersion: '6' })).rejects.toMatchObject({
    kind: 'not_found',
  });
  expect(asked).toEqual(['both.example.com', '6']);
});

test('a host without an address of the IP version is told apart from one without any', async () => {
  await expect(
    connectTo(80, { ...BOTH, resolve: async () => ['127.0.0.1'], ipVersion: '6' }),
  ).rejects.toMatchObject({
    kind: 'no_such_family',
    message: 'both.example.com has no IPv6 address, and this monitor uses no other.',
  });
  await expect(connectTo(80, { ipVersion: '6' })).rejects.toMatchObject({ kind: 'no_such_family' });
});

test('an address that is not used is checked all the same', async () => {
  const target = await listenBoth();
  const guard = createTargetGuard({ allowNetworks: ['127.0.0.0/8'] });
  await expect(connectTo(target.port, { ...BOTH, guard, ipVersion: '4' })).rejects.toMatchObject({
    kind: 'refused',
    address: '::1',
  });
  expect(target.connections()).toEqual({ v4: 0, v6: 0 });
});

test('when the first family is dead the other is used, after as long as was said', async () => {
  const target = await listenRaw(() => {}, { host: '::1' });
  const socket = await connectTo(target.port, BOTH); // nobody listens at 127.0.0.1
  expect(socket.remoteAddress).toBe('::1');
  socket.destroy();
});

test('the certificate is told, trusted or not, and who is not trusted gets nothing', async () => {
  const received: Buffer[] = [];
  for (const shown of [certificate, await createSelfSigned(['bank.example.com'])]) {
    const target = await listenTls((socket) => void socket.on('data', (data) => received.push(data)), {
      certificate: shown,
    });
    const told: (string | undefined)[] = [];
    const attempt = connectTo(target.port, {
      secureContext: authority.secureContext,
      onCertificate: ({ subject, issuerCertificate }) => {
        told.push(`${subject.CN} by ${issuerCertificate?.subject.CN}`);
      },
    });
    if (shown === certificate) {
      (await attempt).destroy();
      expect(told).toEqual(['A server of a test by Authority of a test']);
    } else {
      await expect(attempt).rejects.toMatchObject({ phase: 'tls', code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
      expect(told).toEqual(['Self-signed of a test by Self-signed of a test']);
      await expect.poll(() => target.open()).toBe(0);
    }
  }
  expect(received).toEqual([]);
});

test('what is offered in the handshake is what the server may choose', async () => {
  const target = await listenTls(() => {}, {
    certificate: { ...certificate, ALPNProtocols: ['h2', 'http/1.1'] },
  });
  const secureContext = authority.secureContext;
  const plain = await connectTo(target.port, { secureContext });
  const newest = await connectTo(target.port, { secureContext, alpnProtocols: ['h2', 'http/1.1'] });
  expect([plain, newest].map((socket) => 'alpnProtocol' in socket && socket.alpnProtocol)).toEqual([
    'http/1.1',
    'h2',
  ]);
  plain.destroy();
  newest.destroy();
});
