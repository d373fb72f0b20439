import { expect, test } from 'vitest';
import { listenHttp, listenRaw } from '../support/listen.ts';
import { openProbe } from '../support/probe.ts';

const probe = await openProbe();

test('a check asks as its monitor says: method, headers and body', async () => {
  const target = await listenHttp((response) => response.writeHead(201).end('made'));
  const finding = await probe.check(`${target.url}/orders?from=1&to=%20x`, {
    http: {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Token': 'abc', Accept: 'application/json' },
      body: '{"name":"Zoë"}',
    },
  });
  expect(finding).toMatchObject({ outcome: 'up', code: 'ok', reason: null, statusCode: 201 });
  const [request] = target.requests;
  expect(request).toMatchObject({ method: 'POST', url: '/orders?from=1&to=%20x', body: '{"name":"Zoë"}' });
  expect(request?.headers).toMatchObject({
    'content-type': 'application/json',
    'x-token': 'abc',
    accept: 'application/json',
    'content-length': '15',
    connection: 'close',
  });
});

test('without headers of its own, a check says who it is and what it understands', async () => {
  const target = await listenHttp((response) => response.end());
  await probe.check(target.url);
  expect(target.requests[0]?.headers).toEqual({
    host: `127.0.0.1:${target.port}`,
    connection: 'close',
    'user-agent': 'StatusWatch/1 (uptime check)',
    accept: '*/*',
    'accept-encoding': 'gzip, br, zstd',
  });
});

test('a monitor may give its own user agent', async () => {
  const target = await listenHttp((response) => response.end());
  await probe.check(target.url, { http: { headers: { 'user-agent': 'Mine/2' } } });
  const names = target.requests[0]?.rawHeaders.filter((_, index) => index % 2 === 0) ?? [];
  expect(names.filter((name) => name.toLowerCase() === 'user-agent')).toHaveLength(1);
  expect(target.requests[0]?.headers['user-agent']).toBe('Mine/2');
});

test('the name of the target goes into Host, although the connection goes to its address', async () => {
  const target = await listenHttp((response) => response.end());
  probe.dns.answer('shop.example.com', ['127.0.0.1']);
  await probe.check(`http://shop.example.com:${target.port}/`);
  expect(target.requests[0]?.headers.host).toBe(`shop.example.com:${target.port}`);
});

for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const) {
  test(`${method} is sent as such, also without a body`, async () => {
    const target = await listenHttp((response) => response.end('x'));
    const finding = await probe.check(target.url, { http: { method } });
    expect(finding).toMatchObject({ outcome: 'up', statusCode: 200 });
    const wantsLength = method === 'POST' || method === 'PUT' || method === 'PATCH';
    expect(target.requests[0]?.method).toBe(method);
    expect(target.requests[0]?.headers['content-length']).toBe(wantsLength ? '0' : undefined);
    expect(target.requests[0]?.headers['transfer-encoding']).toBeUndefined();
  });
}

test('200 to 399 is up when the monitor says nothing about the status', async () => {
  for (const [status, outcome] of [
    [200, 'up'],
    [204, 'up'],
    [304, 'up'],
    [399, 'up'],
    [400, 'down'],
    [404, 'down'],
    [500, 'down'],
    [599, 'down'],
    [999, 'down'],
  ] as const) {
    const target = await listenHttp((response) => response.writeHead(status).end());
    expect(await probe.check(target.url), String(status)).toMatchObject({ outcome, statusCode: status });
  }
});

test('a status that was not expected is said with the one that was', async () => {
  const target = await listenHttp((response) => response.writeHead(503).end());
  expect(await probe.check(target.url)).toMatchObject({
    outcome: 'down',
    code: 'unexpected_status',
    reason: 'Status 503, expected 200 to 399.',
    statusCode: 503,
  });
});

test('a monitor may expect a failure', async () => {
  const target = await listenHttp((response) => response.writeHead(401).end());
  const assertions = [{ subject: 'status', comparator: 'in', value: '2xx,401' } as const];
  expect(await probe.check(target.url, { assertions })).toMatchObject({ outcome: 'up', statusCode: 401 });
});

test('HEAD, 204 and 304 have no body, whatever their headers promise', async () => {
  for (const [method, head] of [
    ['HEAD', 'HTTP/1.1 200 OK\r\nContent-Length: 5000\r\nContent-Encoding: gzip'],
    ['GET', 'HTTP/1.1 204 No Content\r\nContent-Encoding: gzip'],
    ['GET', 'HTTP/1.1 304 Not Modified\r\nContent-Length: 5000\r\nContent-Encoding: br'],
  ] as const) {
    const target = await listenRaw((socket) => {
      socket.once('data', () => socket.write(`${head}\r\n\r\n`)); // and stays open
    });
    const finding = await probe.check(target.url, {
      http: { method },
      assertions: [{ subject: 'body', comparator: 'equals', value: '' }],
      timeoutMs: 3000,
    });
    expect(finding, head).toMatchObject({ outcome: 'up' });
  }
});

test('an answer that ends with its connection is whole', async () => {
  const target = await listenRaw((socket) => {
    socket.once('data', () => socket.end('HTTP/1.0 200 OK\r\n\r\nhello'));
  });
  const assertions = [{ subject: 'body', comparator: 'equals', value: 'hello' } as const];
  expect(await probe.check(target.url, { assertions })).toMatchObject({ outcome: 'up' });
});

test('a server that answers before it has read the request is understood', async () => {
  const target = await listenRaw((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'));
  const body = 'x'.repeat(60_000);
  expect(await probe.check(target.url, { http: { method: 'POST', body } })).toMatchObject({ outcome: 'up' });
});

test('a body brings its Content-Type, unless a header of the monitor names one', async () => {
  const target = await listenHttp((response) => response.end());
  const sent = async (http: Parameters<typeof probe.check>[1] & object) => {
    await probe.check(target.url, http);
    const { headers, body } = target.requests.at(-1) ?? {};
    return [headers?.['content-type'], body];
  };
  const post = { method: 'POST' } as const;
  const json = { ...post, bodyType: 'json', body: '{"a": 1}' } as const;
  expect(await sent({ http: json })).toEqual(['application/json', '{"a": 1}']);
  const own = { ...json, headers: { 'CONTENT-type': 'application/vnd.api+json' } };
  expect(await sent({ http: own })).toEqual(['application/vnd.api+json', '{"a": 1}']);
  expect(await sent({ http: { ...post, bodyType: 'form', body: 'a=1&b=%20x' } })).toEqual([
    'application/x-www-form-urlencoded',
    'a=1&b=%20x',
  ]);
  expect(await sent({ http: { ...post, bodyType: 'text', body: 'plain' } })).toEqual([undefined, 'plain']);
  expect(await sent({ http: { ...post, bodyType: 'json' } })).toEqual([undefined, '']);
});

test('a GraphQL query goes out with its variables, as JSON', async () => {
  const target = await listenHttp((response) => response.end());
  const query = 'query ($id: ID!) {\n  user(id: $id) { name(as: "full") }\n}';
  const http = { method: 'POST', bodyType: 'graphql', body: query } as const;
  await probe.check(target.url, { http: { ...http, graphqlVariables: '{"id": "ü-1"}' } });
  await probe.check(target.url, { http });
  const [first, second] = target.requests;
  expect(first?.headers['content-type']).toBe('application/json');
  expect(JSON.parse(first?.body ?? '')).toEqual({ query, variables: { id: 'ü-1' } });
  expect(JSON.parse(second?.body ?? '')).toEqual({ query });
});
