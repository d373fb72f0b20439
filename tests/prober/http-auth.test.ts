import { expect, test } from 'vitest';
import { listenHttp } from '../support/listen.ts';
import { openProbe } from '../support/probe.ts';

const probe = await openProbe();
probe.dns.answer('shop.example.com', ['127.0.0.1']);

const basic = (username: string, password: string) => ({
  auth: { type: 'basic', username, password } as const,
});
const bearer = { auth: { type: 'bearer', token: 'tok.en_1~+/==' } } as const;

/** Lets in who comes with this Authorization header. */
const guarded = (authorization: string) =>
  listenHttp((response, { headers }) => {
    response.writeHead(headers.authorization === authorization ? 200 : 401).end();
  });

test('a monitor says who it is by user name and password', async () => {
  const target = await guarded('Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=='); // the example of RFC 7617, 2
  const finding = await probe.check(target.url, { http: basic('Aladdin', 'open sesame') });
  expect(finding).toMatchObject({ outcome: 'up', statusCode: 200 });
  expect(target.requests).toHaveLength(1);
});

test('letters beyond ASCII are sent as UTF-8', async () => {
  const target = await guarded('Basic dGVzdDoxMjPCow=='); // test, 123£: the example of RFC 7617, 2.1
  expect(await probe.check(target.url, { http: basic('test', '123£') })).toMatchObject({ outcome: 'up' });
});

test('a monitor says who it is by a token', async () => {
  const target = await guarded('Bearer tok.en_1~+/==');
  expect(await probe.check(target.url, { http: bearer })).toMatchObject({ outcome: 'up' });
});

test('credentials that the target does not take are a status like any other', async () => {
  const target = await guarded('Basic nothing');
  for (const http of [basic('Aladdin', 'wrong'), bearer]) {
    expect(await probe.check(target.url, { http })).toMatchObject({
      outcome: 'down',
      code: 'unexpected_status',
      statusCode: 401,
    });
  }
  expect(target.requests).toHaveLength(2); // asked once each
});

test('an Authorization header gives way to the way a monitor says who it is', async () => {
  const target = await guarded('Bearer tok.en_1~+/==');
  const http = { ...bearer, headers: { authorization: 'Basic b2xk' } };
  expect(await probe.check(target.url, { http })).toMatchObject({ outcome: 'up' });
  expect(target.requests[0]?.rawHeaders.filter((name) => /^authorization$/i.test(name))).toHaveLength(1);
});

test('credentials go to the target’s own origin alone, and do not come back to it by way of another', async () => {
  let home = '';
  const away = await listenHttp((response) => response.writeHead(302, { location: `${home}/end` }).end());
  const target = await listenHttp((response, { url }) => {
    const location = { '/start': '/same', '/same': `http://shop.example.com:${away.port}/` }[url ?? ''];
    if (location === undefined) response.end();
    else response.writeHead(307, { location }).end();
  });
  home = target.url;
  for (const http of [basic('Aladdin', 'open sesame'), bearer]) {
    target.requests.length = away.requests.length = 0;
    await probe.check(`${target.url}/start`, { http });
    const sent = [...target.requests, ...away.requests].map(
      ({ url, headers }) => [url, headers.authorization !== undefined] as const,
    );
    expect(Object.fromEntries(sent)).toEqual({ '/start': true, '/same': true, '/': false, '/end': false });
  }
});
