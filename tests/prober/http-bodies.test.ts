import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { Assertion } from '../../shared/checks/assertion-input.ts';
import { listenHttp, listenRaw } from '../support/listen.ts';
import { openProbe } from '../support/probe.ts';

const probe = await openProbe();
const MEBIBYTE = 1024 * 1024;
const GIBIBYTE = 1024 * MEBIBYTE;
const has = (value: string): Assertion[] => [{ subject: 'body', comparator: 'contains', value }];

/** A server that answers these bytes, encoded as it says. */
const encoded = (encoding: string, body: Buffer) =>
  listenHttp((response) => response.writeHead(200, { 'content-encoding': encoding }).end(body));

const text = Buffer.from('everything is fine');
const ENCODINGS = [
  ['gzip', gzipSync(text)],
  ['x-gzip', gzipSync(text)],
  ['GZIP', gzipSync(text)],
  ['br', brotliCompressSync(text)],
  ['zstd', zstdCompressSync(text)],
  ['deflate', deflateSync(text)],
  ['identity', text],
  ['gzip, br', brotliCompressSync(gzipSync(text))],
] as const;

for (const [encoding, body] of ENCODINGS) {
  test(`a body encoded as ${encoding} is read`, async () => {
    const target = await encoded(encoding, body);
    expect(await probe.check(target.url, { assertions: has('is fine') })).toMatchObject({ outcome: 'up' });
  });
}

test('a body that is not encoded as its header says is down, and says so', async () => {
  for (const encoding of ['gzip', 'br', 'zstd', 'deflate']) {
    const target = await encoded(encoding, Buffer.from('plain text, not compressed at all'));
    expect(await probe.check(target.url, { assertions: has('plain') }), encoding).toMatchObject({
      outcome: 'down',
      code: 'body_undecodable',
      reason: `The body is not valid ${encoding}, as its header says.`,
      statusCode: 200,
    });
  }
});

test('an encoding that nobody asked for, or several, is refused', async () => {
  const strange = await encoded('compress', text);
  expect(await probe.check(strange.url, { assertions: has('fine') })).toMatchObject({
    code: 'body_undecodable',
    reason: 'The body has a content encoding that was not asked for.',
  });
  const many = await encoded('gzip, gzip, gzip', text);
  expect(await probe.check(many.url, { assertions: has('fine') })).toMatchObject({
    code: 'body_undecodable',
    reason: 'The body is encoded more than twice over.',
  });
});

test('a header with control characters in it cannot reach the reason', async () => {
  const target = await listenRaw((socket) => {
    socket.once('data', () =>
      socket.end('HTTP/1.1 200 OK\r\nContent-Encoding: gzip\tgzip\x80\r\nContent-Length: 2\r\n\r\nxx'),
    );
  });
  expect(await probe.check(target.url, { assertions: has('fine') })).toMatchObject({
    code: 'body_undecodable',
    reason: 'The body has a content encoding that was not asked for.',
  });
});

const cut = (head: string, body: string) =>
  listenRaw((socket) => {
    socket.once('data', () => socket.end(`HTTP/1.1 200 OK\r\n${head}\r\n\r\n${body}`));
  });

test('a body that breaks off is down, whether anybody looks at it or not', async () => {
  for (const [head, body] of [
    ['Content-Length: 5000', 'only this'],
    ['Transfer-Encoding: chunked', '5\r\nhello\r\n'],
    ['Transfer-Encoding: chunked', '500\r\nhello'],
  ] as const) {
    for (const assertions of [[], has('hello')]) {
      const target = await cut(head, body);
      expect(await probe.check(target.url, { assertions }), head).toMatchObject({
        outcome: 'down',
        code: 'body_incomplete',
        reason: 'The connection was closed before the whole body had come.',
        statusCode: 200,
      });
    }
  }
});

test('a compressed body that breaks off is down', async () => {
  const whole = gzipSync(Buffer.from('hello '.repeat(10_000)));
  const target = await encoded('gzip', whole.subarray(0, whole.length - 20));
  expect(await probe.check(target.url, { assertions: has('hello') })).toMatchObject({
    outcome: 'down',
    code: 'body_undecodable',
  });
});

test('a reset in the middle of the body is down', async () => {
  const target = await listenRaw((socket) => {
    socket.once('data', () => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\npart', () => socket.resetAndDestroy());
    });
  });
  const finding = await probe.check(target.url);
  expect(finding.outcome).toBe('down');
  expect(['body_incomplete', 'connect_reset']).toContain(finding.code);
});

test('a body is looked at for its first mebibyte, and a reason says so', async () => {
  const target = await listenHttp((response) => {
    response.end(`${'a'.repeat(MEBIBYTE - 4)}seen-not-seen`);
  });
  expect(await probe.check(target.url, { assertions: has('aaseen') })).toMatchObject({ outcome: 'up' });
  expect(await probe.check(target.url, { assertions: has('not-seen') })).toMatchObject({
    outcome: 'down',
    reason: expect.stringMatching(
      /^Body is “a+…”, expected it to contain not-seen within its first mebibyte\.$/,
    ),
  });
  const whole = await listenHttp((response) => response.end('a'.repeat(MEBIBYTE)));
  expect(await probe.check(whole.url, { assertions: has('not-there') })).toMatchObject({
    reason: expect.stringMatching(/to contain not-there\.$/),
  });
});

test('JSON that is too large is said to be too large, and not to be no JSON', async () => {
  const target = await listenHttp((response) => response.end(`{"a":"${'x'.repeat(MEBIBYTE)}"}`));
  const assertions: Assertion[] = [{ subject: 'json', name: '$.a', comparator: 'contains', value: 'x' }];
  expect(await probe.check(target.url, { assertions })).toMatchObject({
    outcome: 'down',
    code: 'assertion_failed',
    reason: 'The body is larger than the mebibyte that is read of it.',
  });
});

/** Sends a pattern again and again, as fast as it is taken, up to so many bytes. @returns how many went out */
async function pouring(head: string, pattern: Buffer, bytes: number) {
  let sent = 0;
  const target = await listenRaw((socket) => {
    const pour = () => {
      while (sent < bytes && !socket.destroyed) {
        sent += pattern.length;
        if (!socket.write(pattern)) return;
      }
    };
    socket.on('drain', pour);
    socket.once('data', () => {
      socket.write(`HTTP/1.1 200 OK\r\n${head}\r\n\r\n`);
      pour();
    });
  });
  return { target, sent: () => sent };
}

test('of a gibibyte a mebibyte is taken, and the rest is never asked for', async () => {
  for (const assertions of [[], has('zz')]) {
    const { target, sent } = await pouring(
      `Content-Length: ${GIBIBYTE}`,
      Buffer.alloc(65_536, 'z'),
      GIBIBYTE,
    );
    expect(await probe.check(target.url, { assertions })).toMatchObject({ outcome: 'up' });
    await expect.poll(() => target.open()).toBe(0);
    expect(sent()).toBeLessThan(32 * MEBIBYTE); // what the system's own buffers hold
  }
});

const zeros = Buffer.alloc(64 * MEBIBYTE);
const BOMBS = [
  ['gzip', gzipSync(zeros)],
  ['br', brotliCompressSync(zeros)],
  ['zstd', zstdCompressSync(zeros)],
  ['gzip, gzip', gzipSync(gzipSync(zeros))],
] as const;

for (const [encoding, bomb] of BOMBS) {
  test(`a ${encoding} bomb of ${bomb.length} bytes is opened by one mebibyte`, async () => {
    const target = await encoded(encoding, bomb);
    const before = process.memoryUsage.rss();
    for (let round = 0; round < 5; round++) {
      const finding = await probe.check(target.url, { assertions: has('\0\0') });
      expect(finding).toMatchObject({ outcome: 'up' });
      expect(finding.timings.totalMs).toBeLessThan(3000);
    }
    expect(process.memoryUsage.rss() - before).toBeLessThan(64 * MEBIBYTE);
  });
}

test('a compressed stream that goes on for ever and holds nothing is given up', async () => {
  const header = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
  const emptyBlocks = Buffer.concat(Array.from({ length: 4096 }, () => Buffer.from([0, 0, 0, 255, 255])));
  let sent = 0;
  const target = await listenRaw((socket) => {
    const pour = () => {
      while (!socket.destroyed && socket.write(emptyBlocks)) sent += emptyBlocks.length;
    };
    socket.on('drain', pour);
    socket.once('data', () => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n');
      socket.write(header);
      pour();
    });
  });
  const finding = await probe.check(target.url, { assertions: has('something') });
  expect(finding).toMatchObject({ outcome: 'down', code: 'assertion_failed' });
  expect(sent).toBeLessThan(32 * MEBIBYTE);
});

test('a zstd frame that asks for more memory than a reader must have is refused', async () => {
  // RFC 8878, 3.1.1: magic number, then a frame header that asks for a window of 32 MiB, then one raw block.
  const frame = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, (25 - 10) << 3, 0x09, 0x00, 0x00, 0x78]);
  const greedy = await encoded('zstd', frame);
  expect(await probe.check(greedy.url, { assertions: has('x') })).toMatchObject({ code: 'body_undecodable' });
  frame[5] = (23 - 10) << 3; // 8 MiB, what every reader should have
  const modest = await encoded('zstd', frame);
  expect(await probe.check(modest.url, { assertions: has('x') })).toMatchObject({ outcome: 'up' });
});
