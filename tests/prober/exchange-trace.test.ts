import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { HttpSpec } from '../../shared/checks/http-spec-input.ts';
import { listenHttp, listenRaw, type SeenRequest } from '../support/listen.ts';
import { openProbe } from '../support/probe.ts';

const probe = await openProbe();
const KEPT = 16 * 1024;

test('each request of a check is told, with what came back', async () => {
  const target = await listenHttp((response, { url }) => {
    if (url === '/end') response.writeHead(404, { 'X-Why': 'gone', 'X-why': 'twice' }).end('not here');
    else response.writeHead(302, { Location: '/end' }).end('this way');
  });
  const { exchange } = await probe.run(`${target.url}/start?a=1`, {
    http: { method: 'POST', body: 'data', headers: { 'X-Own': '1' } },
  });
  const own = [
    ['User-Agent', 'StatusWatch/1 (uptime check)'],
    ['Accept', '*/*'],
    ['Accept-Encoding', 'gzip, br, zstd'],
    ['X-Own', '1'],
  ];
  const connection = [
    ['Host', `127.0.0.1:${target.port}`],
    ['Connection', 'close'],
  ];
  expect(exchange).toEqual({
    hops: [
      {
        ...{ method: 'POST', url: `${target.url}/start?a=1`, address: '127.0.0.1', httpVersion: '1.1' },
        ...{ tlsVersion: null, statusCode: 302 },
        requestHeaders: [...connection, ...own, ['Content-Length', '4']],
        responseHeaders: expect.arrayContaining([['Location', '/end']]),
      },
      {
        ...{ method: 'GET', url: `${target.url}/end`, address: '127.0.0.1', httpVersion: '1.1' },
        ...{ tlsVersion: null, statusCode: 404 },
        requestHeaders: [...connection, ...own],
        responseHeaders: expect.arrayContaining([['X-why', 'twice']]),
      },
    ],
    certificate: null,
    body: { text: 'not here', isWhole: true },
  });
});

test('over TLS its version is told', async () => {
  const certificate = await probe.authority.issue({ addresses: ['127.0.0.1'] });
  const target = await listenHttp((response) => response.end(), { certificate });
  const { exchange } = await probe.run(target.url);
  expect(exchange.hops).toMatchObject([{ tlsVersion: 'TLSv1.3', statusCode: 200 }]);
});

test('a check that got nowhere tells how far it came', async () => {
  const missing = await probe.run('http://nowhere.example.com/a');
  expect(missing.exchange).toEqual({
    hops: [
      {
        ...{ method: 'GET', url: 'http://nowhere.example.com/a', address: null, httpVersion: null },
        ...{ tlsVersion: null, statusCode: null, requestHeaders: [], responseHeaders: [] },
      },
    ],
    certificate: null,
    body: null,
  });
  const silent = await listenRaw(() => {});
  expect((await probe.run(silent.url, { timeoutMs: 500 })).exchange).toMatchObject({
    hops: [
      { address: '127.0.0.1', statusCode: null, requestHeaders: expect.arrayContaining([['Accept', '*/*']]) },
    ],
    body: null,
  });
  const { exchange } = await probe.run('http://127.0.0.1:1024/');
  expect(exchange.hops).toMatchObject([{ address: '127.0.0.1', httpVersion: null, statusCode: null }]);
});

const bodyOf = async (head: Record<string, string>, body: Buffer, assertions: [] | [wanted: string] = []) => {
  const target = await listenHttp((response) => response.writeHead(200, head).end(body));
  const { exchange } = await probe.run(target.url, {
    assertions: assertions.map((value) => ({ subject: 'body', comparator: 'contains', value })),
  });
  return exchange.body;
};

const ENCODERS = {
  identity: (bytes: Buffer) => bytes,
  gzip: gzipSync,
  br: brotliCompressSync,
  zstd: zstdCompressSync,
};

for (const [encoding, encode] of Object.entries(ENCODERS)) {
  test(`the first 16 KiB of a body are kept, decoded from ${encoding}, whether an assertion looks at it or not`, async () => {
    const words = Array.from({ length: 20_000 }, (_, index) => `${(index * 7919) % 10_007} `).join('');
    for (const assertions of [[], ['7919']] as const) {
      const long = await bodyOf({ 'content-encoding': encoding }, encode(Buffer.from(words)), [
        ...assertions,
      ]);
      expect(long?.isWhole).toBe(false);
      expect(long?.text === words.slice(0, KEPT)).toBe(true); // and no page of numbers when it is not
      const short = await bodyOf({ 'content-encoding': encoding }, encode(Buffer.from('fine 7919')), [
        ...assertions,
      ]);
      expect(short).toEqual({ text: 'fine 7919', isWhole: true });
    }
  });
}

test('a body is read in the charset that its header names', async () => {
  const body = Buffer.from('na\xefve caf\xe9', 'latin1');
  expect(await bodyOf({ 'content-type': 'text/plain; charset=iso-8859-1' }, body)).toMatchObject({
    text: 'naïve café',
  });
});

test('a body that breaks off, is damaged or bursts is kept as far as it goes', async () => {
  const random = Buffer.from(
    Array.from({ length: 6000 }, (_, index) => (Math.imul(index, 2_654_435_761) >>> 13) & 255),
  );
  const packed = gzipSync(random.toString('hex'));
  const cut = await bodyOf({ 'content-encoding': 'gzip' }, packed.subarray(0, packed.length - 500));
  expect(cut?.text.length).toBeGreaterThan(1000);
  expect(random.toString('hex').startsWith(cut?.text ?? '-')).toBe(true);
  const dense = Array.from({ length: 60_000 }, (_, index) => `line ${index % 97}\n`).join('');
  const opened = await bodyOf({ 'content-encoding': 'gzip' }, gzipSync(dense));
  expect(opened?.text === dense.slice(0, KEPT)).toBe(true);
  expect(await bodyOf({ 'content-encoding': 'gzip' }, Buffer.from('not gzip'))).toEqual({
    text: '',
    isWhole: false,
  });
  for (const [encoding, encode] of Object.entries(ENCODERS)) {
    const bomb = await bodyOf({ 'content-encoding': encoding }, encode(Buffer.alloc(8 * 1024 * 1024, 'x')));
    expect(bomb?.isWhole, encoding).toBe(false);
    expect(bomb?.text.length, encoding).toBeLessThanOrEqual(KEPT);
  }
  const target = await listenRaw((socket) => {
    socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nthe beginning'));
  });
  const { exchange } = await probe.run(target.url);
  expect(exchange.body).toEqual({ text: 'the beginning', isWhole: false });
});

test('control characters of a target are written out', async () => {
  const target = await listenRaw((socket) => {
    socket.once('data', () =>
      socket.end(
        'HTTP/1.1 200 OK\r\nX-Bell: \x80\x9b31m\r\nConnection: close\r\n\r\n\x1b[2J\0\tred\r\n\u202egreen\n',
      ),
    );
  });
  const { exchange } = await probe.run(target.url);
  expect(exchange.hops[0]?.responseHeaders[0]).toEqual(['X-Bell', '\\u0080\\u009b31m']);
  expect(exchange.body?.text).toBe('\\u001b[2J\\u0000\tred\r\n\\u202egreen\n');
});

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
