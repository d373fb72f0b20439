import type { HttpSecrets } from '../../shared/checks/http-secrets.ts';
import type { HttpSettings } from '../../shared/checks/http-spec-input.ts';
import type { Monitor } from '../../shared/monitoring/monitor.ts';
import { createCertificateAuthority, type ServerCertificate } from './certificates.ts';
import { openWorld, type Persona, type World } from './world.ts';

export type SecretiveWorld = World & {
  /** Looks on in "Acme". */
  victor: Persona;
  /** Every secret has a word of its own, so that one that is found says where it comes from. */
  secrets: { header: string; password: string; body: string; variables: string; key: string };
  /** A certificate to show to targets, and one whose key is another. */
  shown: ServerCertificate;
  other: ServerCertificate;
  /** An address of its own at Acme's own server. */
  freshTarget: () => string;
  /** Settings with a secret wherever there can be one. */
  whole: () => Partial<HttpSettings>;
  create: (http: Partial<HttpSettings>, target?: string) => Promise<Monitor>;
  /** What stands in a monitor's row, and the secrets in it opened. */
  stored: (monitorId: string) => Promise<StoredRow>;
};

type StoredRow = { sealed: Buffer; sealed_with: string | null; http: unknown; secrets: HttpSecrets };

/** The world, with Acme on the Pro plan, someone who only looks on, and monitors full of secrets. */
export async function openSecretiveWorld(
  options: Parameters<typeof openWorld>[0] = {},
): Promise<SecretiveWorld> {
  const world = await openWorld(options);
  const { alice, database, server } = world;
  await world.setPlan(alice.tenant, 'pro');
  const authority = await createCertificateAuthority();
  const shown = await authority.issue({ names: ['client.example'] });
  const secrets = {
    header: 'hush-header-4711',
    password: 'hush-password-4712',
    body: 'hush-body-4713',
    variables: '{"pin":"hush-pin-4714"}',
    key: shown.key,
  };
  let targets = 0;
  const freshTarget = () => `https://acme.example.com/secrets-${++targets}`;
  return {
    ...world,
    victor: await world.addMember(alice.tenant, 'viewer', 'victor@acme.example'),
    secrets,
    shown,
    other: await authority.issue({ names: ['other.example'] }),
    freshTarget,
    whole: () => ({
      method: 'POST',
      headers: { 'X-Api-Key': secrets.header, Accept: 'text/html' },
      body: secrets.body,
      bodyType: 'graphql',
      graphqlVariables: secrets.variables,
      auth: { type: 'basic', username: 'robot', password: secrets.password },
      clientCertificate: { certificate: shown.cert, key: secrets.key },
    }),
    create: (http, target = freshTarget()) =>
      alice.call('monitors.create', { name: 'Secretive', kind: 'http', target, http }),
    async stored(monitorId) {
      const [row] = await database.admin<Omit<StoredRow, 'secrets'>>(
        'select sealed, sealed_with, http from monitors where id = $1',
        [monitorId],
      );
      if (row === undefined) throw new Error('There is no such monitor.');
      const tenant = server.services.tenant(alice.tenant.id);
      return { ...row, secrets: tenant.secrets.open(monitorId, row.sealed) };
    },
  };
}
