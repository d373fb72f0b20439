import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { createMonitorInput } from '../../../../../shared/monitoring/monitor-input.ts';
import { firstProblems } from './first-problems.ts';
import { formBodyOf, formLinesOf, type HttpFormInput, httpFormSchema } from './http-form-schema.ts';
import { newMonitorValues } from './monitor-form-values.ts';

const plain = newMonitorValues([]).http;

function problems(http: HttpFormInput): Record<string, string> {
  const judged = v.safeParse(httpFormSchema, http);
  return firstProblems(judged.issues ?? []);
}

const auth = (fields: Partial<HttpFormInput['auth']>): HttpFormInput => ({
  ...plain,
  auth: { ...plain.auth, ...fields },
});

describe('only what belongs to the chosen way of authentication is sent', () => {
  const filled = auth({
    username: 'ann',
    password: 'p',
    token: 't',
    tokenUrl: 'id.example.com/token',
    clientId: 'c',
    clientSecret: 's',
    scope: 'read',
    clientAuthentication: 'body',
  });
  test.each([
    ['none', { type: 'none' }],
    ['basic', { type: 'basic', username: 'ann', password: 'p' }],
    ['digest', { type: 'digest', username: 'ann', password: 'p' }],
    ['bearer', { type: 'bearer', token: 't' }],
    [
      'oauth2',
      {
        type: 'oauth2',
        tokenUrl: 'https://id.example.com/token',
        clientId: 'c',
        clientSecret: 's',
        scope: 'read',
        clientAuthentication: 'body',
      },
    ],
  ] as const)('%s', (type, sent) => {
    const { http } = { http: v.parse(httpFormSchema, { ...filled, auth: { ...filled.auth, type } }) };
    expect(http.auth).toEqual(sent);
    v.parse(createMonitorInput, { name: 'a', kind: 'http', target: 'https://example.com', http });
  });
});

test('a secret that is kept is sent as null', () => {
  expect(v.parse(httpFormSchema, auth({ type: 'basic', username: 'ann', password: null })).auth).toEqual({
    type: 'basic',
    username: 'ann',
    password: null,
  });
});

describe('a body is sent in the shape that its type asks for', () => {
  const sent = (fields: Partial<HttpFormInput>) => {
    const { body, bodyType, graphqlVariables } = v.parse(httpFormSchema, { ...plain, ...fields });
    return { body, bodyType, graphqlVariables };
  };
  const formLines = [
    { name: 'q', value: 'a b&c' },
    { name: '', value: 'nothing' },
    { name: 'q', value: 'ü' },
  ];

  test('none, whatever was typed before', () => {
    const nothing = { body: null, bodyType: 'text', graphqlVariables: null };
    expect(sent({ bodyType: 'none', body: 'typed', formLines })).toEqual(nothing);
  });

  test('a form, its fields encoded and in order', () => {
    expect(sent({ bodyType: 'form', body: 'typed', formLines }).body).toBe('q=a+b%26c&q=%C3%BC');
    expect(formLinesOf('q=a%20b%26c&q=%C3%BC&e=')).toEqual([
      { name: 'q', value: 'a b&c' },
      { name: 'q', value: 'ü' },
      { name: 'e', value: '' },
    ]);
    expect(formBodyOf(formLinesOf('q=a%20b'))).toBe('q=a+b');
  });

  test('GraphQL, with its variables, which nothing else has', () => {
    const written = { body: '{ health }', graphqlVariables: '{"id": 1}' };
    expect(sent({ bodyType: 'graphql', ...written })).toEqual({ bodyType: 'graphql', ...written });
    expect(sent({ bodyType: 'text', ...written }).graphqlVariables).toBeNull();
    expect(sent({ bodyType: 'graphql', ...written, graphqlVariables: ' ' }).graphqlVariables).toBeNull();
  });

  test('what was typed before another type was chosen is not judged', () => {
    const typed = { body: '{a: 1}', graphqlVariables: '[1]' };
    for (const bodyType of ['none', 'text', 'form'] as const) {
      expect(problems({ ...plain, ...typed, bodyType })).toEqual({});
    }
    expect(problems({ ...plain, ...typed, bodyType: 'json', body: '{}' })).toEqual({});
  });
});

test('a client certificate whose fields are empty is none', () => {
  expect(v.parse(httpFormSchema, plain).clientCertificate).toBeNull();
});

test.each<[string, HttpFormInput, Record<string, string>]>([
  ['no password', auth({ type: 'basic', username: 'ann' }), { 'auth.password': 'Give a password.' }],
  [
    'a colon in a user name',
    auth({ type: 'basic', username: 'a:b', password: 'p' }),
    { 'auth.username': expect.stringContaining('no colon') },
  ],
  [
    'a token address that is none',
    auth({ type: 'oauth2', tokenUrl: 'ftp://x', clientId: 'c', clientSecret: 's' }),
    { 'auth.tokenUrl': expect.stringContaining('begins with https://') },
  ],
  [
    'a certificate without its key',
    { ...plain, clientCertificate: { certificate: '-----BEGIN CERTIFICATE-----', key: '' } },
    { 'clientCertificate.key': 'Paste the private key as PEM.' },
  ],
  [
    'a key without its certificate',
    { ...plain, clientCertificate: { certificate: '', key: '-----BEGIN PRIVATE KEY-----' } },
    { 'clientCertificate.certificate': 'Paste the certificate as PEM.' },
  ],
  [
    'JSON that is none',
    { ...plain, bodyType: 'json', body: "{'a': 1}" },
    { body: expect.stringContaining('not JSON') },
  ],
  [
    'JSON that was not typed yet',
    { ...plain, bodyType: 'json', body: '' },
    { body: expect.stringContaining('not JSON') },
  ],
  [
    'no query',
    { ...plain, bodyType: 'graphql', body: ' ' },
    { body: 'Write the query, such as { health }.' },
  ],
  [
    'variables that are a list',
    { ...plain, bodyType: 'graphql', body: '{ a }', graphqlVariables: '[1]' },
    { graphqlVariables: 'Variables are a JSON object, such as {"id": 1}.' },
  ],
  [
    'a header twice',
    {
      ...plain,
      headers: [
        { name: 'X-A', value: '1' },
        { name: 'x-a', value: '2' },
      ],
    },
    { 'headers.1.name': 'This header is set above already.' },
  ],
])('%s is said at its field', (_case, http, expected) => {
  expect(problems(http)).toEqual(expected);
});
