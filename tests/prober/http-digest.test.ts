import { expect, test } from 'vitest';
import { digestAnswer, digestChallenge } from '../../prober/protocols/http/credentials/digest-answer.ts';
import { challengesOf } from '../../prober/protocols/http/credentials/digest-challenge.ts';
import { listenDigest } from '../support/digest-server.ts';
import { listenHttp } from '../support/listen.ts';
import { openProbe } from '../support/probe.ts';

const probe = await openProbe();
const mufasa = { username: 'Mufasa', password: 'Circle of Life' };
const asMufasa = { auth: { type: 'digest', ...mufasa } } as const;

const answerTo = (header: string, request: Parameters<typeof digestAnswer>[1]) => {
  const challenge = digestChallenge(challengesOf(header));
  return challenge === null ? null : digestAnswer(challenge, request);
};

test('the examples of RFC 7616 and RFC 2069 are answered as they say', () => {
  const one = {
    ...{ ...mufasa, method: 'GET', uri: '/dir/index.html', count: 1 },
    cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
  };
  const challenge = (algorithm: string) =>
    `Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=${algorithm}, ` +
    'nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"';
  expect(answerTo(challenge('MD5'), one)?.response).toBe('8ca523f5e9506fed4657c9700eebdbec');
  expect(answerTo(challenge('SHA-256'), one)?.response).toBe(
    '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1',
  );
  const unicode = {
    ...{ username: 'Jäsøn Doe', password: 'Secret, or not?', method: 'GET', uri: '/doe.json', count: 1 },
    cnonce: 'NTg6RKcb9boFIAS3KrFK9BGeh+niz/sm',
  };
  const hashed =
    'Digest realm="api@example.org", qop="auth", algorithm=SHA-512-256, ' +
    'nonce="5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK", ' +
    'opaque="HRPCssKJSGjCrkzDg8OhwpzCiGPChXYjwrI2QmXDnsOS", charset=UTF-8, userhash=true';
  const person = answerTo(hashed, unicode)?.authorization;
  expect(person).toContain('username="793263caabb707a56211940d90411ea4a575adeccb7e360aeb624ed06ece9b0b"');
  const old = {
    ...{ username: 'Mufasa', password: 'CircleOfLife', method: 'GET', uri: '/dir/index.html' },
    ...{ cnonce: 'ours', count: 1 },
  };
  expect(
    answerTo('Digest realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093"', old)?.response,
  ).toBe('1949323746fe6a43ef61f9606e7febea'); // RFC 2069, 2.4, with its erratum 749
});

const DEMANDS = [
  {},
  { qop: 'auth' },
  { algorithm: 'MD5-sess', qop: 'auth' },
  { algorithm: 'SHA-256', qop: 'auth-int,auth', opaque: 'as it came' },
  { algorithm: 'SHA-256' },
  { algorithm: 'SHA-256-sess', qop: 'auth' },
  { algorithm: 'SHA-512-256', qop: 'auth', userhash: true },
] as const;

for (const demand of DEMANDS) {
  test(`a Digest challenge is answered: ${JSON.stringify(demand)}`, async () => {
    const target = await listenDigest(demand);
    const { finding, exchange } = await probe.run(`${target.url}/dir?q="a"%20b`, { http: asMufasa });
    expect(finding).toMatchObject({ outcome: 'up', statusCode: 200 });
    expect(exchange.hops.map(({ statusCode }) => statusCode)).toEqual([401, 200]); // both are hops of the check
    expect(target.requests[0]?.headers.authorization).toBeUndefined();
  });
}

test('method and body go out again with the answer', async () => {
  const target = await listenDigest({ qop: 'auth' });
  const http = { ...asMufasa, method: 'POST', body: 'data' } as const;
  expect(await probe.check(target.url, { http })).toMatchObject({ outcome: 'up' });
  expect(target.requests.map(({ method, body }) => [method, body])).toEqual([
    ['POST', 'data'],
    ['POST', 'data'],
  ]);
});

test('names and passwords in any script are understood, as the target says', async () => {
  const person = { username: 'Jäsøn Ωμέγα', password: 'пароль, "or" not\\?' };
  const http = { auth: { type: 'digest', ...person } } as const;
  for (const demand of [{ qop: 'auth', charset: 'UTF-8' }, { qop: 'auth' }]) {
    const target = await listenDigest({ ...demand, person });
    expect(await probe.check(target.url, { http }), JSON.stringify(demand)).toMatchObject({ outcome: 'up' });
  }
});

test('a wrong password is asked about once, and is a 401', async () => {
  const target = await listenDigest({ qop: 'auth' });
  const http = { auth: { type: 'digest', username: 'Mufasa', password: 'wrong' } } as const;
  expect(await probe.check(target.url, { http })).toMatchObject({ outcome: 'down', statusCode: 401 });
  expect(target.requests).toHaveLength(2);
});

test('a nonce that has grown old is replaced, once', async () => {
  const once = await listenDigest({ qop: 'auth', isStale: (_request, count) => count === 2 });
  expect(await probe.check(once.url, { http: asMufasa })).toMatchObject({ outcome: 'up' });
  expect(once.requests).toHaveLength(3);
  const always = await listenDigest({ qop: 'auth', isStale: () => true });
  expect(await probe.check(always.url, { http: asMufasa })).toMatchObject({
    outcome: 'down',
    statusCode: 401,
  });
  expect(always.requests).toHaveLength(3);
});

test('along redirects within the target the answer goes with each request, counted on', async () => {
  const target = await listenHttp((response, { url, headers }) => {
    if (headers.authorization === undefined) {
      response.writeHead(401, { 'www-authenticate': 'Digest realm="r", nonce="n", qop="auth"' }).end();
    } else if (url === '/start') response.writeHead(302, { location: '/end' }).end();
    else response.end();
  });
  expect(await probe.check(`${target.url}/start`, { http: asMufasa })).toMatchObject({ outcome: 'up' });
  expect(target.requests.map(({ url }) => url)).toEqual(['/start', '/start', '/end']);
  expect(target.requests[1]?.headers.authorization).toContain('nc=00000001');
  expect(target.requests[2]?.headers.authorization).toContain('nc=00000002');
});

test('a challenge is found among others, and nothing but Digest is answered', async () => {
  const lines = 'Negotiate, Basic realm="a, Digest realm=\\"b\\"", Digest realm="r" ,nonce=n , qop=auth';
  expect(challengesOf(lines).map(({ scheme }) => scheme)).toEqual(['negotiate', 'basic', 'digest']);
  for (const header of [
    'Basic realm="a"',
    'Bearer realm="a"',
    'Digest realm="r"', // no nonce
    'Digest realm="r", nonce="n", algorithm=SHA-1',
    'Digest realm="r", nonce="n", qop="auth-int"',
    'Digest realm="r, nonce=n',
    ',,, =',
  ]) {
    const target = await listenHttp((response) =>
      response.writeHead(401, { 'www-authenticate': header }).end(),
    );
    expect(await probe.check(target.url, { http: asMufasa }), header).toMatchObject({ statusCode: 401 });
    expect(target.requests, header).toHaveLength(1);
  }
});

test('a monitor that says who it is in another way, or not at all, answers no challenge', async () => {
  const target = await listenDigest({ qop: 'auth' });
  await probe.check(target.url);
  await probe.check(target.url, { http: { auth: { type: 'basic', ...mufasa } } });
  expect(target.requests).toHaveLength(2);
});

test('a challenge of another origin is not answered', async () => {
  const other = await listenDigest({ qop: 'auth' });
  const target = await listenHttp((response) => response.writeHead(302, { location: other.url }).end());
  expect(await probe.check(target.url, { http: asMufasa })).toMatchObject({ statusCode: 401 });
  expect(other.requests).toHaveLength(1);
});

test('a challenge that is made to take long to read does not', () => {
  for (const hostile of [
    ' '.repeat(16_000),
    ','.repeat(16_000),
    `a="${'\\'.repeat(16_000)}`,
    'a='.repeat(8000),
  ]) {
    expect(digestChallenge(challengesOf(hostile))).toBeNull();
    expect(digestChallenge(challengesOf(`Digest ${hostile}`))).toBeNull();
  }
});
