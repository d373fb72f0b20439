import { expect, test } from 'vitest';
import { listenHttp, listenRaw, type SeenRequest } from '../support/listen.ts';
import { openProbe } from '../support/probe.ts';

const probe = await openProbe();
probe.dns.answer('shop.example.com', ['127.0.0.1']);
probe.dns.answer('other.example.com', ['127.0.0.1']);

/** A server that redirects from /start, and answers 200 everywhere else. */
const redirecting = (status: number, location: string | (() => string)) =>
  listenHttp((response, request) => {
    if (request.url !== '/start') response.end('arrived');
    else response.writeHead(status, { location: typeof location === 'string' ? location : location() }).end();
  });

test('a redirect is followed, and the last answer counts', async () => {
  for (const status of [301, 302, 303, 307, 308]) {
    const target = await redirecting(status, '/end?x=1#part');
    expect(await probe.check(`${target.url}/start`)).toMatchObject({ outcome: 'up', statusCode: 200 });
    expect(target.requests.map(({ url }) => url)).toEqual(['/start', '/end?x=1']);
  }
});

test('relative addresses are read from where the redirect was', async () => {
  for (const [location, url] of [
    ['end', '/a/end'],
    ['../end', '/end'],
    ['?x=2', '/a/start?x=2'],
    ['//127.0.0.1:PORT/end', '/end'],
  ] as const) {
    let port = 0;
    const target = await listenHttp((response, request) => {
      if (request.url !== '/a/start') response.end();
      else response.writeHead(302, { location: location.replace('PORT', String(port)) }).end();
    });
    port = target.port;
    expect(await probe.check(`${target.url}/a/start`), location).toMatchObject({ outcome: 'up' });
    expect(target.requests[1]?.url).toBe(url);
  }
});

test('an address with letters beyond ASCII is read as the UTF-8 it is', async () => {
  const target = await listenHttp((response, request) => {
    if (request.url !== '/start') response.end();
    else response.writeHead(302, { location: Buffer.from('/café').toString('latin1') }).end();
  });
  await probe.check(`${target.url}/start`);
  expect(target.requests[1]?.url).toBe('/caf%C3%A9');
});

test('a monitor may refuse to follow', async () => {
  const target = await redirecting(302, '/end');
  const finding = await probe.check(`${target.url}/start`, { http: { followRedirects: false } });
  expect(finding).toMatchObject({ outcome: 'up', statusCode: 302 });
  expect(target.requests).toHaveLength(1);
});

const post = {
  method: 'POST',
  headers: { 'Content-Type': 'text/plain', 'X-Own': '1' },
  body: 'data',
} as const;

test('301, 302 and 303 turn a POST into a GET without its body', async () => {
  for (const status of [301, 302, 303]) {
    const target = await redirecting(status, '/end');
    await probe.check(`${target.url}/start`, { http: post });
    expect(target.requests[1]).toMatchObject({ method: 'GET', body: '' });
    expect(target.requests[1]?.headers['content-type']).toBeUndefined();
    expect(target.requests[1]?.headers['content-length']).toBeUndefined();
    expect(target.requests[1]?.headers['x-own']).toBe('1');
  }
});

test('307 and 308 keep method and body', async () => {
  for (const status of [307, 308]) {
    const target = await redirecting(status, '/end');
    await probe.check(`${target.url}/start`, { http: post });
    expect(target.requests[1]).toMatchObject({ method: 'POST', body: 'data' });
    expect(target.requests[1]?.headers['content-type']).toBe('text/plain');
  }
});

test('303 keeps a HEAD, and 302 keeps a PUT', async () => {
  const head = await redirecting(303, '/end');
  await probe.check(`${head.url}/start`, { http: { method: 'HEAD' } });
  expect(head.requests[1]?.method).toBe('HEAD');
  const put = await redirecting(302, '/end');
  await probe.check(`${put.url}/start`, { http: { method: 'PUT', body: 'data' } });
  expect(put.requests[1]).toMatchObject({ method: 'PUT', body: 'data' });
});

const SECRETS = { Authorization: 'Basic c2VjcmV0', Cookie: 'session=secret', 'X-Api-Key': 'secret' };
const carriesSecret = (request: SeenRequest | undefined) =>
  JSON.stringify(request?.headers).includes('secret');
const carriesToken = (request: SeenRequest | undefined) => request?.headers.authorization !== undefined;

test('credentials stay within their origin', async () => {
  const headers = { ...SECRETS, Accept: 'text/html', 'User-Agent': 'Mine/2' };
  const other = await listenHttp((response) => response.end());
  for (const location of [
    `http://127.0.0.1:${other.port}/`, // another port
    `http://other.example.com:${other.port}/`, // another host
  ]) {
    const target = await redirecting(302, location);
    expect(
      await probe.check(`http://shop.example.com:${target.port}/start`, { http: { headers } }),
    ).toMatchObject({
      outcome: 'up',
    });
    expect(carriesSecret(target.requests[0])).toBe(true);
    const arrived = other.requests.at(-1);
    expect(carriesSecret(arrived) || carriesToken(arrived), location).toBe(false);
    expect(arrived?.headers).toMatchObject({ accept: 'text/html', 'user-agent': 'Mine/2' });
  }
  const same = await redirecting(302, '/end');
  await probe.check(`${same.url}/start`, { http: { headers } });
  expect(carriesSecret(same.requests[1]) && carriesToken(same.requests[1])).toBe(true);
});

test('credentials do not come back when the way leads home again', async () => {
  let home = '';
  const away = await redirecting(302, () => `${home}/end`);
  const target = await redirecting(302, `${away.url}/start`);
  home = target.url;
  await probe.check(`${target.url}/start`, { http: { headers: SECRETS } });
  expect(target.requests.map(({ url }) => url)).toEqual(['/start', '/end']);
  expect(carriesSecret(target.requests[1]) || carriesToken(target.requests[1])).toBe(false);
});

test('ten redirects are followed, and not one more', async () => {
  const chain = (length: number) =>
    listenHttp((response, request) => {
      const step = Number(request.url?.slice(1));
      if (step === length) response.end();
      else response.writeHead(302, { location: `/${step + 1}` }).end();
    });
  const ten = await chain(10);
  expect(await probe.check(`${ten.url}/0`)).toMatchObject({ outcome: 'up' });
  const eleven = await chain(11);
  expect(await probe.check(`${eleven.url}/0`)).toMatchObject({
    outcome: 'down',
    code: 'too_many_redirects',
    reason: 'More than 10 redirects.',
    statusCode: 302,
  });
  expect(eleven.requests).toHaveLength(11);
});

test('a redirect in a circle ends', async () => {
  const target = await redirecting(302, '/start');
  expect(await probe.check(`${target.url}/start`)).toMatchObject({ code: 'too_many_redirects' });
});

test('a redirect without a way is an answer like any other', async () => {
  const target = await listenHttp((response) => response.writeHead(302).end());
  expect(await probe.check(target.url)).toMatchObject({ outcome: 'up', statusCode: 302 });
});

test('a redirect to what is no address of the web says so', async () => {
  for (const [location, sentence] of [
    ['http://[::1', 'Redirected badly: the Location header is not an address.'],
    [
      'ftp://files.example.com/',
      'Redirected badly: An address begins with https:// or http://, such as https://example.com.',
    ],
    [
      'http://shop.example.com:25/',
      'Redirected badly: Port 25 belongs to another protocol than HTTP; it cannot be checked with one.',
    ],
    [
      'https://alice:pw@shop.example.com/',
      'Redirected badly: Leave user name and password out of the address; give them as authentication instead.',
    ],
  ] as const) {
    const target = await redirecting(302, location);
    expect(await probe.check(`${target.url}/start`), location).toMatchObject({
      outcome: 'down',
      code: 'redirect_invalid',
      reason: sentence,
      statusCode: 302,
    });
  }
});

test('a redirect to a private address is refused with its reason', async () => {
  for (const location of [
    'http://169.254.169.254/latest/meta-data/',
    'http://10.0.0.1/',
    'http://2130706433.internal/',
  ]) {
    const target = await redirecting(302, location);
    expect(await probe.check(`${target.url}/start`), location).toMatchObject({
      outcome: 'down',
      code: 'target_not_allowed',
    });
  }
});

test('a redirect is followed without waiting for its endless body, whose connection is closed first', async () => {
  const closed = Promise.withResolvers<void>();
  const end = await listenHttp((response) => void closed.promise.then(() => response.end()));
  const target = await listenRaw((socket) => {
    socket.once('close', () => closed.resolve());
    socket.once('data', () =>
      socket.write(`HTTP/1.1 302 Found\r\nLocation: ${end.url}/\r\n\r\n${'x'.repeat(1000)}`),
    );
  });
  expect(await probe.check(target.url, { timeoutMs: 5000 })).toMatchObject({ outcome: 'up' });
});
