import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parseHttpTarget } from '../../shared/checks/http-target.ts';
import { createTargetGuard, literalOf } from '../../shared/network/target-guard.ts';
import { listenHttp } from '../support/listen.ts';
import { openProbe } from '../support/probe.ts';
import { ROOT } from '../support/run-part.ts';

type CaseAnswer = string[] | { cname: string; a: string[] };

type SsrfCase = {
  input: string;
  expect: 'refuse' | 'accept';
  why: string;
  setup?: {
    /** What the name answers, lookup after lookup. */
    dns: CaseAnswer[];
    redirects?: { status: number; location: string }[];
  };
};

const FIXTURE = path.join(ROOT, 'tests', 'fixtures', 'ssrf-cases.json');
const cases = JSON.parse(await readFile(FIXTURE, 'utf8')) as SsrfCase[]; // checked in, beside this test

const nameOf = (each: SsrfCase) => `${JSON.stringify(each.input)} (${each.why})`;
const addressesOf = (answer: CaseAnswer) => ('cname' in answer ? answer.a : answer);

test('the cases are those that the plan gives', async () => {
  expect(cases.length).toBeGreaterThanOrEqual(97);
  const given = await readFile(path.join(ROOT, '..', 'shared', 'ssrf-cases.json'), 'utf8').catch(() => null);
  if (given !== null) expect(await readFile(FIXTURE, 'utf8')).toBe(given);
});

const guard = createTargetGuard({ allowNetworks: [] });

/** What a monitor's form says of a target, and what a check says of the addresses that its name leads to. */
function verdictOn({ input, setup }: SsrfCase): 'refuse' | 'accept' {
  const parsed = parseHttpTarget(input);
  if (!parsed.ok) return 'refuse';
  const { hostname } = new URL(parsed.target);
  if (!guard.checkHost(hostname).allowed) return 'refuse';
  const addresses = literalOf(hostname) === null ? (setup?.dns ?? []).flatMap(addressesOf) : [hostname];
  const bare = addresses.map((address) => address.replace(/^\[|\]$/g, ''));
  return bare.every((address) => guard.checkAddress(address, hostname).allowed) ? 'accept' : 'refuse';
}

for (const each of cases) {
  test(`${each.expect === 'refuse' ? 'refused' : 'accepted'} as a target: ${nameOf(each)}`, () => {
    expect(verdictOn(each)).toBe(each.expect);
  });
}

// The names of the cases end in .test, which is refused for that alone. Moved under a public suffix, what they lead to decides.
const moved = cases.flatMap((each) => {
  const { hostname } = URL.canParse(each.input) ? new URL(each.input) : { hostname: '' };
  if (!hostname.endsWith('.ssrf.test') || each.setup === undefined) return [];
  return [{ ...each, hostname: hostname.replace(/\.ssrf\.test$/, '.ssrf.example.com'), setup: each.setup }];
});

const strict = await openProbe({ allowNetworks: [] });
for (const { hostname, setup, ...each } of moved.filter(
  ({ setup }) => setup.dns.length === 1 && setup.redirects === undefined,
)) {
  test(`a check connects to nothing that a public name leads to: ${each.why}`, async () => {
    const answer = setup.dns[0] ?? [];
    strict.dns.answer(hostname, 'cname' in answer ? { cname: answer.cname, addresses: answer.a } : answer);
    const finding = await strict.check(`http://${hostname}/`);
    expect(finding).toMatchObject({ outcome: 'down', code: 'target_not_allowed' });
    expect(finding.timings.dnsMs).not.toBeNull();
    expect(finding.timings.connectMs).toBeNull();
  });
}

// Here the first hop stands for the public internet, and may be reached; nothing else may.
const probe = await openProbe({ allowNetworks: ['127.0.0.1/32'] });
for (const { hostname, setup, ...each } of moved.filter(({ setup }) => setup.redirects !== undefined)) {
  test(`a check follows no bad redirect: ${each.why}`, async () => {
    const [redirect] = setup.redirects ?? [];
    const target = await listenHttp(
      (response) => response.writeHead(redirect?.status ?? 500, { location: redirect?.location }).end(),
      { certificate: await probe.authority.issue({ names: [hostname] }) },
    );
    probe.dns.answer(hostname, ['127.0.0.1']);
    const finding = await probe.check(`https://${hostname}:${target.port}/start`);
    expect(target.requests).toHaveLength(1);
    expect(finding.outcome).toBe('down');
    expect(['target_not_allowed', 'redirect_invalid']).toContain(finding.code);
  });
}

for (const { hostname, ...each } of moved.filter(({ setup }) => setup.dns.length > 1)) {
  test(`a check connects only to the address that was judged: ${each.why}`, async () => {
    const judged = await listenHttp((response) => response.end());
    const inside = await listenHttp((response) => response.end(), { host: '127.0.0.2', port: judged.port });
    probe.dns.answer(hostname, ['127.0.0.1'], ['127.0.0.2']);
    const first = await probe.check(`http://${hostname}:${judged.port}/`);
    expect(first.outcome).toBe('up');
    expect(judged.connections()).toBe(1);
    expect(probe.dns.asked(hostname)).toBe(2); // A and AAAA, once each: nothing is looked up again to connect
    const second = await probe.check(`http://${hostname}:${judged.port}/`);
    expect(second).toMatchObject({ outcome: 'down', code: 'target_not_allowed' });
    expect(inside.connections()).toBe(0);
  });
}

test('the cases with a name were all tried a second time', () => {
  expect(moved).toHaveLength(cases.filter(({ input }) => input.includes('.ssrf.test')).length);
  expect(moved.length).toBeGreaterThanOrEqual(11);
});
