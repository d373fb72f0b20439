import { expect, test } from 'vitest';
import { CertificateReader } from '../../prober/protocols/certificate-record.ts';
import { OwnClockWrong } from '../../prober/protocols/judge-certificate.ts';
import {
  createCertificateAuthority,
  createSelfSigned,
  daysFromNow,
  type ServerCertificate,
} from '../support/certificates.ts';
import { listenHttp } from '../support/listen.ts';
import { openProbe } from '../support/probe.ts';

const NAME = 'shop.example.com';
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** By how much the database's clock differs from this machine's. */
let aheadMs = 0;
const probe = await openProbe({ nowMs: () => Date.now() + aheadMs });
probe.dns.answer(NAME, ['127.0.0.1']);

const issue = (notAfter: Date, notBefore = daysFromNow(-30)) =>
  probe.authority.issue({ names: [NAME, 'www.example.com'], addresses: ['192.0.2.1'], notBefore, notAfter });

/** What a check finds at a server that shows this certificate. */
async function shown(certificate: ServerCertificate, options: Parameters<typeof probe.run>[1] = {}) {
  const target = await listenHttp((response) => response.end('x'), { certificate });
  return probe.run(`https://${NAME}:${target.port}/`, options);
}

test('every check of a TLS target keeps what was shown: names, issuer, times and chain', async () => {
  const { finding, exchange } = await shown(
    await issue(new Date('2030-11-30T12:00:00Z'), new Date('2020-01-01T00:00:00Z')),
  );
  expect(finding.outcome).toBe('up');
  expect(exchange.certificate).toEqual({
    subject: 'CN=A server of a test',
    issuer: 'CN=Authority of a test',
    names: [NAME, 'www.example.com', '192.0.2.1'],
    validFrom: '2020-01-01T00:00:00.000Z',
    validTo: '2030-11-30T12:00:00.000Z',
    fingerprint: expect.stringMatching(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/),
    serialNumber: expect.stringMatching(/^[0-9A-F]+$/),
    chain: [
      {
        subject: 'CN=Authority of a test',
        issuer: 'CN=Authority of a test',
        validTo: expect.any(String),
        fingerprint: expect.any(String),
      },
    ],
    problem: null,
  });
});

test('a certificate that is refused is kept with what is wrong with it', async () => {
  const stranger = await createCertificateAuthority();
  const cases: [ServerCertificate, string, RegExp][] = [
    [await issue(daysFromNow(-1)), 'CN=A server of a test', /^The certificate has expired\.$/],
    [await createSelfSigned([NAME]), 'CN=Self-signed of a test', /^The certificate is self-signed\.$/],
    [
      await probe.authority.issue({ names: ['bank.example.com'] }),
      'CN=A server of a test',
      /^The certificate is for another name\.$/,
    ],
    [await stranger.issue({ names: [NAME] }), 'CN=A server of a test', /^The certificate comes /],
  ];
  for (const [certificate, subject, problem] of cases) {
    const { finding, exchange } = await shown(certificate);
    expect(finding.outcome).toBe('down');
    expect(finding.reason).toMatch(problem);
    expect(exchange.certificate).toMatchObject({ subject, problem: finding.reason });
  }
});

test('a check without TLS has no certificate, and neither has one that was sent on to plain HTTP', async () => {
  const plain = await listenHttp((response) => response.end());
  expect((await probe.run(plain.url)).exchange.certificate).toBeNull();
  const start = await listenHttp((response) => response.writeHead(302, { location: plain.url }).end(), {
    certificate: await issue(daysFromNow(30)),
  });
  const { finding, exchange } = await probe.run(`https://${NAME}:${start.port}/`);
  expect(finding.outcome).toBe('up');
  expect(exchange.certificate).toBeNull();
});

test('a certificate with fewer days left than the monitor wants is degraded', async () => {
  const end = new Date(Date.now() + 5.5 * DAY_MS);
  const certificate = await issue(end);
  const date = new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  })
    .format(end)
    .replace('Sept', 'Sep');
  expect((await shown(certificate, { certificateDays: 6 })).finding).toMatchObject({
    outcome: 'degraded',
    code: 'certificate_expiring',
    reason: `The certificate expires in 5 days, on ${date}.`,
    statusCode: 200,
  });
  expect((await shown(certificate, { certificateDays: 5 })).finding).toMatchObject({ outcome: 'up' });
  expect((await shown(certificate, { certificateDays: null })).finding).toMatchObject({ outcome: 'up' });
});

test('the last days are counted in words', async () => {
  const left = async (days: number) =>
    (await shown(await issue(daysFromNow(days)), { certificateDays: 7 })).finding.reason;
  expect(await left(1.5)).toMatch(/^The certificate expires in 1 day, on /);
  expect(await left(0.5)).toMatch(/^The certificate expires in less than a day, on /);
});

test('what is worse goes first: what fails, then a certificate that ends, then slowness', async () => {
  const certificate = await issue(daysFromNow(2));
  const slow = { certificateDays: 7, degradedAfterMs: 0 };
  expect((await shown(certificate, slow)).finding.code).toBe('certificate_expiring');
  expect((await shown(certificate, { degradedAfterMs: 0 })).finding.code).toBe('slow');
  const fails = { assertions: [{ subject: 'body' as const, comparator: 'equals' as const, value: 'y' }] };
  expect((await shown(certificate, { ...slow, ...fails })).finding.code).toBe('assertion_failed');
});

test('days are counted with the database’s clock', async () => {
  const certificate = await issue(daysFromNow(5.02));
  const judge = async () => (await shown(certificate, { certificateDays: 5 })).finding.code;
  expect(await judge()).toBe('ok');
  try {
    aheadMs = HOUR_MS;
    expect(await judge()).toBe('certificate_expiring');
  } finally {
    aheadMs = 0;
  }
});

test('where this machine’s clock is wrong, the database’s judges, and a site is not blamed', async () => {
  try {
    // OpenSSL finds it valid, by a clock that is an hour slow.
    aheadMs = HOUR_MS;
    const late = await shown(await issue(new Date(Date.now() + HOUR_MS / 2)));
    expect(late.finding).toMatchObject({ outcome: 'down', code: 'certificate_expired' });
    expect(late.exchange.certificate).toMatchObject({ problem: 'The certificate has expired.' });
    // By a clock that is slow it is of the future, by one that is fast of the past: both is our fault.
    const young = await shown(await issue(daysFromNow(1), new Date(Date.now() + HOUR_MS / 2)));
    aheadMs = -HOUR_MS;
    const old = await shown(await issue(new Date(Date.now() - HOUR_MS / 2)));
    for (const { finding, error } of [young, old]) {
      expect(finding).toMatchObject({ outcome: 'void', code: 'internal' });
      expect(error).toBeInstanceOf(OwnClockWrong);
    }
    const unborn = await shown(await issue(daysFromNow(1), new Date(Date.now() - HOUR_MS / 2)));
    expect(unborn.finding).toMatchObject({
      code: 'certificate_invalid',
      reason: 'The certificate is not valid yet.',
    });
  } finally {
    aheadMs = 0;
  }
});

test('an assertion sees the days that are left', async () => {
  const certificate = await issue(daysFromNow(10.5));
  const moreThan = (value: number) => ({
    assertions: [{ subject: 'certificate' as const, comparator: 'greater_than' as const, value }],
  });
  expect((await shown(certificate, moreThan(9))).finding).toMatchObject({ outcome: 'up' });
  expect((await shown(certificate, moreThan(10))).finding).toMatchObject({ code: 'assertion_failed' });
});

test('a certificate of a thousand names is kept in part', async () => {
  const names = [
    NAME,
    ...Array.from({ length: 1000 }, (_, index) => `n${index}.${'a'.repeat(40)}.example.com`),
  ];
  const { finding, exchange } = await shown(await probe.authority.issue({ names }));
  expect(finding.outcome).toBe('up');
  expect(exchange.certificate?.names).toEqual(names.slice(0, 100));
});

test('names that are no names are made harmless', async () => {
  const certificate = await probe.authority.issue({
    names: [NAME, 'a", DNS:bank.example.com', 'b\u202e\u0000c'],
  });
  const { exchange } = await shown(certificate);
  expect(exchange.certificate?.names[0]).toBe(NAME);
  expect(exchange.certificate?.names).not.toContain('bank.example.com');
  expect(exchange.certificate?.names.join('')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
});

test('a chain without end is cut', async () => {
  const { cert } = await createSelfSigned([NAME]);
  const raw = Buffer.from(cert.replaceAll(/-----.*-----|\s/g, ''), 'base64');
  const link = (index: number): never =>
    // As Node hands out a chain: each with the one that signed it.
    ({
      fingerprint256: `F${index}`,
      raw,
      issuerCertificate: index < 100 ? link(index + 1) : undefined,
    }) as never;
  const read = new CertificateReader().read(link(0));
  expect(read?.record.chain).toHaveLength(10);
});

test('a certificate that was read before is not read again, and the oldest are forgotten', async () => {
  const { cert } = await createSelfSigned([NAME]);
  const raw = Buffer.from(cert.replaceAll(/-----.*-----|\s/g, ''), 'base64');
  const reader = new CertificateReader();
  const once = (fingerprint256: string) => reader.read({ fingerprint256, raw } as never);
  const first = once('A');
  expect(once('A')).toBe(first);
  const others = 'x'.repeat(1024 * 1024);
  for (let index = 0; index < 9; index++) once(`${index}${others}`);
  expect(once('A')).not.toBe(first);
});
