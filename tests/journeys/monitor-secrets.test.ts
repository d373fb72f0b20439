import { expect, test } from 'vitest';
import { openSecretiveWorld } from '../support/secretive-world.ts';

const world = await openSecretiveWorld();
const { alice, bob, victor, database, secrets, shown, other, freshTarget, whole, create, stored } = world;

test('secrets go in and never come out; the body is for those who may edit', async () => {
  const made = await create(whole());
  const answered = {
    method: 'POST',
    headers: { 'X-Api-Key': null, Accept: 'text/html' },
    body: secrets.body,
    graphqlVariables: secrets.variables,
    auth: { type: 'basic', username: 'robot', password: null },
    clientCertificate: { certificate: shown.cert.trim(), key: null },
  };
  expect(made.http).toMatchObject({
    ...answered,
    clientCertificate: { key: null, certificate: expect.stringContaining('BEGIN CERTIFICATE') },
  });
  const seenBy = (who: typeof alice) => who.call('monitors.get', { monitorId: made.id });
  expect((await seenBy(bob)).http).toEqual(made.http);
  expect((await seenBy(victor)).http).toEqual({ ...made.http, body: null, graphqlVariables: null });
  const { items } = await victor.call('monitors.list', { search: made.target });
  expect(items[0]?.http).toEqual({ ...made.http, body: null, graphqlVariables: null });

  const row = await stored(made.id);
  expect(row.secrets).toEqual({
    headers: { 'X-Api-Key': secrets.header },
    body: secrets.body,
    graphqlVariables: secrets.variables,
    auth: secrets.password,
    clientKey: secrets.key,
  });
  expect(JSON.stringify(row.http)).not.toContain('hush');
});

test('a monitor without secrets has nothing sealed', async () => {
  const made = await create({ headers: { Accept: 'text/html' } });
  expect(await stored(made.id)).toMatchObject({ sealed: null, sealed_with: null });
});

test('null keeps a secret that is stored, and a change of another leaves it', async () => {
  const made = await create(whole());
  const changed = await bob.call('monitors.update', {
    monitorId: made.id,
    http: {
      ...made.http,
      headers: { 'x-api-key': null, 'X-Token': 'hush-other' },
      auth: { type: 'basic', username: 'robot2', password: null },
    },
  });
  expect(changed.http).toMatchObject({
    headers: { 'x-api-key': null, 'X-Token': null },
    auth: { username: 'robot2', password: null },
  });
  expect((await stored(made.id)).secrets).toMatchObject({
    headers: { 'x-api-key': secrets.header, 'X-Token': 'hush-other' },
    auth: secrets.password,
    clientKey: secrets.key,
    body: secrets.body,
  });
});

test('saving what was answered changes nothing, and has nothing checked anew', async () => {
  const made = await create(whole());
  await database.admin('delete from check_schedule where monitor_id = $1', [made.id]);
  const before = await stored(made.id);
  await bob.call('monitors.update', { monitorId: made.id, name: 'Renamed', http: made.http });
  expect(await stored(made.id)).toEqual(before);
  const due = await database.admin('select from check_schedule where monitor_id = $1', [made.id]);
  expect(due).toEqual([]);
});

test('null where nothing is stored is refused at its field', async () => {
  const refusal = await alice.refused('monitors.create', {
    name: 'Empty',
    kind: 'http',
    target: freshTarget(),
    http: {
      headers: { Authorization: null, Accept: null },
      auth: { type: 'digest', username: 'robot', password: null },
      clientCertificate: { certificate: shown.cert, key: null },
    },
  });
  expect(refusal.data).toMatchObject({
    reason: 'invalid_input',
    fields: {
      'http.headers.Authorization': 'Give a value.',
      'http.headers.Accept': 'Give a value.',
      'http.auth.password': 'Give a password.',
      'http.clientCertificate.key': 'Paste the private key as PEM.',
    },
  });
  const made = await create({ auth: { type: 'basic', username: 'robot', password: secrets.password } });
  for (const [auth, field, sentence] of [
    [{ type: 'bearer', token: null }, 'http.auth.token', 'Give a token.'],
    [{ type: 'digest', username: 'robot', password: null }, 'http.auth.password', 'Give a password.'],
    [
      { type: 'oauth2', tokenUrl: 'https://acme.example.com/token', clientId: 'robot', clientSecret: null },
      'http.auth.clientSecret',
      'Give the client secret.',
    ],
  ] as const) {
    const changed = await bob.refused('monitors.update', { monitorId: made.id, http: { auth } });
    expect(changed.data.fields).toEqual({ [field]: sentence });
  }
});

test('a body that is not what it says it is is refused at its field', async () => {
  for (const [http, field] of [
    [{ body: '{"a":', bodyType: 'json' }, 'http.body'],
    [{ body: 'a b', bodyType: 'form' }, 'http.body'],
    [{ body: null, bodyType: 'graphql' }, 'http.body'],
    [{ body: '{ health }', bodyType: 'graphql', graphqlVariables: '[]' }, 'http.graphqlVariables'],
    [{ body: 'a=b', graphqlVariables: '{}' }, 'http.graphqlVariables'],
  ] as const) {
    const draft = { kind: 'http', target: freshTarget(), http: { method: 'POST', ...http } };
    for (const refusal of [
      await alice.refused('monitors.create', { name: 'Body', ...draft }),
      await alice.refused('monitors.try', draft),
    ]) {
      expect(refusal.data).toMatchObject({ reason: 'invalid_input' });
      expect(Object.keys(refusal.data.fields ?? {})).toEqual([field]);
    }
  }
  // What is already there counts too: JSON does not become a form by being called one.
  const made = await create({ method: 'POST', body: '{"a": 1}', bodyType: 'json' });
  const renamed = await bob.refused('monitors.update', { monitorId: made.id, http: { bodyType: 'form' } });
  expect(Object.keys(renamed.data.fields ?? {})).toEqual(['http.body']);
});

test('secrets do not go along to another server: they have to be given again', async () => {
  const made = await create(whole());
  const before = await stored(made.id);
  const moved = 'The address leads to another server now: give this again.';
  const fields = {
    'http.headers.X-Api-Key': moved,
    'http.auth.password': moved,
    'http.clientCertificate.key': moved,
  };
  for (const target of [
    'https://bobs-own.example.net/secrets',
    'http://acme.example.com/secrets',
    'https://acme.example.com:8443/secrets',
  ]) {
    for (const http of [undefined, made.http]) {
      const refusal = await bob.refused('monitors.update', { monitorId: made.id, target, http });
      expect(refusal.data).toMatchObject({ reason: 'invalid_input', fields });
    }
  }
  expect(await stored(made.id)).toEqual(before);

  const here = await bob.call('monitors.update', { monitorId: made.id, target: freshTarget() });
  expect(await stored(here.id)).toEqual(before);
  const there = await bob.call('monitors.update', {
    monitorId: made.id,
    target: 'https://elsewhere.example.org/',
    http: { headers: { 'X-Api-Key': 'hush-new' }, auth: { type: 'none' }, clientCertificate: null },
  });
  expect(there.http.body).toBe(secrets.body);
  expect((await stored(made.id)).secrets).toEqual({
    headers: { 'X-Api-Key': 'hush-new' },
    body: secrets.body,
    graphqlVariables: secrets.variables,
    auth: null,
    clientKey: null,
  });
});

test('the token endpoint is judged as a target is, and another one does not get the client secret', async () => {
  const auth = (tokenUrl: string, clientSecret: string | null) => ({
    type: 'oauth2' as const,
    tokenUrl,
    clientId: 'robot',
    clientSecret,
    scope: '',
    clientAuthentication: 'body' as const,
  });
  for (const [tokenUrl, reason] of [
    ['http://169.254.169.254/token', 'target_not_allowed'],
    ['https://localhost/token', 'target_not_allowed'],
    ['ftp://acme.example/token', 'invalid_input'],
  ]) {
    const input = {
      name: 'T',
      kind: 'http',
      target: freshTarget(),
      http: { auth: auth(tokenUrl ?? '', 's') },
    };
    expect((await alice.refused('monitors.create', input)).data).toMatchObject({
      reason,
      fields: { 'http.auth.tokenUrl': expect.any(String) },
    });
  }
  const made = await create({ auth: auth('https://Login.acme.example.com', secrets.password) });
  expect(made.http.auth).toEqual(auth('https://login.acme.example.com/', null));
  const same = { monitorId: made.id, http: { auth: auth('https://login.acme.example.com/other', null) } };
  expect((await bob.call('monitors.update', same)).http.auth).toMatchObject({ clientSecret: null });
  const elsewhere = { monitorId: made.id, http: { auth: auth('https://bobs-own.example.net/', null) } };
  expect((await bob.refused('monitors.update', elsewhere)).data.fields).toEqual({
    'http.auth.clientSecret': 'The token endpoint is on another server now: give this again.',
  });
});

test('a client names itself in the header unless it is to do so in the body, and can be changed without its secret', async () => {
  const client = { type: 'oauth2', tokenUrl: 'https://acme.example.com/token', clientId: 'robot' } as const;
  const made = await alice.call('monitors.create', {
    name: 'Named',
    kind: 'http',
    target: freshTarget(),
    http: { auth: { ...client, clientSecret: secrets.password } },
  });
  expect(made.http.auth).toMatchObject({ clientSecret: null, clientAuthentication: 'basic' });
  const change = <Way extends string>(clientAuthentication: Way) => ({
    monitorId: made.id,
    http: { auth: { ...client, clientSecret: null, clientAuthentication } },
  });
  const changed = await bob.call('monitors.update', change('body'));
  expect(changed.http.auth).toMatchObject({ clientSecret: null, clientAuthentication: 'body' });
  const { http, secrets: kept } = await stored(made.id);
  expect(http).toMatchObject({ auth: { clientAuthentication: 'body', clientSecret: null } });
  expect(kept).toMatchObject({ auth: secrets.password });
  expect((await bob.refused('monitors.update', change('header'))).data.fields).toEqual({
    'http.auth.clientAuthentication': 'Use one of basic, body.',
  });
});

test('a client certificate whose key is not its own, or cannot be read, is refused at its field', async () => {
  const encrypted = '-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----';
  const broken = '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----';
  for (const [certificate, key, field, sentence] of [
    [shown.cert, other.key, 'key', 'This private key does not belong to the certificate.'],
    [shown.cert, broken, 'key', 'This private key cannot be read: paste all of it, as PEM.'],
    [shown.cert, encrypted, 'key', 'This private key is encrypted: paste it without its passphrase.'],
    [
      '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----',
      shown.key,
      'certificate',
      'This certificate cannot be read: paste all of it, as PEM.',
    ],
  ] as const) {
    const refusal = await alice.refused('monitors.create', {
      name: 'Certified',
      kind: 'http',
      target: freshTarget(),
      http: { clientCertificate: { certificate, key } },
    });
    expect(refusal.data.fields).toEqual({ [`http.clientCertificate.${field}`]: sentence });
  }
  const made = await create(whole());
  const swapped = await bob.refused('monitors.update', {
    monitorId: made.id,
    http: { clientCertificate: { certificate: other.cert, key: null } },
  });
  expect(swapped.data.fields).toEqual({
    'http.clientCertificate.key': 'This private key does not belong to the certificate.',
  });
});
