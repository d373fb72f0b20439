import { expect, test } from 'vitest';
import type { HttpAuth } from './http-auth-input.ts';
import { concealHttp, hasSecrets, isSecretHeader, NO_SECRETS, revealHttp } from './http-secrets.ts';
import { type HttpSpec, PLAIN_HTTP } from './http-spec-input.ts';

const AUTHS: HttpAuth[] = [
  { type: 'none' },
  { type: 'basic', username: 'robot', password: 'hush-password' },
  { type: 'digest', username: 'robot', password: 'hush-password' },
  { type: 'bearer', token: 'hush-token' },
  {
    type: 'oauth2',
    tokenUrl: 'https://example.com/token',
    clientId: 'robot',
    clientSecret: 'hush-secret',
    scope: 'read',
    clientAuthentication: 'body',
  },
];

const specWith = (auth: HttpAuth): HttpSpec => ({
  ...PLAIN_HTTP,
  headers: { Authorization: 'hush-header', 'X-Api-Key': '', Accept: 'text/html' },
  body: 'hush-body',
  bodyType: 'graphql',
  graphqlVariables: '{"pin":"hush-pin"}',
  auth,
  clientCertificate: { certificate: 'shown to everyone', key: 'hush-key' },
});

test.each(AUTHS)(
  'nothing secret is left in the settings, and with the secrets they are whole again: $type',
  (auth) => {
    const spec = specWith(auth);
    const { settings, secrets } = concealHttp(spec);
    expect(JSON.stringify(settings)).not.toContain('hush');
    expect(settings.headers).toEqual({ Authorization: null, 'X-Api-Key': null, Accept: 'text/html' });
    expect(revealHttp(settings, secrets)).toEqual(spec);
  },
);

test('a client that was stored before it could name itself in the body does so in the header', () => {
  const auth = {
    type: 'oauth2',
    tokenUrl: 'https://example.com/token',
    clientId: 'robot',
    clientSecret: null,
    scope: '',
  } as const;
  const revealed = revealHttp({ ...PLAIN_HTTP, auth }, { ...NO_SECRETS, auth: 'hush-secret' });
  expect(revealed.auth).toEqual({ ...auth, clientSecret: 'hush-secret', clientAuthentication: 'basic' });
});

test('a plain request has no secrets, and each kind of secret counts as one', () => {
  expect(hasSecrets(concealHttp(PLAIN_HTTP).secrets)).toBe(false);
  for (const some of [
    { headers: { Cookie: '' } },
    { body: '' },
    { graphqlVariables: '{}' },
    { auth: 'x' },
    { clientKey: 'x' },
  ]) {
    expect(hasSecrets({ ...NO_SECRETS, ...some })).toBe(true);
  }
});

test.each([
  ['Authorization', true],
  ['COOKIE', true],
  ['Proxy-Authorization', true],
  ['X-Api-Key', true],
  ['X-CSRF-Token', true],
  ['X-Amz-Signature', true],
  ['X-Session', true],
  ['Accept', false],
  ['Content-Type', false],
  ['User-Agent', false],
  ['X-Cookie-Banner', false],
])('%s is secret: %s', (name, secret) => {
  expect(isSecretHeader(name)).toBe(secret);
});
