import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Monitor } from '../../shared/monitoring/monitor.ts';
import { openWatchedWorld } from '../support/browser-world.ts';
import { createCertificateAuthority } from '../support/certificates.ts';
import { eventually } from '../support/eventually.ts';
import { listenHttp } from '../support/listen.ts';

const world = await openWatchedWorld();
const { alice } = world;
await world.setPlan(alice.tenant, 'pro');

/** A shop of this test that is watched; it answers well until it is told to fail. */
async function watchShop(
  name: string,
): Promise<{ monitor: Monitor; breakDown: () => void; mend: () => void }> {
  let isBroken = false;
  const site = await listenHttp((response) => {
    response.setHeader('x-served-by', 'shop-7');
    if (isBroken) response.writeHead(503).end('no healthy upstream: 0 of 4 hosts');
    else response.writeHead(200).end('hello');
  });
  const monitor = await create(name, `${site.url}/`);
  return {
    monitor,
    breakDown: () => {
      isBroken = true;
    },
    mend: () => {
      isBroken = false;
    },
  };
}

/** Checked once by the time it is handed over. */
async function create(name: string, target: string): Promise<Monitor> {
  const made = await alice.call('monitors.create', { name, kind: 'http', target, retryDelaySeconds: 1 });
  return eventually(async () => {
    const now = await alice.call('monitors.get', { monitorId: made.id });
    return now.state !== 'pending' && now;
  });
}

async function openMonitor(monitor: Monitor): Promise<Page> {
  const { page } = await world.visit(world.server.origin, { as: alice });
  await page.goto(`/monitors/${monitor.id}`);
  await page.getByRole('heading', { level: 1, name: monitor.name, exact: true }).waitFor();
  return page;
}

const checkNow = (monitor: Monitor) => alice.call('monitors.checkNow', { monitorId: monitor.id });
const changes = (page: Page) => page.getByRole('list', { name: 'Changes of state, newest first' });

test('when a target goes down, its page shows the cause, without a reload and without a click', async () => {
  const shop = await watchShop('Shop');
  const page = await openMonitor(shop.monitor);
  await page.getByText(/^Up for/).waitFor();
  shop.breakDown();
  await checkNow(shop.monitor);
  await page.getByText(/^Down for/).waitFor();
  const failed = page.getByRole('region', { name: 'Last failed check' });
  await failed.getByText('no healthy upstream: 0 of 4 hosts').waitFor();
  await failed.getByText(`GET ${shop.monitor.target}`).waitFor();
  await failed.getByText('Headers').first().click();
  await failed.getByText('shop-7').waitFor();
  await changes(page).getByRole('button', { name: 'up to down' }).waitFor();

  shop.mend();
  await checkNow(shop.monitor);
  await page.getByText(/^Up for/).waitFor();
  await changes(page).getByRole('button', { name: 'down to up' }).waitFor();
  await changes(page)
    .getByText(/lasted/)
    .first()
    .waitFor();
});

test('of a long outage it is said why the last failed check that is shown is not the newest', async () => {
  const shop = await watchShop('Lasting');
  await alice.call('monitors.update', { monitorId: shop.monitor.id, intervalSeconds: 30 });
  shop.breakDown();
  await checkNow(shop.monitor);
  await eventually(
    async () => (await alice.call('monitors.get', { monitorId: shop.monitor.id })).state === 'down',
  );
  await world.database.admin(
    `update monitor_states set since = now() - interval '1 hour' where monitor_id = $1`,
    [shop.monitor.id],
  );
  const page = await openMonitor(shop.monitor);
  const failed = page.getByRole('region', { name: 'Last failed check' });
  await failed.getByText('no healthy upstream: 0 of 4 hosts').waitFor();
  const why = failed.getByText(
    'Of a long outage, one failed check a minute is kept with all it sent and got.',
  );
  await checkNow(shop.monitor);
  await why.waitFor();

  shop.mend();
  await checkNow(shop.monitor);
  await why.waitFor({ state: 'detached' });
});

test('a change of state is opened by keyboard, and says by which rule and on which checks it rests', async () => {
  const shop = await watchShop('Keyed');
  shop.breakDown();
  await checkNow(shop.monitor);
  const page = await openMonitor(shop.monitor);
  await page.getByText(/^Down for/).waitFor();
  const entry = changes(page).getByRole('button', { name: 'up to down' });
  await entry.focus();
  await page.keyboard.press('Enter');
  expect(await entry.getAttribute('aria-expanded')).toBe('true');
  await page.getByText('Down takes 2 failures in a row from its one region.').waitFor();
  const votes = page.getByRole('table', { name: 'What each region had said' });
  await votes.getByRole('row', { name: /local.*Down.*in a row/ }).waitFor();
  const attempts = page.getByRole('list', { name: /^The . checks that counted, in order$/ });
  expect(await attempts.getByText('Status 503, expected 200 to 399.').count()).toBeGreaterThanOrEqual(2);
  // The last of them says it best, and stands open.
  await attempts.getByText('no healthy upstream: 0 of 4 hosts').waitFor();
  expect(await attempts.getByText('no healthy upstream: 0 of 4 hosts').count()).toBe(1);
  await attempts.getByText('verification', { exact: true }).first().waitFor();
  // The first opens by keyboard, too.
  await attempts.locator('summary').first().focus();
  await page.keyboard.press('Enter');
  await eventually(async () => (await attempts.getByText('no healthy upstream: 0 of 4 hosts').count()) === 2);

  await entry.focus();
  await page.keyboard.press('Enter');
  await attempts.waitFor({ state: 'detached' });
  expect(await entry.evaluate((button) => button === document.activeElement)).toBe(true);
});

test('what a change rests on is asked for again when it could not be loaded', async () => {
  const shop = await watchShop('Refused');
  const { page, takeProblems } = await world.visit(world.server.origin, { as: alice });
  await page.goto(`/monitors/${shop.monitor.id}`);
  await page.route(/stateChanges\.get/, (route) =>
    route.fulfill({
      status: 404,
      json: [
        {
          error: {
            message: 'There is no such change of state.',
            code: -32_004,
            data: { code: 'NOT_FOUND', httpStatus: 404, reason: 'not_found' },
          },
        },
      ],
    }),
  );
  await changes(page).getByRole('button', { name: 'pending to up' }).click();
  await page.getByText('There is no such change of state.').waitFor();
  await page.unroute(/stateChanges\.get/);
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByText('The first good check makes it up.').waitFor();
  takeProblems();
});

test('earlier changes come on demand', async () => {
  const { monitor } = await watchShop('Long story');
  for (let turn = 0; turn < 4; turn++) {
    await alice.call('monitors.pause', { monitorId: monitor.id });
    await alice.call('monitors.resume', { monitorId: monitor.id });
  }
  const page = await openMonitor(monitor);
  const entries = changes(page).getByRole('listitem');
  await page.getByRole('button', { name: 'Show earlier changes' }).click();
  await eventually(async () => (await entries.count()) > 6);
  await changes(page).getByRole('button', { name: 'pending to up' }).last().waitFor();
  await page.getByRole('button', { name: 'Show earlier changes' }).waitFor({ state: 'detached' });
});

test('a secure target shows its certificate and what is wrong with it; a plain one has no such part', async () => {
  const authority = await createCertificateAuthority();
  const certificate = await authority.issue({ addresses: ['127.0.0.1'], names: ['shop.example'] });
  const secure = await listenHttp((response) => response.end('hello'), { certificate });
  const page = await openMonitor(await create('Secure', `${secure.url}/`));
  const panel = page.getByRole('region', { name: 'Certificate' });
  await panel.getByText('Less than a day left').waitFor();
  await panel
    .getByText(/shop\.example/)
    .first()
    .waitFor();
  await panel.getByText('Under the threshold of 7 days.').waitFor();
  await panel
    .getByText('The certificate comes without the intermediate certificate that signed it.')
    .waitFor();
  await page
    .getByRole('region', { name: 'Last failed check' })
    .getByText('Nothing came with it, and nothing was found above it.')
    .waitFor();

  const plain = await openMonitor((await watchShop('Plain')).monitor);
  await changes(plain).waitFor();
  expect(await plain.getByRole('region', { name: 'Certificate' }).count()).toBe(0);
});

test('a monitor that flaps is marked in the list, and its page says for how long', async () => {
  const { monitor } = await watchShop('Restless');
  await world.database.admin(
    `update monitor_states set flapping_since = now(), decide_at = now() + interval '1 hour' where monitor_id = $1`,
    [monitor.id],
  );
  const page = await openMonitor(monitor);
  await page.getByText(/^Flapping for/).waitFor();
  await page.goto('/dashboard');
  const row = page.getByRole('row', { name: /Restless/ });
  await row.getByText('flapping', { exact: true }).hover();
  await page.getByText(/its state is held until nothing has turned for 5 minutes\.$/).waitFor();
});
