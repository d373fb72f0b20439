import { expect, test } from 'vitest';
import { openEventStream } from '../support/event-stream.ts';
import { openSecretiveWorld } from '../support/secretive-world.ts';

const world = await openSecretiveWorld();
const { alice, bob, victor, database, server, secrets, whole, create, stored } = world;

test('a copy has the secrets too, sealed for itself', async () => {
  const made = await create(whole());
  const copy = await bob.call('monitors.duplicate', { monitorId: made.id });
  expect(copy.http).toEqual(made.http);
  const [original, copied] = [await stored(made.id), await stored(copy.id)];
  expect(copied.secrets).toEqual(original.secrets);
  // What was sealed for one row opens in no other.
  const acme = server.services.tenant(alice.tenant.id);
  expect(() => acme.secrets.open(copy.id, original.sealed)).toThrow('damaged, or belongs elsewhere');
});

test('what was stored in the open, before there were seals, is answered as secretly', async () => {
  const made = await create({});
  await database.admin(`update monitors set http = http || $2 where id = $1`, [
    made.id,
    { headers: { Authorization: 'hush-old' }, body: 'hush-old-body', auth: undefined },
  ]);
  const seen = await bob.call('monitors.get', { monitorId: made.id });
  expect(seen.http).toMatchObject({ headers: { Authorization: null }, body: 'hush-old-body' });
  expect((await victor.call('monitors.get', { monitorId: made.id })).http.body).toBeNull();
  const elsewhere = await bob.refused('monitors.update', {
    monitorId: made.id,
    target: 'https://b.example.net/',
  });
  expect(elsewhere.data.fields).toHaveProperty(['http.headers.Authorization']);
  await bob.call('monitors.update', { monitorId: made.id, http: { followRedirects: false } });
  const row = await stored(made.id);
  expect(row.secrets).toMatchObject({ headers: { Authorization: 'hush-old' }, body: 'hush-old-body' });
  expect(JSON.stringify(row.http)).not.toContain('hush');
});

test('with its key gone a monitor is still shown, renamed, and given new secrets, but not copied', async () => {
  const made = await create(whole());
  await database.admin(
    `update monitors set sealed = set_byte(sealed, 1, get_byte(sealed, 1) # 1) where id = $1`,
    [made.id],
  );
  const seen = await bob.call('monitors.get', { monitorId: made.id });
  expect(seen.http).toMatchObject({ headers: { 'X-Api-Key': null }, body: null, auth: { password: null } });
  await bob.call('monitors.update', { monitorId: made.id, name: 'Still here' });
  const kept = await bob.refused('monitors.update', { monitorId: made.id, http: seen.http });
  expect(kept.data.fields).toEqual({
    'http.headers.X-Api-Key': 'Give a value.',
    'http.auth.password': 'Give a password.',
    'http.clientCertificate.key': 'Paste the private key as PEM.',
  });
  const copied = await bob.refused('monitors.duplicate', { monitorId: made.id });
  expect(copied.data.reason).toBe('conflict');
  await bob.call('monitors.update', { monitorId: made.id, http: whole() });
  expect((await stored(made.id)).secrets.auth).toBe(secrets.password);
});

test('no answer, no live event, no table and no job holds a secret', async () => {
  const stream = await openEventStream(victor);
  const made = await create({ ...whole(), auth: { type: 'bearer', token: 'hush-token-4715' } });
  const { id: monitorId } = made;
  const texts: string[] = [JSON.stringify(made.http.auth)];
  const say = async (who: typeof alice, ...[name, input]: Parameters<typeof alice.send>) =>
    texts.push((await who.send(name, input)).text);
  for (const name of [
    ...(['monitors.get', 'monitors.checkNow', 'monitors.pause', 'monitors.resume'] as const),
    ...(['monitors.duplicate', 'results.list', 'uptime.days'] as const),
  ]) {
    await say(victor, name, { monitorId });
  }
  await say(victor, 'monitors.list');
  await say(victor, 'monitors.summary');
  await stream.hears((change) => change.type === 'monitor' && change.monitor.id === monitorId);
  texts.push(JSON.stringify(stream.events));
  expect(texts.join('\n')).not.toContain('hush');
  expect(texts.join('\n')).not.toContain('BEGIN PRIVATE KEY');

  // Bob may edit, and sees bodies; and nothing else.
  const bobs: string[] = [];
  for (const name of ['monitors.get', 'monitors.checkNow', 'monitors.duplicate'] as const)
    bobs.push((await bob.send(name, { monitorId })).text);
  bobs.push((await bob.send('monitors.update', { monitorId, tags: ['a'], http: made.http })).text);
  const seen = bobs.join('\n').replaceAll(secrets.body, '').replaceAll('hush-pin-4714', '');
  expect(bobs.every((text) => text.includes(secrets.body))).toBe(true);
  expect(seen).not.toContain('hush');
  expect(seen).not.toContain('BEGIN PRIVATE KEY');

  const tables = await database.admin<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'pgboss', 'drizzle')`,
  );
  expect(tables.length).toBeGreaterThan(20);
  let monitorsText = '';
  for (const { name } of tables) {
    const rows = await database.admin<{ text: string }>(`select t::text as text from ${name} t`);
    const text = rows.map((row) => row.text).join('\n');
    if (name === 'public.monitors') monitorsText = text;
    // As it would stand there, and as a `bytea` shows it.
    for (const secret of ['hush', 'BEGIN PRIVATE KEY']) {
      expect(text, name).not.toContain(secret);
      expect(text, name).not.toContain(Buffer.from(secret).toString('hex'));
    }
  }
  expect(monitorsText).toContain('Secretive'); // the walk does read what is there
  expect(server.logLines.map((line) => JSON.stringify(line)).join('\n')).not.toContain('hush');
});
