import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { PROBER_FLAGS, PROBER_MEMORY } from '../../shared/prober-flags.ts';
import type { HostileAnswer, HostileRequest } from '../support/check-hostile-targets.ts';
import { listenHttp, listenRaw } from '../support/listen.ts';

const MEBIBYTE = 1024 * 1024;
/** What is promised of each target. */
const MOST_RISE_MIB = 32;
/** A check that begins so late by our own doing is still on time: a slot is a second at the least. */
const LONGEST_TURN_MS = 50;
/** Rounds that fill what a process keeps for good: compiled code, buffers, arenas of the allocator. */
const WARM_UP_ROUNDS = 6;

const script = fileURLToPath(new URL('../support/check-hostile-targets.ts', import.meta.url));
const child = fork(script, {
  execArgv: [...PROBER_FLAGS, '--expose-gc'],
  env: { ...PROBER_MEMORY },
});
afterAll(async () => {
  child.kill('SIGKILL');
  await once(child, 'close');
});

async function checkAll(request: HostileRequest): Promise<HostileAnswer> {
  child.send(request);
  const [answer] = await once(child, 'message');
  return answer; // of our own script
}

const OK = 'HTTP/1.1 200 OK\r\n';

function flood(socket: Socket, piece: string | Buffer): void {
  const pour = () => {
    while (!socket.destroyed && socket.write(piece)) {}
  };
  socket.on('drain', pour);
  pour();
}

function drip(socket: Socket, piece: string): void {
  const timer = setInterval(() => socket.write(piece), 10);
  socket.once('close', () => clearInterval(timer));
}

const encoded = (encoding: string, piece: Buffer, times: number) => {
  const body = Buffer.concat(Array.from({ length: times }, () => piece));
  return (socket: Socket) => {
    socket.write(`${OK}Content-Encoding: ${encoding}\r\nContent-Length: ${body.length}\r\n\r\n`);
    socket.end(body);
  };
};

const zeros = Buffer.alloc(16 * MEBIBYTE);
const HOSTILE: { what: string; behave: (socket: Socket) => void; code: string }[] = [
  {
    what: 'drips its head a byte at a time',
    behave: (socket) => {
      socket.write(OK);
      drip(socket, 'X');
    },
    code: 'timeout',
  },
  {
    what: 'drips its body a byte at a time',
    behave: (socket) => {
      socket.write(`${OK}Content-Length: 1000000\r\n\r\n`);
      drip(socket, 'x');
    },
    code: 'timeout',
  },
  {
    what: 'never closes',
    behave: (socket) => void socket.write(`${OK}\r\nhello`),
    code: 'timeout',
  },
  {
    what: 'sends a gibibyte',
    behave: (socket) => {
      socket.write(`${OK}Content-Length: ${1024 * MEBIBYTE}\r\n\r\n`);
      flood(socket, 'x'.repeat(65_536));
    },
    code: 'ok',
  },
  {
    what: 'sends a gibibyte in a mebibyte of gzip',
    behave: encoded('gzip', gzipSync(zeros), 64),
    code: 'ok',
  },
  { what: 'sends a bomb of brotli', behave: encoded('br', brotliCompressSync(zeros), 1), code: 'ok' },
  {
    what: 'sends a gibibyte in frames of zstd',
    behave: encoded('zstd', zstdCompressSync(zeros), 64),
    code: 'ok',
  },
  {
    what: 'sends headers without end',
    behave: (socket) => {
      socket.write(OK);
      flood(socket, `X-Header: ${'x'.repeat(500)}\r\n`);
    },
    code: 'headers_too_large',
  },
  {
    what: 'redirects ten thousand times',
    behave: (socket) => socket.end('HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n'),
    code: 'too_many_redirects',
  },
  {
    what: 'sends noise',
    behave: (socket) => flood(socket, Buffer.from(Array.from({ length: 65_536 }, (_, i) => (i * 197) % 256))),
    code: 'invalid_response',
  },
  {
    what: 'resets in the middle of its head',
    behave: (socket) => socket.write(`${OK}Content-Le`, () => socket.resetAndDestroy()),
    code: 'connect_reset',
  },
  {
    what: 'resets in the middle of its body',
    behave: (socket) =>
      socket.write(`${OK}Content-Length: 1000000\r\n\r\n${'x'.repeat(500_000)}`, () =>
        socket.resetAndDestroy(),
      ),
    code: 'body_incomplete',
  },
];

test('after each hostile target the memory is back, and all the while other checks were on time', async () => {
  const body = 'fine '.repeat(200);
  const good = await listenHttp((response) => response.end('fine'));
  const encodings = { gzip: gzipSync(body), br: brotliCompressSync(body), zstd: zstdCompressSync(body) };
  const usual = await Promise.all(
    Object.entries(encodings).map(([encoding, bytes]) =>
      listenHttp((response) => response.writeHead(200, { 'content-encoding': encoding }).end(bytes)),
    ),
  );
  let before = 0;
  for (let round = 0; round < WARM_UP_ROUNDS; round++) {
    for (const { url } of usual) {
      const { rssMiB, codes } = await checkAll({ hostile: url, good: good.url, timeoutMs: 30_000 });
      expect(codes).toEqual(['ok']);
      before = rssMiB;
    }
  }
  for (const { what, behave, code } of HOSTILE) {
    const target = await listenRaw((socket) => void socket.once('data', () => behave(socket)));
    const timeoutMs = code === 'timeout' ? 300 : 30_000;
    const said = await checkAll({ hostile: target.url, good: good.url, timeoutMs });
    expect.soft(said.codes, what).toEqual([code]);
    expect.soft(said.good.outcomes, what).toEqual(['up']);
    expect.soft(said.longestTurnMs, what).toBeLessThan(LONGEST_TURN_MS);
    expect.soft(said.rssMiB - before, what).toBeLessThan(MOST_RISE_MIB);
  }
});
