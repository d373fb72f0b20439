import { brotliCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import {
  afterRequest,
  END_HEADERS,
  END_STREAM,
  FRAME,
  frame,
  STATUS_200,
  uint32,
} from '../support/http2-frames.ts';
import { listenHttp } from '../support/listen.ts';
import { listenFrames, listenHttp2 } from '../support/listen-http2.ts';
import { openProbe } from '../support/probe.ts';

const NAME = 'shop.example.com';
const probe = await openProbe();
probe.dns.answer(NAME, ['127.0.0.1']);
probe.dns.answer('other.example.com', ['127.0.0.1']);
const certificate = await probe.authority.issue({ names: [NAME, 'other.example.com'] });

const at = ({ port }: { port: number }, path = '/') => `https://${NAME}:${port}${path}`;

test('HTTP/2 is used where it is offered, and the trace says so', async () => {
  const target = await listenHttp2(
    (stream) => {
      stream.respond({ ':status': 200, 'X-Answer': 'yes' });
      stream.end('hello');
    },
    { certificate },
  );
  const { finding, exchange } = await probe.run(at(target, '/path?query'), {
    assertions: [
      { subject: 'body', comparator: 'equals', value: 'hello' },
      { subject: 'header', name: 'X-Answer', comparator: 'equals', value: 'yes' },
    ],
  });
  expect(finding).toMatchObject({
    outcome: 'up',
    statusCode: 200,
    timings: { tlsMs: expect.any(Number), firstByteMs: expect.any(Number), transferMs: expect.any(Number) },
  });
  expect(exchange.hops).toMatchObject([
    { httpVersion: '2', tlsVersion: 'TLSv1.3', statusCode: 200, address: '127.0.0.1' },
  ]);
  expect(exchange.hops[0]?.responseHeaders).toContainEqual(['x-answer', 'yes']);
  expect(exchange.hops[0]?.responseHeaders.flat()).not.toContain(':status');
  expect(exchange.body).toEqual({ text: 'hello', isWhole: true });
  expect(target.requests[0]?.headers).toMatchObject({
    ':method': 'GET',
    ':scheme': 'https',
    ':authority': `${NAME}:${target.port}`,
    ':path': '/path?query',
  });
  await expect.poll(target.open).toBe(0);
});

test('a monitor that wants HTTP/1.1 gets it, and so does who asks a server without HTTP/2', async () => {
  const newest = await listenHttp2(() => {}, { certificate: { ...certificate, allowHTTP1: true } });
  const old = await listenHttp((response) => response.end(), { certificate });
  const { exchange } = await probe.run(at(old));
  expect(exchange.hops).toMatchObject([{ httpVersion: '1.1', statusCode: 200 }]);
  const { exchange: forced } = await probe.run(at(newest), { http: { httpVersion: '1.1' } });
  expect(forced.hops).toMatchObject([{ httpVersion: '1.1', statusCode: 200 }]);
  expect(newest.requests).toHaveLength(0);
});

test('headers go in lower case, those of a connection not at all, and a body with its length', async () => {
  const target = await listenHttp2((stream) => void stream.respond({ ':status': 204 }, { endStream: true }), {
    certificate,
  });
  const headers = { 'X-Own': ' caf\u00e9\t', 'HTTP2-Settings': 'AAMAAABk', Cookie: 'a=1; b=2' };
  const finding = await probe.check(at(target), { http: { method: 'POST', headers, body: 'héllo' } });
  expect(finding).toMatchObject({ outcome: 'up', statusCode: 204 });
  const [seen] = target.requests;
  expect(seen?.body).toBe('héllo');
  expect(seen?.headers).toMatchObject({
    ':method': 'POST',
    'x-own': 'caf\u00e9',
    cookie: 'a=1; b=2',
    'content-length': '6',
    accept: '*/*',
  });
  for (const name of ['http2-settings', 'host', 'connection']) expect(seen?.headers).not.toHaveProperty(name);
});

test('a body that is encoded is decoded, and a large one is cut at a mebibyte', async () => {
  const target = await listenHttp2(
    (stream, { headers }) => {
      if (headers[':path'] === '/large') {
        stream.respond({ ':status': 200 });
        stream.end('a'.repeat(3 * 1024 * 1024));
        return;
      }
      stream.respond({ ':status': 200, 'content-encoding': 'br' });
      stream.end(brotliCompressSync('all is well'));
    },
    { certificate },
  );
  const wants = (value: string) => ({
    assertions: [{ subject: 'body' as const, comparator: 'contains' as const, value }],
  });
  expect(await probe.check(at(target), wants('all is well'))).toMatchObject({ outcome: 'up' });
  expect(await probe.check(at(target, '/large'), wants('b'))).toMatchObject({
    code: 'assertion_failed',
    reason: expect.stringContaining('within its first mebibyte'),
  });
  expect(await probe.check(at(target, '/large'))).toMatchObject({ outcome: 'up' });
  await expect.poll(target.open).toBe(0);
});

test('many checks at once are answered, each for itself', async () => {
  const target = await listenHttp2(
    (stream, { headers }) => {
      stream.respond({ ':status': 200 });
      stream.end(headers[':path']);
    },
    { certificate },
  );
  const findings = await Promise.all(
    Array.from({ length: 200 }, (_, index) =>
      probe.check(at(target, `/${index}`), {
        assertions: [{ subject: 'body', comparator: 'equals', value: `/${index}` }],
      }),
    ),
  );
  expect(new Set(findings.map(({ reason, outcome }) => reason ?? outcome))).toEqual(new Set(['up']));
});

test('each hop of a redirect has a connection and a version of its own', async () => {
  const end = await listenHttp((response) => response.end('x'), { certificate });
  const start = await listenHttp2(
    (stream) => void stream.respond({ ':status': 302, location: at(end, '/end') }, { endStream: true }),
    { certificate },
  );
  const { finding, exchange } = await probe.run(at(start));
  expect(finding).toMatchObject({ outcome: 'up', statusCode: 200 });
  expect(exchange.hops).toMatchObject([
    { httpVersion: '2', statusCode: 302 },
    { httpVersion: '1.1', statusCode: 200 },
  ]);
});

test('a HEAD has no body to wait for', async () => {
  const target = await listenHttp2(
    (stream) => void stream.respond({ ':status': 200, 'content-length': '5' }, { endStream: true }),
    { certificate },
  );
  expect(await probe.check(at(target), { http: { method: 'HEAD' } })).toMatchObject({ outcome: 'up' });
});

test('early hints are no answer', async () => {
  const target = await listenHttp2(
    (stream) => {
      stream.additionalHeaders({ ':status': 103, link: '</style.css>; rel=preload' });
      stream.respond({ ':status': 200 }, { endStream: true });
    },
    { certificate },
  );
  expect(await probe.check(at(target))).toMatchObject({ outcome: 'up', statusCode: 200 });
});

test('who wants a request with HTTP/1.1 gets it so', async () => {
  const target = await listenHttp2((stream) => stream.close(13), {
    certificate: { ...certificate, allowHTTP1: true },
  });
  const { finding, exchange } = await probe.run(at(target));
  expect(finding).toMatchObject({ outcome: 'up' });
  expect(exchange.hops).toMatchObject([
    { httpVersion: '2', statusCode: null },
    { httpVersion: '1.1', statusCode: 200 },
  ]);
});

test('a server that goes away after this request has answered it', async () => {
  const target = await listenFrames(
    afterRequest((socket) => {
      const body = frame(FRAME.data, END_STREAM, 1, Buffer.from('hello'));
      const head = frame(FRAME.headers, END_HEADERS, 1, STATUS_200);
      socket.write(Buffer.concat([frame(FRAME.goaway, 0, 0, uint32(1, 0)), head, body]));
    }),
    certificate,
  );
  expect(
    await probe.check(at(target), {
      assertions: [{ subject: 'body', comparator: 'equals', value: 'hello' }],
    }),
  ).toMatchObject({ outcome: 'up' });
});
