import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { beforeEach, expect, test } from 'vitest';
import type { CheckFinding } from '../../shared/checks/check-result.ts';
import { listenHttp, listenRaw, listenTls } from '../support/listen.ts';
import { openProbe } from '../support/probe.ts';
import { expectNothingLeft, openResources, type Resources } from '../support/resources.ts';

const probe = await openProbe();
const certificate = await probe.authority.issue({ addresses: ['127.0.0.1'] });
const SHORT = { timeoutMs: 300 };
/** Short where the deadline is what ends it; else long enough for the busiest machine. */
const deadlineFor = ({ code }: Hostile['expected']) => (code === 'timeout' ? SHORT : { timeoutMs: 10_000 });

/** One way to behave badly, and what a check must make of it. */
type Hostile = {
  what: string;
  /** Called once the request has begun to come in. */
  behave: (socket: Socket) => void;
  expected: Partial<Omit<CheckFinding, 'reason'>> & { reason?: RegExp | null };
};

/** Writes the next piece each time there is room, for as long as the prober stays. */
function flood(socket: Socket, piece: string): void {
  const pour = () => {
    while (!socket.destroyed && socket.write(piece)) {}
  };
  socket.on('drain', pour);
  pour();
}

/** Ends a connection as a crash does. */
const reset = (socket: Socket) => (socket instanceof TLSSocket ? socket.destroy() : socket.resetAndDestroy());

/** Writes a piece again and again with a pause between, for as long as the prober stays. */
function drip(socket: Socket, piece: string, pauseMs: number): void {
  const timer = setInterval(() => socket.write(piece), pauseMs);
  socket.once('close', () => clearInterval(timer));
}

const OK = 'HTTP/1.1 200 OK\r\n';
const HOSTILE: Hostile[] = [
  {
    what: 'says nothing',
    behave: () => {},
    expected: { code: 'timeout' },
  },
  {
    what: 'hangs up without a word',
    behave: (socket) => socket.end(),
    expected: { code: 'connect_reset', reason: /^The connection was closed before a response came\.$/ },
  },
  {
    what: 'resets without a word',
    behave: reset,
    expected: { code: 'connect_reset' },
  },
  {
    what: 'hangs up in the middle of its headers',
    behave: (socket) => socket.end(`${OK}Content-Le`),
    expected: { code: 'connect_reset' },
  },
  {
    what: 'sends headers a byte at a time',
    behave: (socket) => {
      socket.write(OK);
      drip(socket, 'X', 20);
    },
    expected: { code: 'timeout', reason: /no response came/ },
  },
  {
    what: 'sends a body a byte at a time',
    behave: (socket) => {
      socket.write(`${OK}Content-Length: 100000\r\n\r\n`);
      drip(socket, 'x', 20);
    },
    expected: { code: 'timeout', reason: /did not end/ },
  },
  {
    what: 'never closes a body of unknown length',
    behave: (socket) => void socket.write(`${OK}\r\nhello`),
    expected: { code: 'timeout', reason: /did not end/ },
  },
  {
    what: 'sends chunks a byte at a time',
    behave: (socket) => {
      socket.write(`${OK}Transfer-Encoding: chunked\r\n\r\n`);
      drip(socket, '1\r\nx\r\n', 20);
    },
    expected: { code: 'timeout', reason: /did not end/ },
  },
  {
    what: 'sends a header of 17 KiB',
    behave: (socket) => socket.end(`${OK}X-Long: ${'x'.repeat(17 * 1024)}\r\n\r\n`),
    expected: { code: 'headers_too_large', reason: /^The response has more than 16 KiB of headers\.$/ },
  },
  {
    what: 'sends headers without end',
    behave: (socket) => {
      socket.write(OK);
      flood(socket, `X-Header: ${'x'.repeat(500)}\r\n`);
    },
    expected: { code: 'headers_too_large' },
  },
  {
    what: 'sends ten thousand short headers',
    behave: (socket) => socket.end(`${OK}${'A: b\r\n'.repeat(10_000)}\r\n`),
    expected: { code: 'headers_too_large' },
  },
  {
    what: 'sends trailers without end',
    behave: (socket) => {
      socket.write(`${OK}Transfer-Encoding: chunked\r\n\r\n0\r\n`);
      flood(socket, `X-Trailer: ${'x'.repeat(500)}\r\n`);
    },
    expected: { code: 'headers_too_large', statusCode: 200 },
  },
  {
    what: 'sends a chunk with an endless extension',
    behave: (socket) => {
      socket.write(`${OK}Transfer-Encoding: chunked\r\n\r\n1;`);
      flood(socket, 'x'.repeat(4096));
    },
    expected: { code: 'invalid_response', statusCode: 200 },
  },
  {
    what: 'floods with 100 Continue',
    behave: (socket) => flood(socket, 'HTTP/1.1 100 Continue\r\n\r\n'.repeat(50)),
    expected: {
      code: 'invalid_response',
      reason: /^The server sent nothing but interim \(1xx\) responses\.$/,
    },
  },
  {
    what: 'floods with 103 Early Hints',
    behave: (socket) => flood(socket, 'HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n'.repeat(50)),
    expected: { code: 'invalid_response' },
  },
  {
    what: 'switches protocols without being asked',
    behave: (socket) => {
      socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
      flood(socket, 'frames'.repeat(1000));
    },
    expected: { code: 'invalid_response', reason: /without being asked/ },
  },
  {
    what: 'speaks another protocol',
    behave: (socket) => socket.end('SSH-2.0-OpenSSH_9.9\r\n'),
    expected: { code: 'invalid_response', reason: /^The answer is not HTTP \(HPE_[A-Z_]+\)\.$/ },
  },
  {
    what: 'answers as HTTP/0.9 did',
    behave: (socket) => socket.end('<html>hello</html>'),
    expected: { code: 'invalid_response' },
  },
  {
    what: 'sends noise',
    behave: (socket) => socket.end(Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 197) % 256))),
    expected: { code: 'invalid_response' },
  },
  {
    what: 'gives two lengths for one body',
    behave: (socket) => socket.end(`${OK}Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!`),
    expected: { code: 'invalid_response' },
  },
  {
    what: 'gives a length and chunks',
    behave: (socket) =>
      socket.end(`${OK}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n`),
    expected: { code: 'invalid_response' },
  },
  {
    what: 'gives a length that is no number',
    behave: (socket) => socket.end(`${OK}Content-Length: -5\r\n\r\nhello`),
    expected: { code: 'invalid_response' },
  },
  {
    what: 'gives a chunk a size that is none',
    behave: (socket) => socket.end(`${OK}Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n`),
    expected: { code: 'invalid_response', reason: /^The answer is not HTTP \(HPE_INVALID_CHUNK_SIZE\)\.$/ },
  },
  {
    what: 'puts a NUL into a header',
    behave: (socket) => socket.end(`${OK}X-Bad: a\0b\r\nContent-Length: 0\r\n\r\n`),
    expected: { code: 'invalid_response' },
  },
  {
    what: 'answers twice to one request',
    behave: (socket) => {
      const answer = `${OK}Content-Length: 2\r\n\r\nok`;
      socket.end(`${answer}${answer}`);
    },
    expected: { outcome: 'up', statusCode: 200, reason: null },
  },
  {
    what: 'resets in the middle of a body',
    behave: (socket) => void socket.write(`${OK}Content-Length: 5000\r\n\r\nhello`, () => reset(socket)),
    expected: { outcome: 'down' },
  },
];

let before: Resources;
beforeEach(() => {
  before = openResources();
});

function expectFinding(finding: CheckFinding, { reason, ...expected }: Hostile['expected']): void {
  expect(finding).toMatchObject({ outcome: 'down', ...expected });
  if (reason instanceof RegExp) expect(finding.reason).toMatch(reason);
  else if (finding.outcome === 'down') expect(finding.reason).toMatch(/^[\p{L}\p{N}\p{P}\p{S} ]+\.$/u);
}

for (const { what, behave, expected } of HOSTILE) {
  test(`a target that ${what} is judged, and leaves nothing behind`, async () => {
    const target = await listenRaw((socket) => void socket.once('data', () => behave(socket)));
    for (const assertions of [[], [{ subject: 'body', comparator: 'not_contains', value: '\0' } as const]]) {
      expectFinding(await probe.check(target.url, { ...deadlineFor(expected), assertions }), expected);
    }
    await expect.poll(() => target.open()).toBe(0);
    await expectNothingLeft({ ...before, TCPServerWrap: (before.TCPServerWrap ?? 0) + 1 });
  });
}

for (const { what, behave, expected } of HOSTILE) {
  test(`so it is over TLS: a target that ${what}`, async () => {
    const target = await listenTls((socket) => void socket.once('data', () => behave(socket)), {
      certificate,
    });
    const finding = await probe.check(target.url, deadlineFor(expected));
    // OpenSSL may see the end of a TLS connection before it sees what was in it.
    if (finding.code === 'tls_failed') expect(finding.outcome).toBe('down');
    else expectFinding(finding, expected);
    await expect.poll(() => target.open()).toBe(0);
    await expectNothingLeft({ ...before, TCPServerWrap: (before.TCPServerWrap ?? 0) + 1 });
  });
}

test('a server that never takes the request lets the check run into its deadline', async () => {
  const target = await listenRaw((socket) => void socket.pause());
  const body = 'x'.repeat(65_536);
  expect(await probe.check(target.url, { ...SHORT, http: { method: 'POST', body } })).toMatchObject({
    code: 'timeout',
  });
});

test('a hundred hostile targets at once neither cost memory nor make a good one late', async () => {
  const targets = await Promise.all(
    HOSTILE.map(({ behave }) => listenRaw((socket) => void socket.once('data', () => behave(socket)))),
  );
  const good = await listenHttp((response) => response.end('fine'));
  await probe.check(good.url);
  const rss = process.memoryUsage.rss();
  const hostile = Array.from({ length: 4 }, () => targets.map(({ url }) => probe.check(url, SHORT))).flat();
  const fine = await Promise.all(Array.from({ length: 20 }, () => probe.check(good.url)));
  expect(fine.map(({ outcome }) => outcome)).toEqual(Array(20).fill('up'));
  expect(await Promise.all(hostile)).toHaveLength(4 * HOSTILE.length);
  expect(process.memoryUsage.rss() - rss).toBeLessThan(64 * 1024 * 1024); // both ends of each are in this process
});
