import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { HttpSpec } from '../../shared/checks/http-spec-input.ts';
import { listenHttp, type SeenRequest } from '../support/listen.ts';
import { openProbe } from '../support/probe.ts';

const probe = await openProbe();
const KEPT = 16 * 1024;

const ENCODERS = {
  identity: (bytes: Buffer) => bytes,
  gzip: gzipSync,
  br: brotliCompressSync,
  zstd: zstdCompressSync,
};

test('what a target sets as a cookie is not told, its name and attributes are', async () => {
  const target = await listenHttp((response) => {
    response.setHeader('Set-Cookie', ['sid=abcdef123456; Path=/; HttpOnly', 'lang=en', 'abcdef']);
    response.end('you are abcdef123456, en');
  });
  const { exchange } = await probe.run(target.url);
  expect(exchange.hops[0]?.responseHeaders.filter(([name]) => name === 'Set-Cookie')).toEqual([
    ['Set-Cookie', 'sid=(secret); Path=/; HttpOnly'],
    ['Set-Cookie', 'lang=(secret)'],
    ['Set-Cookie', '(secret)'],
  ]);
  expect(exchange.body?.text).toBe('you are (secret), en');
});

test('a reason does not repeat a secret that the target repeats', async () => {
  const target = await listenHttp((response, { headers }) =>
    response.end(`you are ${headers.authorization}`),
  );
  const http = { auth: { type: 'bearer', token: 'tok-1234567890' } } as const;
  const { finding } = await probe.run(target.url, {
    http,
    assertions: [{ subject: 'body', comparator: 'equals', value: 'ok' }],
  });
  expect(finding.reason).toBe('Body is “you are (secret)”, expected it to equal ok.');
});

test('a body that is repeated is not told, nor what it calls a password', async () => {
  const target = await listenHttp((response, { body }) => {
    response.end(`<p>${body.replaceAll('"', '&quot;')}</p> ${body.includes('hunter2') ? 'hunter2' : ''}`);
  });
  for (const [bodyType, body] of [
    ['json', '{"user": {"name": "alice", "Password": "hunter2"}}'],
    ['form', 'user=alice&password=hunter2'],
    ['text', '<name>alice</name> with hunter2 '],
  ] as const) {
    const { exchange } = await probe.run(target.url, { http: { method: 'POST', bodyType, body } });
    const after = bodyType === 'text' ? 'hunter2' : '(secret)';
    expect(exchange.body?.text).toBe(`<p>(secret)</p> ${after}`);
  }
});

test('what is made to be found everywhere is concealed as a whole', async () => {
  const target = await listenHttp((response) => response.end('a'.repeat(KEPT)));
  const headers = Object.fromEntries(
    Array.from({ length: 50 }, (_, index) => [`X-Key-${index}`, 'a'.repeat(100 + index)]),
  );
  const { exchange } = await probe.run(target.url, { http: { headers } });
  expect(exchange.body?.text).toBe('(secret)');
});

/** As a URL that leaves no letter as it is. */
const everyByte = (text: string) => Buffer.from(text).toString('hex').replace(/../g, '%$&');

/** All the ways in which the server below repeats what it got. */
function repeat({ headers, url, body }: SeenRequest, pad: string): { headers: string[]; body: Buffer } {
  const all = [url, ...Object.values(headers).flat(), body].join('\n');
  const basic = Buffer.from((headers.authorization ?? '').replace(/^\S+ /, ''), 'base64').toString();
  const parsed = {
    session: /session=([^;]*)/.exec(headers.cookie ?? '')?.[1],
    answer: /response="([^"]*)"/.exec(headers.authorization ?? '')?.[1],
  };
  const forms = [
    JSON.stringify(parsed),
    all,
    basic,
    JSON.stringify({ headers, basic, body }),
    Buffer.from(all).toString('base64'),
    Buffer.from(`x${all}`).toString('base64url'),
    Buffer.from(`xy${basic}${all}`).toString('base64'),
    encodeURIComponent(all),
    everyByte(all),
    new URLSearchParams({ all, basic, body }).toString(),
    all.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;'),
  ];
  const readable = (text: string) => text.replace(/[^\t\x20-\x7e\x80-\xff]/g, '_');
  return {
    headers: [
      ...['X-Echo', readable(all).slice(0, 4000)],
      ...['X-Basic', readable(Buffer.from(basic).toString('latin1'))],
      ...['Set-Cookie', `echo=${encodeURIComponent(headers.cookie ?? '')}`],
    ],
    body: Buffer.from(`${pad}${forms.join('\n')}`),
  };
}

const printable = fc.string({
  unit: fc.constantFrom(...'abcXYZ0189-._~!*()&<>"\'/\\+=%$ é'),
  minLength: 8,
  maxLength: 40,
});
const secret = printable.map((text) => `s3${text.replaceAll(/\s+$/g, '')}!`);
const token = fc.string({ unit: fc.constantFrom(...'abcXYZ0189-._~+/'), minLength: 12, maxLength: 60 });

const asking: fc.Arbitrary<{ secrets: string[]; http: Partial<HttpSpec> }> = fc
  .tuple(secret, token, secret, token, fc.constantFrom('basic', 'digest', 'bearer', 'none'))
  .map(([password, bearer, header, cookie, type]) => {
    const person = { username: 'alice', password };
    const headers = {
      'X-Api-Key': header,
      Cookie: `theme=dark; session=${cookie}`,
      ...(type === 'none'
        ? { Authorization: `Basic ${Buffer.from(`alice:${password}`).toString('base64')}` }
        : {}),
    };
    const http = { headers, method: 'POST', body: 'hello' } as const;
    switch (type) {
      case 'none':
        return { secrets: [header, cookie, password], http };
      case 'bearer':
        return { secrets: [header, cookie, bearer], http: { ...http, auth: { type, token: bearer } } };
      default:
        return { secrets: [header, cookie, password], http: { ...http, auth: { type, ...person } } };
    }
  });

test('no secret of a monitor is in what is kept, however the target repeats it', async () => {
  let pad = '';
  let encode: (bytes: Buffer) => Buffer = (bytes) => bytes;
  let encoding = 'identity';
  const target = await listenHttp((response, request) => {
    const { headers } = request;
    const isAsked = request.url === '/digest' && headers.authorization === undefined;
    if (isAsked) response.setHeader('www-authenticate', 'Digest realm="r", nonce="n", qop="auth"');
    const echo = repeat(request, pad);
    for (let at = 0; at < echo.headers.length; at += 2) {
      response.appendHeader(echo.headers[at] ?? '', echo.headers[at + 1] ?? '');
    }
    response.setHeader('content-encoding', encoding);
    response.setHeader('location', `/arrived?${encodeURIComponent(headers['x-api-key']?.toString() ?? '')}`);
    response.writeHead(isAsked ? 401 : request.url === '/' ? 302 : 500).end(encode(echo.body));
  });
  await fc.assert(
    fc.asyncProperty(
      asking,
      fc.constantFrom('/', '/digest', '/plain'),
      fc.constantFrom<keyof typeof ENCODERS>('identity', 'gzip', 'br', 'zstd'),
      fc.nat(KEPT + 100), // where the 16 KiB end within what is repeated
      async ({ secrets, http }, path, coding, before) => {
        encoding = coding;
        encode = ENCODERS[coding];
        pad = '#'.repeat(before);
        const { finding, exchange } = await probe.run(`${target.url}${path}`, { http });
        const kept = JSON.stringify({ finding, exchange });
        for (const each of secrets) {
          const bytes = Buffer.from(each);
          for (const form of [
            each,
            encodeURIComponent(each),
            bytes.toString('base64'),
            bytes.toString('base64url'),
          ]) {
            for (const written of [form, JSON.stringify(form).slice(1, -1)])
              expect(kept).not.toContain(written);
          }
          expect(kept).not.toContain(JSON.stringify(each.slice(0, 8)).slice(1, -1)); // nor its beginning
        }
        expect(kept).not.toMatch(/"[0-9a-f]{32}\\?"/); // nor what is computed from a password
        expect(kept).toContain('(secret)');
      },
    ),
    { numRuns: 150 },
  );
});
