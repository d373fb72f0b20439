import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Monitor } from '../../shared/monitoring/monitor.ts';
import type { ApiClient } from '../support/api-client.ts';
import { openWatchedWorld } from '../support/browser-world.ts';
import { eventually } from '../support/eventually.ts';
import { listenHttp } from '../support/listen.ts';

const world = await openWatchedWorld();
const { alice, charlie } = world;
await world.setPlan(alice.tenant, 'pro');

async function openMonitor(monitor: { id: string; name: string }, as: ApiClient = alice): Promise<Page> {
  const { page } = await world.visit(world.server.origin, { as });
  await page.goto(`/monitors/${monitor.id}`);
  await page.getByRole('heading', { level: 1, name: monitor.name, exact: true }).waitFor();
  return page;
}

/** A website of this test, watched, and checked once. */
async function watch(name: string, status = () => 200, more: Partial<Monitor> = {}): Promise<Monitor> {
  const site = await listenHttp((response) => response.writeHead(status()).end('hello'));
  const monitor = await alice.call('monitors.create', {
    name,
    kind: 'http',
    target: `${site.url}/`,
    retries: 0,
    ...more,
  });
  return eventually(async () => {
    const now = await alice.call('monitors.get', { monitorId: monitor.id });
    return now.state !== 'pending' && now;
  });
}

const results = (page: Page, found: RegExp) =>
  page.getByRole('table', { name: 'Results, newest first' }).getByRole('row', { name: found });

test('a range is chosen by pointer or arrow key, and the chart’s figures are a table, too', async () => {
  const page = await openMonitor(await watch('Ranges'));
  const ranges = page.getByRole('group', { name: 'Range' });
  // What is this new has no day to show yet.
  await page.getByText('Mean of the last hour').waitFor();
  await page.locator('canvas').waitFor();
  await ranges.getByText('24 h', { exact: true }).click();
  await page.getByText('Mean of the last 24 hours').waitFor();
  await ranges.getByText('1 h', { exact: true }).click();
  await page.keyboard.press('ArrowLeft');
  await page.getByText('Mean of the last 90 days').waitFor();
  await ranges.getByText('1 h', { exact: true }).click();
  await page.getByRole('button', { name: 'Table' }).click();
  const table = page.getByRole('table', { name: /^Latency over the last hour/ });
  await table.getByRole('row', { name: /ms/ }).first().waitFor();
  await page.getByRole('button', { name: 'Chart', exact: true }).click();
  await page.locator('canvas').waitFor();
});

test('a failing check says why in words, and the filter shows only such checks', async () => {
  let status = 200;
  const monitor = await watch('Failing', () => status);
  const page = await openMonitor(monitor);
  await results(page, /Status 200/).waitFor();
  status = 404;
  await page.getByRole('button', { name: 'Check now' }).click();
  await page.getByText(/^Down for/).waitFor();
  await results(page, /Status 404, expected 200 to 399\./)
    .first()
    .waitFor();
  await page.getByRole('group', { name: 'Outcome' }).getByText('Down').click();
  await eventually(async () => (await results(page, /Status 200/).count()) === 0);
  await results(page, /Status 404, expected 200 to 399\./)
    .first()
    .waitFor();
  await page.getByRole('group', { name: 'Outcome' }).getByText('Degraded').click();
  await page.getByText('No check with the outcome “Degraded” is kept.').waitFor();

  const failed = page.getByRole('region', { name: 'Last failed check' });
  await failed.getByText('unexpected_status').waitFor();
  await failed
    .getByRole('table', { name: 'Phases of this check' })
    .getByRole('row', { name: /^Total/ })
    .waitFor();
});

test('settings are edited in place; what is wrong is said at its field, and nothing typed is lost', async () => {
  const other = await watch('Other');
  const page = await openMonitor(await watch('Editable'));
  await page.keyboard.press('e');
  const name = page.getByLabel('Name', { exact: true });
  await name.fill('Renamed');
  await page.getByLabel('Address', { exact: true }).fill(other.target);
  await page.getByLabel('Deadline').fill('100');
  await page.getByText('Wait 500 to 30,000 ms for an answer.').waitFor();
  await page.getByRole('button', { name: 'Save settings' }).click();
  expect(await page.getByLabel('Deadline').getAttribute('aria-invalid')).toBe('true');
  await page.getByLabel('Deadline').fill('3000');
  await page.getByRole('button', { name: 'Save settings' }).click();
  await eventually(
    async () => (await page.getByLabel('Address', { exact: true }).getAttribute('aria-invalid')) === 'true',
  );
  expect(await name.inputValue()).toBe('Renamed');
  await page.getByLabel('Address', { exact: true }).fill(`${other.target}elsewhere`);
  await page.getByRole('button', { name: 'Save settings' }).click();
  await page.getByText('The settings are saved.').waitFor();
  await page.getByRole('heading', { level: 1, name: 'Renamed' }).waitFor();
  // Its state may have stood for just as long.
  await page.getByRole('region', { name: 'Settings' }).getByText('3 s', { exact: true }).waitFor();
  await eventually(async () => (await page.title()).includes('Renamed'));
  await page.reload();
  await page.getByRole('heading', { level: 1, name: 'Renamed' }).waitFor();
});

test('leaving the settings without saving leaves everything as it was', async () => {
  const page = await openMonitor(await watch('Untouched'));
  await page.getByRole('button', { name: 'Edit settings' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Something else');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('heading', { level: 1, name: 'Untouched' }).waitFor();
  await eventually(() =>
    page
      .getByRole('button', { name: 'Edit settings' })
      .evaluate((button) => button === document.activeElement),
  );
});

test('a check that is asked for now is on the page a moment later, and only then the button is free again', async () => {
  const page = await openMonitor(await watch('Asked'));
  await results(page, /Status 200/).waitFor();
  await page.getByRole('button', { name: 'Check now' }).click();
  await results(page, /verification/).waitFor();
  await eventually(
    async () => (await page.getByRole('button', { name: 'Check now' }).getAttribute('aria-busy')) === null,
  );
  expect(await results(page, /verification/).count()).toBe(1);
});

test('pausing and resuming show at once what is being done, and what is so', async () => {
  const page = await openMonitor(await watch('Pausable'));
  await page.getByRole('button', { name: 'Pause checks' }).click();
  await page.getByText(/^Paused for/).waitFor();
  await page.getByText('Nothing is checked until checks are resumed.').waitFor();
  await page.getByRole('button', { name: 'Resume checks' }).click();
  await page.getByText(/^Up for/).waitFor();
});

test('a copy is made paused, and its page is one press away', async () => {
  const page = await openMonitor(await watch('Original'));
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Duplicate' }).click();
  await page.getByRole('button', { name: 'Open' }).click();
  await page.getByRole('heading', { level: 1, name: /^Original .*copy|^Copy of Original/ }).waitFor();
  await page.getByText(/^Paused for/).waitFor();
});

test('a monitor that is deleted leads back to the others, and its address says that it is gone', async () => {
  const monitor = await watch('Doomed');
  const page = await openMonitor(monitor);
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Delete monitor' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete monitor' }).click();
  await page.waitForURL('**/dashboard');
  await page.getByText('Doomed was deleted.').waitFor();
  await page.goto(`/monitors/${monitor.id}`);
  await page.getByRole('heading', { name: 'There is no such monitor' }).waitFor();
});

test('a monitor that someone else deletes is said to be gone, without a reload', async () => {
  const monitor = await watch('Shared');
  const page = await openMonitor(monitor, world.bob);
  await alice.call('monitors.remove', { monitorId: monitor.id });
  await page.getByRole('heading', { name: 'There is no such monitor' }).waitFor();
});

test('another organization’s monitor, one that never was, and nonsense look all the same', async () => {
  const monitor = await watch('Secret');
  const { page } = await world.visit(world.server.origin, { as: charlie });
  for (const id of [monitor.id, randomUUID(), 'nonsense']) {
    await page.goto(`/monitors/${id}`);
    await page.getByRole('heading', { name: 'There is no such monitor' }).waitFor();
    expect(await page.getByRole('main').textContent()).toBe(
      'There is no such monitorIt was deleted, or it belongs to another organization of yours.Go to your monitors',
    );
    expect(await page.title()).toBe('No such monitor · StatusWatch');
  }
  await page.goto('/no/such/page');
  await page.getByRole('heading', { name: 'There is no page at this address' }).waitFor();
});

test('a viewer sees the page, and no action', async () => {
  const monitor = await watch('Read only');
  const viewer = await world.addMember(alice.tenant, 'viewer', 'vera@acme.example');
  const page = await openMonitor(monitor, viewer);
  await page.getByText(/^Up for/).waitFor();
  expect(await page.getByRole('button', { name: /Check now|Pause|More actions|Edit settings/ }).count()).toBe(
    0,
  );
  await page.keyboard.press('e');
  expect(await page.getByRole('button', { name: 'Save settings' }).count()).toBe(0);
});
