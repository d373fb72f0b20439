import { expect, test } from 'vitest';
import { ConnectError, guardedConnect } from '../../shared/network/guarded-connect.ts';
import { createTargetGuard } from '../../shared/network/target-guard.ts';
import { createCertificateAuthority } from '../support/certificates.ts';
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
