import { once } from 'node:events';
import { type ClientRequest, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { THIS_MACHINE } from '../tests/support/this-machine.ts';
import { start, stop } from './child.ts';
import { findFreePort } from './free-port.ts';

type Organization = { tenantId: string; cookie: string };

/** Forty people, each with an organization's dashboard open: a live stream each, as the page holds it. */
export type Dashboards = { tenantIds: string[]; heard: () => number; close: () => Promise<void> };

export type RunningServer = { origin: string; organizations: Organization[]; close: () => Promise<void> };

/** Starts a server and registers organizations through its API. */
export async function registerOrganizations(
  environment: Record<string, string>,
  count: number,
): Promise<RunningServer> {
  const port = await findFreePort();
  const origin = `http://localhost:${port}`;
  const server = start('server/main.ts', {
    ...environment,
    PORT: String(port),
    TRUSTED_PROXIES: THIS_MACHINE,
  });
  await answering(`${origin}/health`);
  const organizations: Organization[] = [];
  for (let number = 1; number <= count; number++) {
    const account = { email: `person-${number}@example.com`, password: 'Bench-Password-1' };
    // Of 198.18.0.0/15, which is for testing (RFC 2544): forty who register come from forty places.
    const address = `198.18.0.${number}`;
    const registered = await call(origin, address, 'auth.register', {
      organizationName: `Bench ${number}`,
      ...account,
      passwordConfirmation: account.password,
    });
    const { cookie } = await call(origin, address, 'auth.login', account);
    organizations.push({ tenantId: registered.data.tenant.id, cookie });
  }
  return { origin, organizations, close: () => stop(server) };
}

/** Opens each organization's live stream and counts what comes. */
export async function openDashboards(server: RunningServer): Promise<Dashboards> {
  let heard = 0;
  const streams: ClientRequest[] = [];
  for (const { cookie } of server.organizations) {
    const stream = request(`${server.origin}/trpc/live.changes`, {
      headers: { cookie, accept: 'text/event-stream' },
    });
    stream.end();
    const [response] = await once(stream, 'response');
    response.setEncoding('utf8').on('data', (text: string) => {
      heard += text.split('"type":"monitor"').length - 1;
    });
    response.on('error', () => undefined); // it is cut off at the end, by us
    streams.push(stream);
  }
  return {
    tenantIds: server.organizations.map(({ tenantId }) => tenantId),
    heard: () => heard,
    async close() {
      for (const stream of streams) stream.destroy();
      await server.close();
    },
  };
}

async function answering(url: string): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    try {
      if ((await fetch(url)).ok) return;
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // fetch's word for "nobody listens yet"
    }
    await delay(100);
  }
  throw new Error(`${url} did not answer within 20 s.`);
}

async function call(origin: string, address: string, procedure: string, input: object) {
  const response = await fetch(`${origin}/trpc/${procedure}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': address, origin },
    body: JSON.stringify(input),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${procedure} answered ${response.status}: ${text}`);
  const [cookie = ''] = (response.headers.getSetCookie()[0] ?? '').split(';');
  return { data: JSON.parse(text).result.data, cookie };
}
