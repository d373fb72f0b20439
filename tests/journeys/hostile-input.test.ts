import { expect, test } from 'vitest';
import { appRouter } from '../../server/trpc/router.ts';
import { type ApiClient, type InputOf, type ProcedureName, refusalIn } from '../support/api-client.ts';
import { HOSTILE_TEXTS } from '../support/hostile-texts.ts';
import { openOrganization } from '../support/organization.ts';
import { INPUT_OF, type Things } from '../support/procedure-inputs.ts';
import { isAt, NAME, type Place, textAt, textPlacesOf, textsIn, withText } from '../support/text-places.ts';
import { openWorld, PASSWORD } from '../support/world.ts';

const world = await openWorld();
const { database, server } = world;
const { seats, thingsOf } = await openOrganization(world);
const things = thingsOf('owner');
// A flat record at run time, whatever its type says.
const procedures = appRouter._def.procedures as unknown as Record<
  ProcedureName,
  { _def: { inputs: readonly unknown[] } }
>;
const names = Object.keys(procedures) as ProcedureName[];

const PEM = '-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----';
const http: NonNullable<InputOf<'monitors.create'>['http']> = {
  method: 'POST',
  headers: { 'X-Team': 'web' },
  body: 'text',
  bodyType: 'text',
  ipVersion: 'either',
  httpVersion: 'auto',
};
const AUTHS: InputOf<'monitors.create'>['http'][] = [
  { ...http, auth: { type: 'basic', username: 'alice', password: 'secret' } },
  { ...http, auth: { type: 'digest', username: 'alice', password: 'secret' } },
  { ...http, auth: { type: 'bearer', token: 'secret' } },
  {
    ...http,
    auth: {
      type: 'oauth2',
      tokenUrl: 'https://example.com/token',
      clientId: 'statuswatch',
      clientSecret: 'secret',
      scope: 'read',
      clientAuthentication: 'basic',
    },
  },
  { ...http, bodyType: 'graphql', body: '{ me }', graphqlVariables: '{}' },
  { ...http, clientCertificate: { certificate: PEM, key: PEM.replaceAll('CERTIFICATE', 'PRIVATE KEY') } },
];
const assertions: InputOf<'monitors.create'>['assertions'] = [
  { subject: 'header', name: 'X-Team', comparator: 'equals', value: 'web' },
];

/** Inputs that hold every field there is, where the shortest one does not. The first of a procedure is taken as it is. */
const FULL: { [Name in ProcedureName]?: (about: Things) => InputOf<Name>[] } = {
  'auth.login': () => [{ email: 'nobody@nowhere.example', password: PASSWORD, tenantSlug: 'acme' }],
  'monitors.list': () => [
    { search: 'shop', state: 'up', tag: 'web', sort: 'name', direction: 'asc', cursor: 'none' },
  ],
  'monitors.create': () =>
    AUTHS.map((each) => ({
      ...{ name: 'New', kind: 'http', target: 'https://example.com/hostile', regions: ['local'] },
      ...{ tags: ['web'], assertions, http: each },
    })),
  'monitors.update': ({ monitorId }) =>
    AUTHS.map((each) => ({
      ...{ monitorId, name: 'Shop', target: 'https://example.com/hostile', regions: ['local'] },
      ...{ tags: ['web'], assertions, http: each },
    })),
  'monitors.try': ({ monitorId }) =>
    AUTHS.map((each) => ({
      ...{ monitorId, kind: 'http', target: 'https://example.com/hostile', region: 'nowhere' },
      ...{ timeoutMs: 500, assertions, http: each },
    })),
  'results.list': ({ monitorId }) => [
    { monitorId, from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z', outcome: 'up', cursor: 'none' },
  ],
  'stateChanges.list': ({ monitorId }) => [{ monitorId, cursor: 'none' }],
  'live.changes': () => [{ lastEventId: '1' }],
  'tenants.update': () => [{ name: 'Acme', slug: 'acme-hostile' }],
  'audit.list': ({ userId }) => [
    {
      ...{ action: 'monitor.created', actions: ['monitor.created'], actorId: userId, subject: 'shop' },
      ...{ group: 'monitors', actor: 'system' },
      ...{ from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z', cursor: 'none' },
    },
  ],
};

const inputsOf = (name: ProcedureName): unknown[] => FULL[name]?.(things) ?? [INPUT_OF[name](things)];
const placesOf = (name: ProcedureName) =>
  procedures[name]._def.inputs.flatMap((schema) => textPlacesOf(schema));

/** Where an answer, or a later one, shows what was sent under another name. */
const SHOWN: Record<string, (client: ApiClient, answer: unknown) => unknown> = {
  'auth.register organizationName': (_client, answer) => textAt(answer, ['tenant', 'name']),
  'auth.updateProfile name': async (client) => (await client.call('auth.me')).user.name,
  'tenants.update name': async (client) => (await client.call('auth.me')).tenant?.name,
  'tenants.update slug': async (client) => (await client.call('auth.me')).tenant?.slug,
};

/** Of these nothing is shown, or something that follows from them: a search, a secret, an address in its normal form. */
const NOT_SHOWN =
  /^(auth\.(login|requestPasswordReset|requestEmailChange)|monitors\.(list|try)|results\.|regions\.|stateChanges\.|audit\.|live\.)|target$|password|token|secret|\bhttp\.(headers|body|graphqlVariables)/i;

async function send(name: ProcedureName, input: unknown): Promise<{ status: number; text: string }> {
  await database.admin('delete from rate_limits'); // how often is another question
  return seats.owner.send(name, input);
}

test.each(names)('every field of %s is tried here', (name) => {
  const places = inputsOf(name).flatMap((input) => textsIn(input));
  const untried = placesOf(name).filter((pattern) => !places.some((place) => isAt(place, pattern)));
  expect(untried).toEqual([]);
});

/** Each field of each procedure, and the input that holds it. */
const fields = names
  .filter((name) => name !== 'live.changes')
  .flatMap((name) => {
    const patterns = placesOf(name);
    const found = new Map<string, { name: ProcedureName; input: unknown; place: Place }>();
    for (const input of inputsOf(name))
      for (const place of textsIn(input)) {
        const path = place.join('.');
        if (!found.has(path) && patterns.some((pattern) => isAt(place, pattern)))
          found.set(path, { name, input, place });
      }
    return [...found].map(([path, field]) => ({ path, ...field }));
  });

test.each(fields)(
  'hostile texts in $name at $path are refused there, or come back as they went',
  async ({ name, input, place }) => {
    for (const [what, text] of Object.entries(HOSTILE_TEXTS))
      await tryText(name, withText(input, place, text), { place, what, text });
  },
);

async function tryText(
  name: ProcedureName,
  input: unknown,
  { place, what, text }: { place: Place; what: string; text: string },
): Promise<void> {
  const said = await send(name, input);
  const where = [name, place.join('.'), what, said.text];
  expect([...where, said.status]).toEqual([...where, expect.toSatisfy((status: number) => status < 500)]);
  if (said.status >= 400) {
    const { message, data } = refusalIn({ ...said, headers: {} });
    expect([...where, message]).toEqual([...where, expect.stringMatching(/^[A-Z]/)]);
    if (data.reason === 'invalid_input')
      expect([...where, Object.keys(data.fields ?? {})]).not.toEqual([...where, []]);
    return;
  }
  const answer: unknown = JSON.parse(said.text).result.data;
  const key = `${name} ${place.filter((part) => part !== NAME).join('.')}`;
  if (!NOT_SHOWN.test(key)) {
    const shown = key in SHOWN ? await SHOWN[key]?.(seats.owner, answer) : textAt(answer, place);
    expect([...where, shown]).toEqual([...where, expect.toBeOneOf([text, text.trim()])]);
  }
  if (name === 'monitors.create')
    await seats.owner.call('monitors.remove', { monitorId: String(textAt(answer, ['id'])) });
}

test('a megabyte in any field is too large, and nothing is lost by it', async () => {
  const long = 'x'.repeat(1_048_576);
  for (const name of names) {
    const [input] = inputsOf(name);
    const [place] = textsIn(input).filter((each) => each.at(-1) !== NAME);
    if (place === undefined || name === 'live.changes') continue;
    const { status } = await send(name, withText(input, place, long));
    expect([name, status]).toEqual([name, expect.toBeOneOf([413, 414, 431])]);
  }
  expect((await seats.owner.call('auth.me')).role).toBe('owner');
  expect(server.takeErrors()).toEqual([]);
});
