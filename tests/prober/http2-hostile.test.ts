import type { TLSSocket } from 'node:tls';
import { expect, test } from 'vitest';
import {
  afterRequest,
  END_HEADERS,
  END_STREAM,
  FRAME,
  frame,
  literal,
  STATUS_200,
  uint32,
} from '../support/http2-frames.ts';
import { listenFrames } from '../support/listen-http2.ts';
import type { CheckOptions } from '../support/probe.ts';
import { openProbe } from '../support/probe.ts';

const NAME = 'shop.example.com';
const probe = await openProbe();
probe.dns.answer(NAME, ['127.0.0.1']);
const certificate = await probe.authority.issue({ names: [NAME] });

const OK = frame(FRAME.headers, END_HEADERS, 1, STATUS_200);
const part = (flags = 0, text = 'hel') => frame(FRAME.data, flags, 1, Buffer.from(text));

/** What a check says of a server that does this on a connection; it must have let go of it. */
async function judged(onConnection: (socket: TLSSocket) => void, options: CheckOptions = {}) {
  const target = await listenFrames((socket) => {
    socket.resume(); // who does not read does not see that the other is gone
    onConnection(socket);
  }, certificate);
  const { outcome, code, reason } = await probe.check(`https://${NAME}:${target.port}/`, options);
  await expect.poll(target.open).toBe(0);
  return reason === null ? outcome : `${outcome} ${code}: ${reason}`;
}

/** What it says of a server that answers a request with these frames. */
const answered = (...frames: Buffer[]) =>
  judged(afterRequest((socket) => void socket.write(Buffer.concat(frames))));

/** Sends something again and again, as long as anybody takes it. */
function sendWithoutEnd(socket: TLSSocket, once: Buffer): void {
  const many = Buffer.concat(Array.from({ length: 500 }, () => once));
  const send = () => {
    while (!socket.destroyed && socket.write(many));
  };
  socket.on('drain', send);
  send();
}

const flooded = (once: Buffer, ...before: Buffer[]) =>
  judged(
    afterRequest((socket) => {
      if (before.length > 0) socket.write(Buffer.concat(before));
      sendWithoutEnd(socket, once);
    }),
  );

const RESET = 'down connect_reset: The connection was closed before a response came.';
const CUT = 'down body_incomplete: The connection was closed before the whole body had come.';
const NOT_HTTP2 = 'down invalid_response: The answer is not HTTP/2 (Protocol error).';

test('a server that goes away before it answers has not answered', async () => {
  expect(await answered(frame(FRAME.goaway, 0, 0, uint32(0, 0)))).toBe(RESET);
  expect(await answered(frame(FRAME.goaway, 0, 0, uint32(0, 2)))).toBe(
    "down connect_reset: The server refused the request with HTTP/2's INTERNAL_ERROR.",
  );
});

test('a request that is refused says how', async () => {
  expect(await answered(frame(FRAME.rstStream, 0, 1, uint32(0)))).toBe(RESET);
  expect(await answered(frame(FRAME.rstStream, 0, 1, uint32(7)))).toBe(
    "down connect_reset: The server refused the request with HTTP/2's REFUSED_STREAM.",
  );
});

test('a body that ends without its end is incomplete, however quietly', async () => {
  const close = (...frames: Buffer[]) =>
    judged(afterRequest((socket) => void socket.end(Buffer.concat(frames))));
  expect(await close(OK, part())).toBe(CUT);
  expect(await close(OK, part(), frame(FRAME.goaway, 0, 0, uint32(1, 0)))).toBe(CUT);
  expect(await answered(OK, part(), frame(FRAME.goaway, 0, 0, uint32(0, 0)))).toBe(CUT);
  expect(await answered(OK, part(), frame(FRAME.rstStream, 0, 1, uint32(0)))).toBe(CUT);
  expect(await answered(OK, part(), frame(FRAME.rstStream, 0, 1, uint32(2)))).toBe(CUT);
});

test('what a server does after a whole response does not matter', async () => {
  for (const after of [
    frame(FRAME.rstStream, 0, 1, uint32(0)),
    frame(FRAME.rstStream, 0, 1, uint32(2)),
    frame(FRAME.goaway, 0, 0, uint32(1, 2)),
  ]) {
    expect(await answered(OK, part(END_STREAM), after)).toBe('up');
  }
});

test('a server that closes as soon as all is sent has answered', async () => {
  const whole = Buffer.concat([
    OK,
    ...Array.from({ length: 60 }, () => part(0, 'a'.repeat(1000))),
    part(END_STREAM),
  ]);
  const target = await listenFrames(
    afterRequest((socket) => void socket.end(whole)),
    certificate,
  );
  const checks = Array.from({ length: 100 }, () => probe.check(`https://${NAME}:${target.port}/`));
  const said = (await Promise.all(checks)).map(({ outcome, reason }) => reason ?? outcome);
  expect(new Set(said)).toEqual(new Set(['up']));
});

test('a body of another length than was said is no answer', async () => {
  const head = frame(
    FRAME.headers,
    END_HEADERS,
    1,
    Buffer.concat([STATUS_200, literal('content-length', '100')]),
  );
  expect(await answered(head, part(END_STREAM))).toMatch(/^down invalid_response: /);
});

test('a server that closes, or says something else than HTTP/2, gave no answer', async () => {
  expect(await judged(afterRequest((socket) => void socket.end()))).toBe(RESET);
  expect(await judged((socket) => void socket.end())).toBe(RESET);
  expect(await judged((socket) => void socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'))).toBe(
    NOT_HTTP2,
  );
  expect(await judged((socket) => void socket.write(Buffer.alloc(1000, 0xff)))).toBe(NOT_HTTP2);
  expect(await answered(part())).toBe(NOT_HTTP2); // a body, and no head before it
});

test('a server that is silent, or takes no body, is given up at the deadline', async () => {
  const late = 'down timeout: No answer within 300 ms: the connection was made, but no response came.';
  expect(await judged(() => {}, { timeoutMs: 300 })).toBe(late);
  const noWindow = Buffer.concat([Buffer.from([0, 4]), uint32(0)]); // SETTINGS_INITIAL_WINDOW_SIZE
  const body = 'a'.repeat(1000);
  expect(
    await judged(
      afterRequest(() => {}, noWindow),
      { timeoutMs: 300, http: { method: 'POST', body } },
    ),
  ).toBe(late);
  expect(
    await judged(
      afterRequest((socket) => void socket.write(OK)),
      { timeoutMs: 300 },
    ),
  ).toBe('down timeout: No answer within 300 ms: the response began, but did not end.');
});

test('an answer that nobody waited for the whole body of is an answer', async () => {
  const answer = afterRequest(
    (socket) => void socket.write(Buffer.concat([OK, part(END_STREAM)])),
    Buffer.concat([Buffer.from([0, 4]), uint32(0)]),
  );
  expect(await judged(answer, { http: { method: 'POST', body: 'a'.repeat(1000) } })).toBe('up');
});

test('what is pushed is not taken', async () => {
  const promised = Buffer.concat([uint32(2), Buffer.from([0x82, 0x86, 0x84])]); // GET https /
  const push = frame(FRAME.pushPromise, END_HEADERS, 1, promised);
  const pushed = frame(FRAME.headers, END_HEADERS, 2, STATUS_200);
  expect(await answered(push, pushed, OK, part(END_STREAM))).toMatch(/^(up|down invalid_response: .*)$/);
});

test('more than 16 KiB of headers are too many', async () => {
  const header = (index: number) => literal(`x-${index}`, 'a'.repeat(120));
  const block = (from: number) =>
    Buffer.concat(Array.from({ length: 80 }, (_, index) => header(from + index)));
  const said = await answered(
    frame(FRAME.headers, END_STREAM, 1, Buffer.concat([STATUS_200, block(0)])),
    frame(FRAME.continuation, END_HEADERS, 1, block(80)),
  );
  expect(said).toBe('down headers_too_large: The response has more than 16 KiB of headers.');
});

test('few bytes that stand for many headers fill no memory', async () => {
  const before = process.memoryUsage().rss;
  const length = Buffer.from([0x7f, 0x99, 0x1c]); // 3736 in HPACK's integers
  const entry = Buffer.concat([Buffer.from([0x40, 1]), Buffer.from('x'), length, Buffer.alloc(3736, 'a')]);
  const again = Buffer.alloc(12_000, 0x80 | 62); // the newest entry of the table, 45 MB of it
  const bomb = frame(FRAME.headers, END_HEADERS | END_STREAM, 1, Buffer.concat([STATUS_200, entry, again]));
  expect(await answered(bomb)).toMatch(/^down (invalid_response|headers_too_large): /);
  const tiny = Buffer.concat(Array.from({ length: 3000 }, () => literal('x', 'y')));
  expect(
    await answered(frame(FRAME.headers, END_HEADERS | END_STREAM, 1, Buffer.concat([STATUS_200, tiny]))),
  ).toMatch(/^down (invalid_response|headers_too_large): /);
  expect(process.memoryUsage().rss - before).toBeLessThan(32 * 1024 * 1024);
});

test('floods of frames that say nothing come to an end long before the deadline', async () => {
  const before = process.memoryUsage().rss;
  const flood = /^down (invalid_response|body_incomplete): /;
  const nothing = frame(FRAME.headers, 0, 1, STATUS_200);
  expect(await flooded(frame(FRAME.settings, 0, 0))).toMatch(flood);
  expect(await flooded(frame(FRAME.ping, 0, 0, Buffer.alloc(8)))).toMatch(flood);
  expect(await flooded(frame(FRAME.ping, 1, 0, Buffer.alloc(8)))).toMatch(flood);
  expect(await flooded(frame(FRAME.windowUpdate, 0, 0, uint32(1)))).toMatch(flood);
  expect(await flooded(frame(0xfa, 0, 0, uint32(1)))).toMatch(flood); // a type that nobody knows
  expect(await flooded(frame(FRAME.continuation, 0, 1), nothing)).toMatch(flood);
  expect(await flooded(frame(FRAME.continuation, 0, 1, literal('x', 'y')), nothing)).toMatch(flood);
  expect(await flooded(part(0, ''), OK)).toMatch(flood);
  expect(await flooded(frame(FRAME.headers, END_HEADERS, 1, literal(':status', '103')))).toBe(
    'down invalid_response: The server sent nothing but interim (1xx) responses.',
  );
  expect(await flooded(frame(FRAME.rstStream, 0, 1, uint32(0)))).toBe(RESET);
  expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024);
});

test('a body without end is an answer, and is left alone after its first mebibyte', async () => {
  expect(await flooded(part(0, 'a'.repeat(1000)), OK)).toBe('up');
});
