import { createSecureContext } from 'node:tls';
import { expect, test } from 'vitest';
import { createCertificateAuthority, createSelfSigned, daysFromNow } from '../support/certificates.ts';
import { listenHttp, listenRaw, listenTls } from '../support/listen.ts';
import { openProbe } from '../support/probe.ts';

const probe = await openProbe();
const NAME = 'shop.example.com';
probe.dns.answer(NAME, ['127.0.0.1']);
probe.dns.answer('a.shop.example.com', ['127.0.0.1']);

/** What a check says of a server that shows this certificate. */
async function judged(certificate: { cert: string; key: string }, host: string = NAME) {
  const target = await listenHttp((response) => response.end('x'), { certificate });
  const { outcome, code, reason, timings } = await probe.check(`https://${host}:${target.port}/`);
  if (code !== 'ok') expect(timings).toMatchObject({ tlsMs: expect.any(Number), firstByteMs: null });
  return {
    said: reason === null ? outcome : `${outcome} ${code}: ${reason}`,
    requests: target.requests.length,
  };
}

test('a certificate that is valid is up', async () => {
  const certificate = await probe.authority.issue({ names: [NAME] });
  expect(await judged(certificate)).toEqual({ said: 'up', requests: 1 });
});

test('a wildcard certificate is for one label', async () => {
  const certificate = await probe.authority.issue({ names: ['*.shop.example.com'] });
  expect((await judged(certificate, 'a.shop.example.com')).said).toBe('up');
  expect((await judged(certificate)).said).toBe(
    'down certificate_invalid: The certificate is for another name.',
  );
});

test('an expired certificate is down, and nothing is sent to who shows it', async () => {
  const certificate = await probe.authority.issue({
    names: [NAME],
    notBefore: daysFromNow(-30),
    notAfter: daysFromNow(-1),
  });
  expect(await judged(certificate)).toEqual({
    said: 'down certificate_expired: The certificate has expired.',
    requests: 0,
  });
});

test('a certificate from the future is down', async () => {
  const certificate = await probe.authority.issue({
    names: [NAME],
    notBefore: daysFromNow(1),
    notAfter: daysFromNow(30),
  });
  expect(await judged(certificate)).toEqual({
    said: 'down certificate_invalid: The certificate is not valid yet.',
    requests: 0,
  });
});

test('a certificate for another name is down, and nothing is sent', async () => {
  const certificate = await probe.authority.issue({ names: ['bank.example.com'] });
  expect(await judged(certificate)).toEqual({
    said: 'down certificate_invalid: The certificate is for another name.',
    requests: 0,
  });
});

test('a self-signed certificate is down, and nothing is sent', async () => {
  expect(await judged(await createSelfSigned([NAME]))).toEqual({
    said: 'down certificate_invalid: The certificate is self-signed.',
    requests: 0,
  });
});

test('a certificate of an authority that nobody trusts is down', async () => {
  const stranger = await createCertificateAuthority();
  const { said, requests } = await judged(await stranger.issue({ names: [NAME] }));
  expect(said).toMatch(/^down certificate_invalid: The certificate comes (from an issuer|without)/);
  expect(requests).toBe(0);
});

test('NODE_TLS_REJECT_UNAUTHORIZED opens nothing', async () => {
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
  try {
    expect((await judged(await createSelfSigned([NAME]))).requests).toBe(0);
  } finally {
    delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
  }
});

test('an address is checked against the addresses of the certificate', async () => {
  const own = await probe.authority.issue({ addresses: ['127.0.0.1'] });
  expect((await judged(own, '127.0.0.1')).said).toBe('up');
  const other = await probe.authority.issue({ addresses: ['127.0.0.9'], names: ['127.0.0.1'] });
  expect((await judged(other, '127.0.0.1')).said).toBe(
    'down certificate_invalid: The certificate is for another name.',
  );
});

test('the name goes into the handshake, and no address ever does', async () => {
  const certificate = await probe.authority.issue({ names: [NAME], addresses: ['127.0.0.1'] });
  const names: (string | false | null)[] = [];
  const target = await listenTls(
    (socket) => {
      names.push(socket.servername);
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'));
    },
    { certificate },
  );
  await probe.check(`https://${NAME}:${target.port}/`);
  await probe.check(`https://${NAME}.:${target.port}/`); // RFC 6066, 3: without the trailing dot
  await probe.check(target.url);
  expect(names).toEqual([NAME, NAME, false]);
});

test('a server that chooses its certificate by name is understood', async () => {
  const right = await probe.authority.issue({ names: [NAME] });
  const wrong = await probe.authority.issue({ names: ['default.example.com'] });
  const target = await listenHttp((response) => response.end('x'), {
    certificate: {
      ...wrong,
      SNICallback: (name, done) => done(null, name === NAME ? createSecureContext(right) : undefined),
    },
  });
  expect(await probe.check(`https://${NAME}:${target.port}/`)).toMatchObject({ outcome: 'up' });
});

test('each hop of a redirect is verified', async () => {
  const bad = await listenHttp((response) => response.end('x'), {
    certificate: await createSelfSigned([NAME]),
  });
  const good = await listenHttp(
    (response) => response.writeHead(302, { location: `https://${NAME}:${bad.port}/` }).end(),
    { certificate: await probe.authority.issue({ names: [NAME] }) },
  );
  expect(await probe.check(`https://${NAME}:${good.port}/`)).toMatchObject({ code: 'certificate_invalid' });
  expect(bad.requests).toHaveLength(0);
});

test('a port that speaks plain HTTP fails the handshake, and says so', async () => {
  const target = await listenHttp((response) => response.end('x'));
  const finding = await probe.check(`https://127.0.0.1:${target.port}/`);
  expect(finding).toMatchObject({
    outcome: 'down',
    code: 'tls_failed',
    reason: 'This port does not answer in TLS. If it is plain HTTP, let the address begin with http://.',
  });
});

test('a server that hangs up in the handshake says so', async () => {
  const target = await listenRaw((socket) => void socket.once('data', () => socket.end()));
  expect(await probe.check(`https://127.0.0.1:${target.port}/`)).toMatchObject({
    outcome: 'down',
    code: 'tls_failed',
    reason: 'The connection was closed during the TLS handshake.',
  });
});

test('a server that only speaks TLS of old is down', async () => {
  const certificate = await probe.authority.issue({ names: [NAME] });
  const target = await listenHttp((response) => response.end('x'), {
    certificate: {
      ...certificate,
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    },
  });
  expect(await probe.check(`https://${NAME}:${target.port}/`)).toMatchObject({
    outcome: 'down',
    code: 'tls_failed',
  });
});

test('a server that asks for a certificate of ours is told there is none', async () => {
  const certificate = await probe.authority.issue({ names: [NAME] });
  const target = await listenHttp((response) => response.end('x'), {
    certificate: { ...certificate, requestCert: true, rejectUnauthorized: true, ca: certificate.cert },
  });
  const finding = await probe.check(`https://${NAME}:${target.port}/`);
  expect(finding.outcome).toBe('down');
  expect(['tls_failed', 'connect_reset']).toContain(finding.code);
});
