import { TLSSocket } from 'node:tls';
import { expect, test } from 'vitest';
import { ClientContexts } from '../../prober/protocols/http/credentials/client-contexts.ts';
import { listenHttp, listenTls } from '../support/listen.ts';
import { openProbe } from '../support/probe.ts';

const probe = await openProbe();
const certificate = await probe.authority.issue({ addresses: ['127.0.0.1'] });
const client = await probe.authority.issue({ isClient: true });
const shown = { clientCertificate: { certificate: client.cert, key: client.key } };

/** A server that talks only to who shows a certificate of the authority. */
const demanding = {
  certificate: {
    ...certificate,
    requestCert: true,
    rejectUnauthorized: true,
    ca: probe.authority.certificate,
  },
};

test('a monitor shows its certificate to a target that asks for one', async () => {
  const target = await listenHttp((response) => response.end('welcome'), demanding);
  expect(await probe.check(target.url, { http: shown })).toMatchObject({ outcome: 'up', statusCode: 200 });
  expect(await probe.check(target.url)).toMatchObject({ outcome: 'down' }); // without one it is turned away
  expect(target.requests).toHaveLength(1);
});

test('it is shown to the target’s own origin alone', async () => {
  let hasShown: boolean | null = null;
  const other = await listenTls(
    (socket) => {
      hasShown = socket instanceof TLSSocket && socket.getPeerX509Certificate() !== undefined;
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'));
    },
    { certificate: { ...certificate, requestCert: true, rejectUnauthorized: false } },
  );
  const target = await listenHttp(
    (response) => response.writeHead(302, { location: other.url }).end(),
    demanding,
  );
  expect(await probe.check(target.url, { http: shown })).toMatchObject({ outcome: 'up' });
  expect(hasShown).toBe(false);
});

test('a certificate that cannot be used is said to be the fault', async () => {
  const target = await listenHttp((response) => response.end(), demanding);
  const stranger = await probe.authority.issue({ isClient: true });
  for (const [clientCertificate, reason] of [
    [
      { certificate: client.cert, key: stranger.key },
      'The client certificate cannot be used. This private key does not belong to the certificate.',
    ],
    [
      { certificate: 'nonsense', key: client.key },
      'The client certificate cannot be used. This certificate cannot be read: paste all of it, as PEM.',
    ],
  ] as const) {
    expect(await probe.check(target.url, { http: { clientCertificate } })).toMatchObject({
      outcome: 'down',
      code: 'auth_failed',
      reason,
    });
  }
  expect(target.connections()).toBe(0);
});

test('a context is built once for a certificate, and so many are kept', async () => {
  let built = 0;
  const contexts = new ClientContexts(() => {
    built += 1;
    return { context: {} };
  });
  const { certificate: own, key } = shown.clientCertificate;
  expect(contexts.for({ certificate: own, key })).toBe(contexts.for({ certificate: own, key }));
  expect(built).toBe(1);
  // Another text of the same certificate is another context: 500 of them push the first one out.
  for (let other = 1; other <= 500; other++) contexts.for({ certificate: own + '\n'.repeat(other), key });
  contexts.for({ certificate: own, key });
  expect(built).toBe(502);
});
