import { expect, test } from 'vitest';
import { listenHttp, type SeenRequest } from '../support/listen.ts';
import { openProbe } from '../support/probe.ts';

const probe = await openProbe();
for (const name of ['shop.example.com', 'login.example.com', 'example.com', 'example.org']) {
  probe.dns.answer(name, ['127.0.0.1']);
}

type Step = { location?: string; cookies?: string[]; status?: number };

/** A server that answers each path as told; `PORT` stands for its own. */
async function listenSteps(steps: Record<string, Step>) {
  let port = 0;
  const target = await listenHttp((response, { url }) => {
    const { location, cookies = [], status = 302 } = steps[url ?? ''] ?? {};
    response.setHeader('set-cookie', cookies);
    if (location === undefined) response.end();
    else response.writeHead(status, { location: location.replace('PORT', String(port)) }).end();
  });
  port = target.port;
  return target;
}

const cookiesOf = (requests: SeenRequest[]) =>
  Object.fromEntries(requests.map(({ url, headers }) => [url, headers.cookie]));

test('a login that leads in a circle without its cookie is followed', async () => {
  const target = await listenHttp((response, { headers }) => {
    if (headers.cookie === 'seen=1') response.end('welcome');
    else response.writeHead(302, { location: '/', 'set-cookie': 'seen=1; Path=/; HttpOnly' }).end();
  });
  expect(await probe.check(target.url)).toMatchObject({ outcome: 'up', statusCode: 200 });
  expect(target.requests).toHaveLength(2);
  await probe.check(target.url);
  expect(target.requests.map(({ headers }) => headers.cookie)).toEqual([
    ...[undefined, 'seen=1'],
    ...[undefined, 'seen=1'], // nothing is kept from one check to the next
  ]);
});

test('cookies go where their Path, Secure and end let them', async () => {
  const target = await listenSteps({
    '/a/start': {
      location: '/a/next',
      cookies: [
        'here=1',
        'everywhere=2; Path=/',
        'elsewhere=3; Path=/b',
        'secure=4; Path=/; Secure',
        'over=5; Path=/; Max-Age=0',
        'past=6; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT',
        '__Host-forged=7; Path=/',
        '__Secure-forged=8; Path=/',
      ],
    },
    '/a/next': { location: '/b/end', cookies: ['everywhere=22; Path=/', 'here=; Max-Age=0'] },
  });
  expect(await probe.check(`http://shop.example.com:${target.port}/a/start`)).toMatchObject({
    outcome: 'up',
  });
  expect(cookiesOf(target.requests)).toEqual({
    '/a/start': undefined,
    '/a/next': 'here=1; everywhere=2',
    '/b/end': 'elsewhere=3; everywhere=22',
  });
});

test('over TLS a secure cookie is sent, and not after the way has left it', async () => {
  const certificate = await probe.authority.issue({ names: ['shop.example.com'] });
  const plain = await listenHttp((response) => response.end());
  const target = await listenHttp(
    (response, { url }) => {
      response.setHeader('set-cookie', ['__Host-id=1; Path=/; Secure', 'open=2; Path=/']);
      const location = url === '/' ? '/next' : `http://shop.example.com:${plain.port}/`;
      response.writeHead(302, { location }).end();
    },
    { certificate },
  );
  await probe.check(`https://shop.example.com:${target.port}/`);
  expect(target.requests[1]?.headers.cookie).toBe('__Host-id=1; open=2');
  expect(plain.requests[0]?.headers.cookie).toBe('open=2');
});

test('cookies go to the hosts they are for, as in a browser', async () => {
  const target = await listenSteps({
    '/start': {
      location: 'http://login.example.com:PORT/login',
      cookies: [
        'own=1; Path=/',
        'shared=2; Path=/; Domain=example.com',
        'suffix=3; Path=/; Domain=com',
        'foreign=4; Path=/; Domain=example.org',
        'sibling=5; Path=/; Domain=login.example.com',
      ],
    },
    '/login': { location: 'http://example.com:PORT/root', cookies: ['login=6; Path=/'] },
    '/root': { location: 'http://example.org:PORT/abroad' },
    '/abroad': { location: 'http://shop.example.com:PORT/back', cookies: ['abroad=7; Path=/'] },
  });
  await probe.check(`http://shop.example.com:${target.port}/start`);
  expect(cookiesOf(target.requests)).toEqual({
    '/start': undefined,
    '/login': 'shared=2',
    '/root': 'shared=2',
    '/abroad': undefined,
    '/back': 'own=1; shared=2',
  });
});

test('a monitor’s own Cookie header stays, and the target may replace what is in it', async () => {
  const target = await listenSteps({
    '/start': { location: '/next', cookies: ['session=new; Path=/', 'more=1; Path=/'] },
  });
  const http = { headers: { cookie: 'session=old; consent=yes' } };
  await probe.check(`${target.url}/start`, { http });
  expect(cookiesOf(target.requests)).toEqual({
    '/start': 'session=old; consent=yes',
    '/next': 'consent=yes; session=new; more=1',
  });
});

test('what is no cookie is passed over', async () => {
  const target = await listenSteps({
    '/start': {
      location: '/next',
      cookies: [
        '',
        ';',
        '=; Path',
        `big=${'x'.repeat(9000)}; Domain=${'y'.repeat(300)}`,
        'bytes=\x80é; Path=/',
      ],
    },
  });
  expect(await probe.check(`${target.url}/start`)).toMatchObject({ outcome: 'up' });
  expect(target.requests[1]?.headers.cookie).toBe('bytes=\x80é');
});

test('a check that asks for credentials keeps the cookie of the question', async () => {
  const target = await listenHttp((response, { headers }) => {
    if (headers.cookie === 'asked=1' && headers.authorization !== undefined) response.end();
    else {
      response.setHeader('set-cookie', 'asked=1');
      response.writeHead(401, { 'www-authenticate': 'Digest realm="r", nonce="n"' }).end();
    }
  });
  const http = { auth: { type: 'digest', username: 'u', password: 'p' } } as const;
  expect(await probe.check(target.url, { http })).toMatchObject({ outcome: 'up' });
});
