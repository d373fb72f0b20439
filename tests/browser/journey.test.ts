import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { openWatchedWorld } from '../support/browser-world.ts';
import { eventually } from '../support/eventually.ts';
import { listenHttp } from '../support/listen.ts';
import { PASSWORD } from '../support/world.ts';

const world = await openWatchedWorld();

const favicon = async (page: Page) =>
  decodeURIComponent((await page.locator('link[rel="icon"]').getAttribute('href')) ?? '');

test('a newcomer registers, pastes an address, sees it checked about a second later, then break and recover by itself', async () => {
  let broken = false;
  const shop = await listenHttp((response) => response.writeHead(broken ? 503 : 200).end('hello'));
  const { page } = await world.visit(world.server.origin);

  await page.goto('/');
  await page.waitForURL('**/login');
  await page.getByRole('link', { name: 'Create an organization' }).click();
  await page.getByLabel('Organization name').fill('Dora’s Shop');
  await page.getByLabel('Email').fill('dora@shop.example');
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByLabel('Password again').fill(PASSWORD);
  await page.keyboard.press('Enter');

  await page.getByText('Dora’s Shop is ready').waitFor();
  expect(await page.getByLabel('Email').inputValue()).toBe('dora@shop.example');
  // The email is there already: the password is what is left to type.
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByText('Nothing is watched yet').waitFor();
  expect(await page.title()).toBe('Monitors · StatusWatch');

  await page.getByRole('button', { name: 'Add your first monitor' }).click();
  await page.getByRole('dialog', { name: 'Add monitor' }).waitFor();
  // A clipboard's text arrives in one piece.
  await page.keyboard.insertText(`${shop.url}/checkout`);
  await page.keyboard.press('Enter');
  const row = page.getByRole('row').filter({ hasText: 'checkout' });
  await row
    .filter({ hasText: /up · \d+ s/ })
    .filter({ hasText: /\d ms/ })
    .waitFor();
  expect(shop.requests.map(({ url }) => url)).toEqual(['/checkout']);

  await row.getByRole('link').click();
  await page.getByText(/^Up for/).waitFor();
  const results = page.getByRole('table', { name: 'Results, newest first' });
  await results.getByRole('button', { name: 'Show details' }).click();
  const phases = page.getByRole('table', { name: 'Phases of this check' });
  for (const phase of ['Connect', 'First byte', 'Transfer', 'Total']) {
    await phases.getByRole('row', { name: new RegExp(`^${phase} .*ms$`) }).waitFor();
  }

  // On Pro, it may be checked every ten seconds: nobody reloads anything from here on.
  const [tenant] = await world.database.admin<{ id: string; name: string; slug: string }>(
    `select id, name, slug from tenants where name = 'Dora’s Shop'`,
  );
  if (tenant === undefined) throw new Error('The organization is not there.');
  await world.setPlan(tenant, 'pro');
  await page.getByText('Pro plan').waitFor();
  await page.getByRole('button', { name: 'Edit settings' }).click();
  await page.getByLabel('Interval').selectOption('Every 10 s');
  await page.getByLabel('Deadline').fill('2000');
  await page.getByLabel('Between retries').fill('1');
  await page.getByRole('button', { name: 'Save settings' }).click();
  await page.getByText('The settings are saved.').waitFor();

  // Results never come in under the pointer.
  await page.mouse.move(0, 0);
  const rows = results.getByRole('row', { name: /Status 200/ });
  const before = await rows.count();
  await eventually(async () => (await rows.count()) > before, 25_000); // the next slot is ten seconds away at most

  broken = true;
  await page.getByText(/^Down for/).waitFor({ timeout: 30_000 });
  await page.getByText('Status 503, expected 200 to 399.').first().waitFor();
  await eventually(async () => (await page.title()).startsWith('1 down · '));
  // The square of "down": from another tab, it reads without its colour.
  await eventually(async () => (await favicon(page)).includes('<rect'));
  await page.getByRole('heading', { name: 'Last failed check' }).waitFor();

  broken = false;
  await page.getByText(/^Up for/).waitFor({ timeout: 30_000 });
  await eventually(async () => (await page.title()) === `127.0.0.1:${shop.port}/checkout · StatusWatch`);
  await eventually(async () => (await favicon(page)) === '/favicon.svg');
}, 120_000);
