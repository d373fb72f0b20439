import { expect, test } from 'vitest';
import { ApiClient, refusalIn } from '../support/api-client.ts';
import { openServer } from '../support/test-server.ts';
import { openWorld, PASSWORD } from '../support/world.ts';

const world = await openWorld();
const { alice, server, visitor } = world;
const secure = await openServer(world.database, { PUBLIC_URL: 'https://status.example' });

const JSON_TYPE = { 'content-type': 'application/json' };
const credentials = JSON.stringify({ email: alice.email, password: PASSWORD });

const FOREIGN_ORIGINS = [
  undefined,
  'null',
  'https://evil.example',
  `https://localhost:${server.port}`,
  `http://localhost:${server.port + 1}`,
  `http://localhost.evil.example:${server.port}`,
  `http://evil.example/.localhost:${server.port}`,
  `http://a.b.localhost:${server.port}`,
  `http://localhost:${server.port}/`,
  '',
];

test.each(FOREIGN_ORIGINS)('nobody signs in or out from a page at %j', async (origin) => {
  const headers = origin === undefined ? JSON_TYPE : { ...JSON_TYPE, origin };
  for (const path of ['/trpc/auth.login', '/trpc/auth.logout', '/trpc/auth.register']) {
    const answer = refusalIn(await visitor().raw('POST', path, { headers, body: credentials }));
    expect(answer.status).toBe(403);
    expect(answer.data.reason).toBe('origin_not_allowed');
    expect(answer.headers['set-cookie']).toBeUndefined();
  }
});

test.each([
  '/trpc/auth%2Elogin',
  '/trpc//auth.login',
  '/trpc/%61uth.login',
  '/trpc/auth.login/',
  '/trpc/regions.list%2Cauth.login?batch=1',
  '/trpc/auth.login?batch=1',
])('spelling the path as %s does not go around that', async (path) => {
  const body = path.includes('batch') ? `{"0":${credentials},"1":${credentials}}` : credentials;
  const answer = await visitor().raw('POST', path, {
    headers: { ...JSON_TYPE, origin: 'https://evil.example' },
    body,
  });
  expect(answer.headers['set-cookie']).toBeUndefined();
  expect(answer.text).not.toContain('signed_in');
});

test('a page of an organization’s own host may sign in', async () => {
  const origin = `http://acme.localhost:${server.port}`;
  const answer = await visitor().raw('POST', '/trpc/auth.login', {
    headers: { ...JSON_TYPE, origin },
    body: credentials,
  });
  expect(answer.status).toBe(200);
});

test('a browser that leaves the origin out for a page’s own host may sign in, at no other host and from no other page', async () => {
  const send = (host: string, site: string) =>
    visitor().raw('POST', '/trpc/auth.login', {
      headers: { ...JSON_TYPE, host, 'sec-fetch-site': site },
      body: credentials,
    });
  expect((await send(`localhost:${server.port}`, 'same-origin')).status).toBe(200);
  for (const [host, site] of [
    [`localhost:${server.port}`, 'same-site'],
    [`localhost:${server.port}`, 'cross-site'],
    [`localhost:${server.port}`, 'none'],
    ['evil.example', 'same-origin'],
  ] as const) {
    const answer = refusalIn(await send(host, site));
    expect(answer.data.reason).toBe('origin_not_allowed');
  }
  const foreign = await visitor().raw('POST', '/trpc/auth.login', {
    headers: { ...JSON_TYPE, origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
    body: credentials,
  });
  expect(refusalIn(foreign).data.reason).toBe('origin_not_allowed');
});

test('a foreign page cannot change anything with the cookie of somebody who visits it', async () => {
  const body = JSON.stringify({ name: 'Evil', kind: 'http', target: 'https://example.com/evil' });
  const send = (headers: Record<string, string>) =>
    alice.raw('POST', '/trpc/monitors.create', { headers: { ...JSON_TYPE, ...headers }, body });
  for (const headers of [{}, { origin: 'https://evil.example' }] as Record<string, string>[]) {
    const answer = refusalIn(await send(headers));
    expect(answer.status).toBe(403);
    expect(answer.data.reason).toBe('origin_not_allowed');
  }
  expect((await alice.call('monitors.list')).total).toBe(0);
  // Reading is no change: a foreign page could not see the answer anyway.
  expect((await alice.send('monitors.list', undefined, { origin: 'https://evil.example' })).status).toBe(200);
});

test('a form of a foreign page, which needs no permission to be sent, is refused', async () => {
  const answer = await alice.raw('POST', '/trpc/auth.logout', {
    headers: { 'content-type': 'text/plain', origin: 'https://evil.example' },
    body: '{}',
  });
  expect(answer.status).toBeGreaterThanOrEqual(400);
  await alice.call('auth.me');
});

test('every answer carries the headers that keep a page safe', async () => {
  for (const path of ['/', '/trpc/regions.list', '/health', '/assets/none.js']) {
    const { headers } = await visitor().raw('GET', path);
    expect(headers['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    );
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'x-request-id': expect.stringMatching(/^[\w-]{8,64}$/),
    });
    expect(headers['x-powered-by']).toBeUndefined();
    expect(headers['access-control-allow-origin']).toBeUndefined();
  }
});

test('an answer of the API is never kept by a cache', async () => {
  expect((await alice.send('monitors.list')).headers['cache-control']).toBe('no-store');
  expect((await visitor().send('monitors.list')).headers['cache-control']).toBe('no-store');
});

test('under HTTPS the cookie belongs to one host and the browser is told to stay with HTTPS', async () => {
  const overHttps = new ApiClient(`http://localhost:${secure.port}`);
  const signedIn = await overHttps.raw('POST', '/trpc/auth.login', {
    headers: { ...JSON_TYPE, origin: 'https://status.example' },
    body: credentials,
  });
  expect(String(signedIn.headers['set-cookie'])).toMatch(
    /^__Host-statuswatch_session=[a-z0-9]{40}; HttpOnly; Max-Age=\d+; Path=\/; SameSite=Lax; Secure$/,
  );
  expect(signedIn.headers['strict-transport-security']).toBe('max-age=63072000; includeSubDomains');
  expect((await visitor().raw('GET', '/health')).headers['strict-transport-security']).toBeUndefined();
});

test.each([
  '/assets/..%2f..%2f..%2fpackage.json',
  '/assets/%00.js',
  '/assets/%E0%A4%A.js',
  '/assets/%252e%252e/x',
])('no way leads out of the app’s files by %s', async (path) => {
  const answer = await visitor().raw('GET', path);
  expect(answer.status).toBe(404);
  expect(answer.text).toBe('There is no such file.');
});

test('an unknown address under /assets/ is not found, and the API knows no other than its procedures', async () => {
  expect((await visitor().raw('GET', '/assets/none.js')).status).toBe(404);
  const unknown = refusalIn(await alice.raw('GET', '/trpc/monitors.explode'));
  expect(unknown.status).toBe(404);
  expect(unknown.data.reason).toBe('not_found');
});
