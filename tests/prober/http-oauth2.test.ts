import { expect, test } from 'vitest';
import type { ClientAuthentication } from '../../shared/checks/http-auth-input.ts';
import { listenHttp, listenRaw, type SeenRequest } from '../support/listen.ts';
import { openProbe } from '../support/probe.ts';

const probe = await openProbe();
probe.dns.answer('login.example.com', ['127.0.0.1']);
probe.dns.answer('inside.example.com', ['10.0.0.1']);

let clients = 0;
/** A client that no other test has: tokens are kept by client. */
const clientOf = (
  tokenUrl: string,
  more: { scope?: string; clientAuthentication?: ClientAuthentication } = {},
) => ({
  auth: {
    type: 'oauth2',
    tokenUrl,
    clientId: `client-${clients++}`,
    clientSecret: 's3cr3t: +&%Ω',
    scope: '',
    clientAuthentication: 'basic',
    ...more,
  } as const,
});

/** A token endpoint that gives token-1, token-2, ... with what else `more` says. */
const listenEndpoint = (more: object = { token_type: 'Bearer', expires_in: 3600 }) => {
  let given = 0;
  return listenHttp((response) => {
    given += 1;
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ access_token: `token-${given}`, ...more }));
  });
};

/** A target that takes these tokens. */
const listenTarget = (isGood: (token: string) => boolean = () => true) =>
  listenHttp((response, { headers }) => {
    const token = /^Bearer (\S+)$/.exec(headers.authorization ?? '')?.[1];
    response.writeHead(token !== undefined && isGood(token) ? 200 : 401).end();
  });

const tokensOf = (requests: SeenRequest[]) => requests.map(({ headers }) => headers.authorization);

test('client credentials are exchanged for a token, which the target gets', async () => {
  const endpoint = await listenEndpoint();
  const target = await listenTarget();
  const http = clientOf(`http://login.example.com:${endpoint.port}/oauth/token?tenant=1`, {
    scope: 'read:health write',
  });
  const { finding, exchange } = await probe.run(target.url, { http });
  expect(finding).toMatchObject({ outcome: 'up' });
  expect(tokensOf(target.requests)).toEqual(['Bearer token-1']);
  expect(exchange.hops).toHaveLength(1); // what was said to the endpoint is nobody's to read
  const [asked] = endpoint.requests;
  expect(asked).toMatchObject({
    method: 'POST',
    url: '/oauth/token?tenant=1',
    body: 'grant_type=client_credentials&scope=read%3Ahealth+write',
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
  });
  const [id, secret] = Buffer.from(asked?.headers.authorization?.slice(6) ?? '', 'base64')
    .toString()
    .split(':');
  expect(id).toBe(http.auth.clientId);
  expect(secret).toBe('s3cr3t%3A+%2B%26%25%CE%A9'); // RFC 6749, 2.3.1: as in a form
});

test('a client that is to name itself in the body does so there alone', async () => {
  const endpoint = await listenEndpoint();
  const target = await listenTarget();
  const http = clientOf(endpoint.url, { scope: 'read', clientAuthentication: 'body' });
  const { finding, exchange } = await probe.run(target.url, { http });
  expect(finding).toMatchObject({ outcome: 'up' });
  expect(tokensOf(target.requests)).toEqual(['Bearer token-1']);
  const [asked] = endpoint.requests;
  expect(asked?.headers).toMatchObject({ 'content-type': 'application/x-www-form-urlencoded' });
  expect(asked?.headers).not.toHaveProperty('authorization');
  expect(asked?.body).toBe(
    `grant_type=client_credentials&scope=read&client_id=${http.auth.clientId}&client_secret=s3cr3t%3A+%2B%26%25%CE%A9`,
  );
  expect(exchange.hops).toHaveLength(1);
  expect(JSON.stringify(exchange)).not.toMatch(/s3cr3t|client_secret|token-1/);
});

test('an endpoint that takes one way refuses the other, and a change of it is tried at once', async () => {
  const endpoint = await listenHttp((response, { headers, body }) => {
    const isNamed = headers.authorization === undefined && body.includes('&client_secret=');
    response.writeHead(isNamed ? 200 : 401);
    response.end(isNamed ? '{"access_token":"a","expires_in":3600}' : '{"error":"invalid_client"}');
  });
  const target = await listenTarget();
  const { auth } = clientOf(endpoint.url, { clientAuthentication: 'body' });
  expect(await probe.check(target.url, { http: { auth } })).toMatchObject({ outcome: 'up' });
  const other = { auth: { ...auth, clientAuthentication: 'basic' } } as const;
  expect(await probe.check(target.url, { http: other })).toMatchObject({
    outcome: 'down',
    code: 'auth_failed',
    reason: 'The token endpoint gave no token: “invalid_client”.',
  });
});

test('a token serves until half a minute before it ends, and each client has its own', async () => {
  const endpoint = await listenEndpoint();
  const target = await listenTarget();
  const http = clientOf(endpoint.url);
  for (let check = 0; check < 3; check++) await probe.check(target.url, { http });
  expect(endpoint.requests).toHaveLength(1);
  await probe.check(target.url, { http: { auth: { ...http.auth, scope: 'more' } } });
  await probe.check(target.url, { http: { auth: { ...http.auth, clientSecret: 'other' } } });
  expect(endpoint.requests).toHaveLength(3);
  for (const brief of [{ expires_in: 30 }, { expires_in: '29' }, { expires_in: 0 }, { expires_in: -5 }]) {
    const short = await listenEndpoint(brief);
    const shortLived = clientOf(short.url);
    for (let check = 0; check < 2; check++) await probe.check(target.url, { http: shortLived });
    expect(short.requests, JSON.stringify(brief)).toHaveLength(2);
  }
  for (const untold of [{}, { expires_in: null }, { expires_in: 'soon' }, { expires_in: '31' }]) {
    const endless = await listenEndpoint(untold);
    const kept = clientOf(endless.url);
    for (let check = 0; check < 2; check++) await probe.check(target.url, { http: kept });
    expect(endless.requests, JSON.stringify(untold)).toHaveLength(1);
  }
});

test('checks that want a token at once ask for one', async () => {
  const endpoint = await listenEndpoint();
  const target = await listenTarget();
  const http = clientOf(endpoint.url);
  const findings = await Promise.all(Array.from({ length: 5 }, () => probe.check(target.url, { http })));
  expect(findings.map(({ outcome }) => outcome)).toEqual(['up', 'up', 'up', 'up', 'up']);
  expect(endpoint.requests).toHaveLength(1);
});

test('one that waits for another’s token is not lost with it', async () => {
  let asked = 0;
  const endpoint = await listenHttp((response) => {
    if (++asked > 1) response.end('{"access_token":"late"}'); // the first never hears anything
  });
  const target = await listenTarget();
  const http = clientOf(endpoint.url);
  const [first, second] = await Promise.all([
    probe.check(target.url, { http, timeoutMs: 500 }),
    probe.check(target.url, { http }),
  ]);
  expect(first).toMatchObject({
    outcome: 'down',
    code: 'timeout',
    reason: 'No answer within 500 ms: the token endpoint had not answered.',
  });
  expect(second).toMatchObject({ outcome: 'up' });
});

test('a token that the target no longer takes is replaced once', async () => {
  const endpoint = await listenEndpoint();
  let revoked = false;
  const target = await listenTarget((token) => !revoked || token === 'token-2');
  const http = clientOf(endpoint.url);
  await probe.check(target.url, { http });
  revoked = true;
  expect(await probe.check(target.url, { http })).toMatchObject({ outcome: 'up' });
  expect(tokensOf(target.requests)).toEqual(['Bearer token-1', 'Bearer token-1', 'Bearer token-2']);
  const closed = await listenTarget(() => false);
  const other = clientOf(endpoint.url);
  expect(await probe.check(closed.url, { http: other })).toMatchObject({ outcome: 'down', statusCode: 401 });
  expect(closed.requests).toHaveLength(1); // a token that is new is not asked for again
});

test('how long the endpoint takes is not held against the target', async () => {
  const endpoint = await listenHttp((response) => {
    setTimeout(() => response.end('{"access_token":"slow"}'), 700);
  });
  const target = await listenTarget();
  const finding = await probe.check(target.url, { http: clientOf(endpoint.url), degradedAfterMs: 600 });
  expect(finding).toMatchObject({ outcome: 'up', code: 'ok' });
});

test('a target is not asked when there is no token, and the reason names what the endpoint said', async () => {
  const target = await listenTarget();
  const ANSWERS: [status: number, body: string, reason: string][] = [
    [
      401,
      '{"error":"invalid_client","error_description":"No client \\u001b[31mhere"}',
      'The token endpoint gave no token: “invalid_client” (“No client \\u001b[31mhere”).',
    ],
    [400, '{"error":"invalid_scope"}', 'The token endpoint gave no token: “invalid_scope”.'],
    [503, 'sorry', 'The token endpoint could not be used: it answered with status 503.'],
    [302, '', 'The token endpoint could not be used: it answered with status 302.'],
    [200, 'sorry', 'The token endpoint could not be used: its answer is not a JSON object.'],
    [200, '["token"]', 'The token endpoint could not be used: its answer is not a JSON object.'],
    [200, '{}', 'The token endpoint could not be used: its answer has no access_token that can be sent.'],
    [
      200,
      '{"access_token":"a\\r\\nX-Evil: 1"}',
      'The token endpoint could not be used: its answer has no access_token that can be sent.',
    ],
    [
      200,
      `{"access_token":"${'x'.repeat(9000)}"}`,
      'The token endpoint could not be used: its answer has no access_token that can be sent.',
    ],
    [
      200,
      '{"access_token":"a","token_type":"mac"}',
      'The token endpoint could not be used: it gives tokens of the type “mac”.',
    ],
  ];
  for (const [status, body, reason] of ANSWERS) {
    const endpoint = await listenHttp((response) =>
      response.writeHead(status, { location: 'http://127.0.0.1/' }).end(body),
    );
    expect(await probe.check(target.url, { http: clientOf(endpoint.url) }), body).toMatchObject({
      outcome: 'down',
      code: 'auth_failed',
      statusCode: null,
      reason,
    });
  }
  expect(target.requests).toHaveLength(0);
});

test.each([
  ['basic', /^The token endpoint gave no token: “Basic \(secret\) /],
  ['body', /^The token endpoint gave no token: “undefined .*&client_secret=\(secret\) \(secret\)”/],
] as const)('an endpoint that repeats the secret does not get it into the reason: %s', async (way, said) => {
  const endpoint = await listenHttp((response, { headers, body }) => {
    const repeated = `${headers.authorization} ${body} s3cr3t: +&%Ω`;
    response.writeHead(401).end(JSON.stringify({ error: repeated, error_description: repeated }));
  });
  const target = await listenTarget();
  const http = clientOf(endpoint.url, { clientAuthentication: way });
  const { finding, exchange } = await probe.run(target.url, { http });
  expect(finding.reason).toMatch(said);
  expect(JSON.stringify([finding, exchange])).not.toMatch(/s3cr3t|%CE%A9/);
});

test('the endpoint is reached through the same guard, and its failures are ours to tell', async () => {
  const target = await listenTarget();
  const closed = await listenRaw((socket) => socket.destroy());
  const FAILURES: [tokenUrl: string, reason: RegExp][] = [
    ['http://169.254.169.254/token', /^The token endpoint could not be used: .*link-local/],
    ['http://inside.example.com/token', /^The token endpoint could not be used: 10\.0\.0\.1 is not on/],
    ['http://localhost:25/', /^The token endpoint could not be used: port 25 belongs/],
    ['ftp://login.example.com/', /^The token endpoint could not be used: an address begins/],
    ['http://nowhere.example.com/', /^The token endpoint could not be used: the name nowhere\.example\.com/],
    [closed.url, /^The token endpoint could not be used: the connection was closed/],
  ];
  for (const [tokenUrl, reason] of FAILURES) {
    expect(await probe.check(target.url, { http: clientOf(tokenUrl) }), tokenUrl).toMatchObject({
      outcome: 'down',
      code: 'auth_failed',
      reason: expect.stringMatching(reason),
    });
  }
  expect(target.requests).toHaveLength(0);
});

test('an endpoint that answers without end is left at 64 KiB, one that breaks off is said to', async () => {
  const target = await listenTarget();
  const endless = await listenRaw((socket) => {
    const pour = () => {
      while (!socket.destroyed && socket.write('{"access_token":"'.padEnd(10_000, 'x')));
    };
    socket.on('drain', pour);
    socket.once('data', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      pour();
    });
  });
  expect(await probe.check(target.url, { http: clientOf(endless.url) })).toMatchObject({
    code: 'auth_failed',
    reason: 'The token endpoint could not be used: its answer is larger than 64 KiB.',
  });
  await expect.poll(() => endless.open()).toBe(0);
  const broken = await listenRaw((socket) => {
    socket.once('data', () =>
      socket.end('HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{"access_token":"a"}'),
    );
  });
  expect(await probe.check(target.url, { http: clientOf(broken.url) })).toMatchObject({
    code: 'auth_failed',
    reason: 'The token endpoint could not be used: its answer broke off.',
  });
});

test('a token goes to the target’s own origin alone', async () => {
  const endpoint = await listenEndpoint();
  const other = await listenHttp((response) => response.end());
  const target = await listenHttp((response) => response.writeHead(302, { location: other.url }).end());
  expect(await probe.check(target.url, { http: clientOf(endpoint.url) })).toMatchObject({ outcome: 'up' });
  expect(other.requests[0]?.headers.authorization).toBeUndefined();
});
