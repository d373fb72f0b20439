import { expect, test } from 'vitest';
import type { CheckFinding } from '../../shared/checks/check-result.ts';
import { eventually } from '../support/eventually.ts';
import { listenHttp, listenRaw } from '../support/listen.ts';
import { openProbe } from '../support/probe.ts';

const probe = await openProbe();
probe.dns.answer('shop.example.com', ['127.0.0.1']);
const certificate = await probe.authority.issue({ names: ['shop.example.com'], addresses: ['127.0.0.1'] });

const reached = ({ timings }: CheckFinding) => {
  const { dnsMs, connectMs, tlsMs, firstByteMs, transferMs } = timings;
  return { dnsMs, connectMs, tlsMs, firstByteMs, transferMs };
};
const sum = (finding: CheckFinding) =>
  Object.values(reached(finding)).reduce((a: number, b) => a + (b ?? 0), 0);

test('each phase has its time, and a phase that the target does not have has none', async () => {
  const plain = await listenHttp((response) => response.end('x'));
  const secure = await listenHttp((response) => response.end('x'), { certificate });
  const figure = expect.any(Number);
  const cases = [
    [plain.url, null, null],
    [`http://shop.example.com:${plain.port}/`, figure, null],
    [secure.url, null, figure],
    [`https://shop.example.com:${secure.port}/`, figure, figure],
  ] as const;
  for (const [url, dnsMs, tlsMs] of cases) {
    const finding = await probe.check(url);
    expect(finding.outcome, url).toBe('up');
    expect(reached(finding), url).toEqual({
      dnsMs,
      connectMs: figure,
      tlsMs,
      firstByteMs: figure,
      transferMs: figure,
    });
    expect(Math.min(...Object.values(reached(finding)).map((ms) => ms ?? 0))).toBeGreaterThanOrEqual(0);
    expect(sum(finding)).toBeLessThanOrEqual(finding.timings.totalMs + 0.05); // five figures, rounded
    // Between two phases a busy machine may do other things, but not each time.
    await eventually(async () => {
      const again = await probe.check(url);
      return sum(again) > again.timings.totalMs / 2;
    });
  }
});

test('the wait for an answer is time to the first byte, the wait for its end is transfer', async () => {
  const late = await listenHttp((response) => void setTimeout(() => response.end('x'), 300));
  const waited = await probe.check(late.url);
  expect(waited.timings.firstByteMs).toBeGreaterThan(295);
  expect(waited.timings.transferMs).toBeLessThan(200);

  const slow = await listenHttp((response) => {
    response.write('begin');
    setTimeout(() => response.end('end'), 500);
  });
  const dragged = await probe.check(slow.url);
  expect(dragged.timings.transferMs).toBeGreaterThan(200);
  expect(dragged.timings.totalMs).toBeGreaterThan(495);
});

test('after a redirect the phases are those of both requests together', async () => {
  const end = await listenHttp((response) => void setTimeout(() => response.end(), 80));
  const start = await listenHttp(
    (response) => void setTimeout(() => response.writeHead(302, { location: end.url }).end(), 80),
  );
  const finding = await probe.check(start.url);
  expect(finding.outcome).toBe('up');
  expect(finding.timings.firstByteMs).toBeGreaterThan(150);
});

test('nobody listens: the connection is refused, and what came after it has no time', async () => {
  const gone = await listenHttp((response) => response.end(), { host: '127.0.0.2' });
  const finding = await probe.check(`http://127.0.0.1:${gone.port}/`);
  expect(finding).toMatchObject({
    outcome: 'down',
    code: 'connect_refused',
    reason: `Connection refused by 127.0.0.1:${gone.port}.`,
    statusCode: null,
    timings: { dnsMs: null, tlsMs: null, firstByteMs: null, transferMs: null },
  });
  expect(finding.timings.connectMs).not.toBeNull();
});

const TIMEOUT = { timeoutMs: 200 };

test('a deadline that comes before the first byte says so', async () => {
  const target = await listenRaw(() => {});
  const finding = await probe.check(target.url, TIMEOUT);
  expect(finding).toMatchObject({
    outcome: 'down',
    code: 'timeout',
    reason: 'No answer within 200 ms: the connection was made, but no response came.',
    statusCode: null,
    timings: { tlsMs: null, transferMs: null },
  });
  expect(finding.timings.firstByteMs).toBeGreaterThan(150);
  expect(finding.timings.totalMs).toBeGreaterThanOrEqual(199);
  expect(finding.timings.totalMs).toBeLessThan(1500);
});

test('a deadline that comes in the TLS handshake says so', async () => {
  const target = await listenRaw(() => {});
  expect(await probe.check(`https://127.0.0.1:${target.port}/`, TIMEOUT)).toMatchObject({
    code: 'timeout',
    reason: 'No answer within 200 ms: the TLS handshake was not finished.',
    timings: {
      connectMs: expect.any(Number),
      tlsMs: expect.any(Number),
      firstByteMs: null,
      transferMs: null,
    },
  });
});

test('a deadline that comes while the body runs says so', async () => {
  const target = await listenHttp((response) => void response.write('begin'));
  for (const assertions of [[], [{ subject: 'body', comparator: 'contains', value: 'begin' } as const]]) {
    expect(await probe.check(target.url, { ...TIMEOUT, assertions })).toMatchObject({
      code: 'timeout',
      reason: 'No answer within 200 ms: the response began, but did not end.',
      timings: { firstByteMs: expect.any(Number), transferMs: expect.any(Number) },
    });
  }
});

test('one deadline holds for the whole chain of redirects', async () => {
  const target = await listenHttp((response, request) => {
    const step = Number(request.url?.slice(1) || 0);
    setTimeout(() => response.writeHead(302, { location: `/${step + 1}` }).end(), 90);
  });
  const finding = await probe.check(target.url, TIMEOUT);
  expect(finding).toMatchObject({ code: 'timeout' });
  expect(finding.timings.totalMs).toBeLessThan(1500);
  expect(target.requests.length).toBeLessThanOrEqual(3);
});

test('slower than its threshold is degraded, and says both figures', async () => {
  const target = await listenHttp((response) => void setTimeout(() => response.end(), 60));
  const finding = await probe.check(target.url, { degradedAfterMs: 40 });
  expect(finding).toMatchObject({ outcome: 'degraded', code: 'slow', statusCode: 200 });
  expect(finding.reason).toMatch(/^Answered in \d+ ms, slower than 40 ms\.$/);
  expect(await probe.check(target.url, { degradedAfterMs: 9000 })).toMatchObject({
    outcome: 'up',
    reason: null,
  });
});

test('a failure that is also slow is down', async () => {
  const target = await listenHttp((response) => void setTimeout(() => response.writeHead(500).end(), 60));
  expect(await probe.check(target.url, { degradedAfterMs: 40 })).toMatchObject({ outcome: 'down' });
});

/** Keeps this process from everything else, as a machine without a free core does. */
function standStill(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

test('an answer that came in time counts, although the prober was too busy to look', async () => {
  const target = await listenRaw((socket) => {
    socket.once('data', () => {
      socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
      setImmediate(() => standStill(500));
    });
  });
  expect(await probe.check(target.url, TIMEOUT)).toMatchObject({ outcome: 'up' });
});

test('a prober that stood still says nothing about the target', async () => {
  const target = await listenRaw((socket) => void socket.once('data', () => standStill(1400)));
  expect(await probe.check(target.url, TIMEOUT)).toMatchObject({
    outcome: 'void',
    code: 'internal',
    reason: 'The prober itself stood still during this check. It says nothing about the target.',
  });
});
