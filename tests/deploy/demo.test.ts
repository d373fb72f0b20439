import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { DEMO_SERVICES } from '../../deploy/one-box/demo/services.ts';
import { MONITOR_STATES } from '../../shared/monitoring/monitor-state.ts';
import { ApiClient } from '../support/api-client.ts';
import { eventually } from '../support/eventually.ts';
import { makeFolder } from './folder.ts';
import { runScript, startProduct } from './start.ts';

const DAY_MS = 86_400_000;

test('the demo fills a running instance with every state and thirty days, and goes on by itself', async () => {
  const dataDir = path.join(await makeFolder(), 'data');
  const product = await startProduct(dataDir);
  const demo = runScript('deploy/one-box/demo.ts', { DATA_DIR: dataDir });
  expect(await demo.ended).toBe(0);
  const { login } = JSON.parse(await readFile(path.join(dataDir, 'demo.json'), 'utf8'));
  expect(demo.stdout()).toContain(
    `Log in at ${product.origin}/login with ${login.email} and ${login.password}`,
  );

  const visitor = new ApiClient(product.origin);
  await visitor.call('auth.login', login);
  const me = await visitor.call('auth.me');
  expect(me.tenant?.plan).toBe('pro');
  // No page of it asks to verify an address that no mail reaches.
  expect(me.user.emailVerified).toBe(true);
  const { items, total } = await visitor.call('monitors.list', { limit: 100 });
  expect(total).toBe(DEMO_SERVICES.length);
  expect(new Set(items.map(({ state }) => state))).toEqual(new Set(MONITOR_STATES));

  const website = items.find(({ name }) => name === 'Website');
  const monitorId = website?.id ?? '';
  const { points } = await visitor.call('results.series', { monitorId, range: '30d' });
  const withLatency = points.filter(({ p50Ms }) => p50Ms !== null);
  const oldest = Date.parse(withLatency[0]?.at ?? '');
  expect(oldest).toBeLessThan(Date.now() - 29 * DAY_MS);
  const uptime = await visitor.call('uptime.summary', { monitorId, range: '30d' });
  expect(uptime.downSeconds).toBeCloseTo(15 * 60, -3);

  // What happened can be looked into, as if it had been recorded.
  const named = (name: string) => items.find((item) => item.name === name)?.id ?? '';
  const { items: changes } = await visitor.call('stateChanges.list', { monitorId: named('Public API') });
  const outage = changes.find(({ to }) => to === 'down');
  const evidence = await visitor.call('stateChanges.get', {
    monitorId: named('Public API'),
    stateChangeId: outage?.id ?? '',
  });
  expect(evidence.grounds?.rule).toMatchObject({ needed: 2, voters: 2 });
  expect(evidence.attempts.map(({ region }) => region)).toContain('eu-west');
  expect(evidence.attempts.map(({ exchange }) => exchange?.body?.text)).toContainEqual(
    expect.stringContaining('Gateway Timeout'),
  );
  const certificates = await visitor.call('certificates.list', { monitorId: named('Partner feed') });
  expect(certificates.items).toHaveLength(1);
  const namesOf = (list: typeof items) => list.map(({ name }) => name).sort();
  expect(namesOf(items.filter(({ flappingSince }) => flappingSince !== null))).toEqual(['Order tracking']);
  expect(namesOf(items.filter(({ silentRegions }) => silentRegions.includes('eu-west')))).toEqual(
    namesOf(items.filter(({ regions, state }) => regions.includes('eu-west') && state !== 'pending')),
  );
  const lastFailure = await visitor.call('results.lastFailure', { monitorId: named('Payments API') });
  expect(lastFailure?.exchange?.hops).toHaveLength(1);

  // What is down stays so and what is up too, although from now on they are really checked.
  const payments = items.find(({ name }) => name === 'Payments API');
  const checkAgain = async (monitor: typeof website, client = visitor) => {
    await client.call('monitors.checkNow', { monitorId: monitor?.id ?? '' });
    return eventually(async () => {
      const now = await client.call('monitors.get', { monitorId: monitor?.id ?? '' });
      return now.lastCheckedAt !== monitor?.lastCheckedAt ? now : undefined;
    });
  };
  expect(await checkAgain(website)).toMatchObject({ state: 'up', stateSince: website?.stateSince });
  expect(await checkAgain(payments)).toMatchObject({ state: 'down', stateSince: payments?.stateSince });

  const again = runScript('deploy/one-box/demo.ts', { DATA_DIR: dataDir });
  expect(await again.ended).toBe(0);
  expect(again.stdout()).toContain('The demo is already there');
  expect((await visitor.call('monitors.list', {})).total).toBe(DEMO_SERVICES.length);

  // Its services come and go with the product, so that no check ever finds them away.
  await product.stop();
  const restarted = new ApiClient((await startProduct(dataDir)).origin);
  await restarted.call('auth.login', login);
  expect(await checkAgain(website, restarted)).toMatchObject({
    state: 'up',
    stateSince: website?.stateSince,
  });
  const after = await restarted.call('monitors.list', { limit: 100 });
  const standing = (list: typeof items) =>
    list.map(({ name, state, stateSince }) => ({ name, state, stateSince }));
  expect(standing(after.items)).toEqual(standing(items));
}, 150_000);
