import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { ExchangeTrace } from '../../prober/trace/exchange-trace.ts';
import { PLAIN_HTTP } from '../../shared/checks/http-spec-input.ts';
import { listenHttp, listenRaw } from '../support/listen.ts';
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

test('the beginning of a large piece is kept by itself, not the piece', () => {
  const piece = Buffer.alloc(64 * 1024, 'a');
  const trace = new ExchangeTrace(PLAIN_HTTP);
  trace.beginBody(undefined);
  trace.keepBody(piece);
  piece.fill('b');
  expect(trace.toRecord().body).toEqual({ text: 'a'.repeat(KEPT), isWhole: false });
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
