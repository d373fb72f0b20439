import { createSecureContext } from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import { checkOverOwnNetwork } from '../../prober/check-over-own-network.ts';
import { FamilyHealth } from '../../prober/family-health.ts';
import { CertificateReader } from '../../prober/protocols/certificate-record.ts';
import { ClientContexts } from '../../prober/protocols/http/credentials/client-contexts.ts';
import { TokenCache } from '../../prober/protocols/http/credentials/token-cache.ts';
import { ReferenceTargets } from '../../prober/reference-targets.ts';
import { type HttpSpec, PLAIN_HTTP } from '../../shared/checks/http-spec-input.ts';
import { createResolver } from '../../shared/network/resolve-host.ts';
import { createTargetGuard } from '../../shared/network/target-guard.ts';
import { createCertificateAuthority } from '../support/certificates.ts';
import { openDnsServer } from '../support/dns-server.ts';
import { openGate } from '../support/gate.ts';
import { listenHttp, listenRaw } from '../support/listen.ts';

const { secureContext } = await createCertificateAuthority();

/** A prober with one reference by name and one by address, which a test can cut off, and DNS of its own. */
async function openNetwork(options: { loopbackIsOwn?: boolean } = {}) {
  const dns = await openDnsServer();
  onTestFinished(dns.close);
  dns.answer('reference.example.com', ['127.0.0.1']);
  const resolve = createResolver({ servers: [dns.address], hostsFile: false });
  const target = await listenRaw((socket) => void socket.resume());
  const gate = await openGate(`tcp://127.0.0.1:${target.port}`);
  const port = Number(new URL(gate.url).port);
  const references = [
    { host: '127.0.0.1', port },
    { host: 'reference.example.com', port },
  ];
  const network = {
    wayOut: new ReferenceTargets({ references, resolve, onTurn: () => {} }),
    names: new ReferenceTargets({ references: references.slice(1), resolve, onTurn: () => {} }),
  };
  for (const each of Object.values(network)) each.start();
  onTestFinished(() => {
    for (const each of Object.values(network)) each.stop();
  });
  await expect.poll(() => target.connections()).toBe(2);
  const guard = createTargetGuard({ allowNetworks: ['127.0.0.0/8'] });
  // This machine's own addresses stand for the internet, unless they are to be an own network.
  const judging = options.loopbackIsOwn ? guard : { ...guard, isAllowedNetwork: () => false };
  const check = async (url: string, timeoutMs = 10_000, http: Partial<HttpSpec> = {}) => {
    const spec = {
      kind: 'http' as const,
      target: new URL(url).href,
      http: { ...PLAIN_HTTP, ...http },
      assertions: [],
      timeoutMs,
      degradedAfterMs: null,
      certificateDays: null,
    };
    const context = {
      guard: judging,
      resolve,
      secureContext,
      clientContexts: new ClientContexts(createSecureContext),
      tokens: new TokenCache(),
      certificates: new CertificateReader(),
      families: new FamilyHealth({ references: [], resolve, ...judging }),
      nowMs: Date.now,
      judge: async () => [],
    };
    const run = await checkOverOwnNetwork(spec, context, network);
    expect(run.error).toBeNull();
    return run.finding;
  };
  return { dns, check, cut: gate.shut, mend: gate.open };
}

/** A port that nobody listens on. */
async function closedPort(): Promise<number> {
  const gate = await openGate('tcp://127.0.0.1:1');
  await gate.shut();
  return Number(new URL(gate.url).port);
}

test('a target that refuses is down while the references answer, and void while none does', async () => {
  const { check, cut, mend } = await openNetwork();
  const target = `http://127.0.0.1:${await closedPort()}/`;
  expect(await check(target)).toMatchObject({ outcome: 'down', code: 'connect_refused' });
  await cut();
  expect(await check(target)).toMatchObject({
    outcome: 'void',
    code: 'prober_offline',
    reason: 'The prober itself was cut off from its network. It says nothing about the target.',
  });
  await mend();
  expect(await check(target)).toMatchObject({ outcome: 'down', code: 'connect_refused' });
});

test('what answers is judged by its answer, whatever the references do', async () => {
  const { check, cut } = await openNetwork();
  const target = await listenHttp((response, { url }) => response.writeHead(url === '/' ? 200 : 500).end());
  await cut();
  expect(await check(target.url)).toMatchObject({ outcome: 'up' });
  expect(await check(`${target.url}/broken`)).toMatchObject({ outcome: 'down', code: 'unexpected_status' });
});

test('while others answer, a target that refuses is down: it is the references that are away', async () => {
  const { check, cut } = await openNetwork();
  const answers = await listenHttp((response) => response.end());
  await cut();
  let judged = false;
  const others = async () => {
    while (!judged) await check(answers.url);
  };
  const answering = others();
  const finding = await check(`http://127.0.0.1:${await closedPort()}/`);
  judged = true;
  await answering;
  expect(finding).toMatchObject({ outcome: 'down', code: 'connect_refused' });
});

test('a target that says nothing until the deadline is void while the prober is cut off', async () => {
  const { check, cut } = await openNetwork();
  const target = await listenRaw(() => {});
  expect(await check(target.url, 300)).toMatchObject({ outcome: 'down', code: 'timeout' });
  await cut();
  expect(await check(target.url, 300)).toMatchObject({ outcome: 'void', code: 'prober_offline' });
});

test('a token endpoint that is not reached is void while the prober is cut off, as a target is', async () => {
  const { check, cut } = await openNetwork();
  const target = await listenHttp((response) => response.end());
  const tokenUrl = `http://127.0.0.1:${await closedPort()}/token`;
  const client = { clientId: 'a', clientSecret: 'b', scope: '', clientAuthentication: 'basic' } as const;
  const http = { auth: { type: 'oauth2', tokenUrl, ...client } } as const;
  expect(await check(target.url, 10_000, http)).toMatchObject({ outcome: 'down', code: 'auth_failed' });
  await cut();
  expect(await check(target.url, 10_000, http)).toMatchObject({ outcome: 'void', code: 'prober_offline' });
});

test('a target in a network that was allowed is judged as ever', async () => {
  const { check, cut } = await openNetwork({ loopbackIsOwn: true });
  await cut();
  expect(await check(`http://127.0.0.1:${await closedPort()}/`)).toMatchObject({ outcome: 'down' });
});

test('a name that is not found is down; when no name is found it is void, though addresses are reached', async () => {
  const { check, dns } = await openNetwork();
  dns.answer('shop.example.com', 'servfail');
  expect(await check('http://shop.example.com/')).toMatchObject({ outcome: 'down', code: 'dns_failed' });
  dns.answer('reference.example.com', 'servfail');
  expect(await check('http://shop.example.com/')).toMatchObject({ outcome: 'void', code: 'prober_offline' });
  // The way out is there: what has an address is judged.
  expect(await check(`http://127.0.0.1:${await closedPort()}/`)).toMatchObject({ outcome: 'down' });
});
