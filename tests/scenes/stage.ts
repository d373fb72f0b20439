import type pg from 'pg';
import { DEMO_SERVICES } from '../../deploy/one-box/demo/services.ts';
import type { TenantName } from '../../shared/tenancy/identity.ts';
import { ApiClient } from '../support/api-client.ts';
import { type FilledMonitor, fillMonitors } from '../support/fill.ts';
import { addInvitations, addPeople, CROWD, TEAM } from './stage-members.ts';

const PASSWORD = 'Correct-Horse-7-Battery';

type Person = ApiClient & { email: string };

/** Everyone who looks at a screen. */
export type Cast = {
  /** Of the demo: every state, thirty days. */
  owner: ApiClient;
  viewer: ApiClient;
  /** Of organizations on Free with nothing, one monitor, and all three. */
  newcomer: ApiClient;
  starter: ApiClient;
  full: ApiClient;
  /** Has 128 monitors, with long names and addresses among them. */
  collector: ApiClient;
  /** Belongs to no organization any more. */
  outcast: ApiClient;
  /** Signs in to two organizations. */
  both: { email: string; password: string };
  /** The demo's monitors by name. */
  monitors: Record<string, string>;
  /** An address that the prober may check. */
  servicesUrl: string;
};

/** Makes the people and organizations that the demo lacks. */
export async function fillStage(
  origin: string,
  login: ApiClient & { email: string; password: string },
  client: pg.Client,
  servicesUrl: string,
): Promise<Cast> {
  const admin = async <Row extends pg.QueryResultRow>(sql: string, values?: unknown[]) =>
    (await client.query<Row>(sql, values)).rows;
  const register = async (organizationName: string, email: string) => {
    const person = Object.assign(new ApiClient(origin), { email });
    const input = { organizationName, email, password: PASSWORD, passwordConfirmation: PASSWORD };
    const { tenant } = await person.call('auth.register', input);
    await person.call('auth.login', { email, password: PASSWORD, tenantSlug: tenant.slug });
    return { person, tenant };
  };
  const watch = (person: Person, name: string, path: string) =>
    person.call('monitors.create', { name, kind: 'http', target: `${servicesUrl}${path}` });

  await login.call('auth.login', { email: login.email, password: login.password });
  const me = await login.call('auth.me');
  if (me.tenant === null) throw new Error('The demo has no organization.');

  const newcomer = await register('Rosalind’s Bakery', 'rosalind@bakery.example');
  const starter = await register('Lumen Studio', 'ada@lumen.example');
  await watch(starter.person, 'lumen.studio', '/www');
  const full = await register('Fjord Coffee', 'signe@fjord.example');
  await watch(full.person, 'Shop', '/checkout');
  await watch(full.person, 'Roastery', '/docs');
  await watch(full.person, 'Newsletter', '/blog');
  const collector = await register('Northwind Logistics', 'ops@northwind.example');
  await admin(`update tenants set plan = 'pro' where id = $1`, [collector.tenant.id]);
  await fillMonitors({ admin }, collector.tenant, manyMonitors());
  await addPeople(admin, collector.tenant.id, CROWD);
  await addPeople(admin, me.tenant.id, TEAM);
  await addInvitations(admin, me.tenant.id, me.user.id);
  const outcast = await register('Short-lived', 'leo@example.com');
  await admin('delete from members where tenant_id = $1', [outcast.tenant.id]);
  const both = { email: 'grace@consulting.example', password: PASSWORD };
  await register('Hopper Consulting', both.email);
  await register('Harbour Museum', both.email);

  return {
    owner: login,
    viewer: await addViewer(origin, admin, me.tenant, newcomer.person),
    newcomer: newcomer.person,
    starter: starter.person,
    full: full.person,
    collector: collector.person,
    outcast: outcast.person,
    both,
    monitors: await idsByName(login),
    servicesUrl,
  };
}

/** Lets the newcomer look at the demo's organization, too, with a session of its own. */
async function addViewer(
  origin: string,
  admin: (sql: string, values?: unknown[]) => Promise<unknown>,
  tenant: TenantName,
  person: Person,
): Promise<ApiClient> {
  const { user } = await person.call('auth.me');
  await admin(
    `insert into members (tenant_id, user_id, role, name, email) values ($1, $2, 'viewer', $3, $4)`,
    [tenant.id, user.id, user.name, user.email],
  );
  const viewer = new ApiClient(origin);
  await viewer.call('auth.login', { email: user.email, password: PASSWORD, tenantSlug: tenant.slug });
  return viewer;
}

async function idsByName(owner: ApiClient): Promise<Record<string, string>> {
  const { items } = await owner.call('monitors.list', { limit: 100 });
  const ids = Object.fromEntries(items.map(({ name, id }) => [name, id]));
  const missing = DEMO_SERVICES.filter(({ name }) => ids[name] === undefined);
  if (missing.length > 0) throw new Error(`The demo lacks ${missing.map(({ name }) => name).join(', ')}.`);
  return ids;
}

const SITES = ['Rotterdam', 'Gothenburg', 'Valencia', 'Trieste', 'Gdańsk', 'Piraeus', 'Le Havre', 'Antwerp'];
const SYSTEMS = ['gate', 'customs', 'yard', 'billing', 'tracking', 'EDI', 'booking', 'weighbridge'];

/** 128 of them: more than two pages, with every state, and with names and addresses that do not fit. */
function manyMonitors(): FilledMonitor[] {
  return SITES.flatMap((site, row) =>
    SYSTEMS.flatMap((system, column) =>
      ['', ' (standby)'].map((suffix, copy): FilledMonitor => {
        const index = row * 16 + column * 2 + copy;
        const host = `${system}.${site}`.toLowerCase().replaceAll(/[^a-z.]/g, '');
        const long = index % 17 === 3;
        return {
          name: long
            ? `${site} ${system}${suffix}: nightly reconciliation of manifests with the port authority`
            : `${site} ${system}${suffix}`,
          target: `https://${host}.northwind.example/${long ? 'v2/reconciliation/manifests/status?verbose=true&since=yesterday' : 'health'}${suffix === '' ? '' : '/standby'}`,
          state:
            index % 41 === 7 ? 'down' : index % 29 === 5 ? 'degraded' : index % 23 === 11 ? 'paused' : 'up',
          tags: index % 3 === 0 ? [site.toLowerCase(), 'port'] : [site.toLowerCase()],
          latencyMs: 40 + ((index * 37) % 400),
          uptime: index % 41 === 7 ? 0.981 : 1,
        };
      }),
    ),
  );
}
