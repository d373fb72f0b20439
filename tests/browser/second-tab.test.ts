import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { TenantName } from '../../shared/tenancy/identity.ts';
import type { ApiClient } from '../support/api-client.ts';
import { openBrowser } from '../support/browser.ts';
import { openWorld, PASSWORD } from '../support/world.ts';

const world = await openWorld();
const browser = await openBrowser();
const { server } = world;

const GINA = 'gina@both.example';
const { tenant: beta } = await world.register('Beta Works', GINA);
const { tenant: gamma } = await world.register('Gamma Works', GINA);

/** Gina, signed in at the public address, for one of her two organizations. */
async function gina(tenant: TenantName): Promise<ApiClient> {
  const client = world.visitor();
  await client.call('auth.login', { email: GINA, password: PASSWORD, tenantSlug: tenant.slug });
  return client;
}

const monitorOf = async (tenant: TenantName, name: string) => {
  const draft = { name, kind: 'http' as const, target: `https://example.com/${tenant.slug}` };
  return (await gina(tenant)).call('monitors.create', draft);
};
const ofBeta = await monitorOf(beta, 'Beta shop');
await monitorOf(gamma, 'Gamma shop');

async function openDashboard(tenant: TenantName) {
  const visit = await browser.visit(server.origin, { as: await gina(tenant) });
  await visit.page.goto('/dashboard');
  await isIn(visit.page, tenant);
  return visit;
}

const organization = (page: Page, { name }: TenantName) =>
  page.getByRole('banner').getByRole('button', { name });
const isIn = (page: Page, tenant: TenantName) => organization(page, tenant).waitFor();
const row = (page: Page, name: string) => page.getByRole('row', { name: new RegExp(name) });

test('a second tab follows within seconds, and writes nothing into the wrong organization meanwhile', async () => {
  const { page, context } = await openDashboard(beta);
  const second = await context.newPage();
  await second.goto('/dashboard');
  await second.getByRole('button', { name: 'Add monitor' }).click();
  await second.getByLabel('Address', { exact: true }).fill('https://example.com/meant-for-beta');
  // For a while it does not hear of the switch.
  const heard = Promise.withResolvers<void>();
  await second.route(/\/trpc\/[^?]*auth\.me/, async (route) => {
    await heard.promise;
    await route.continue();
  });
  await organization(page, beta).click();
  await page.getByRole('menuitemradio', { name: 'Gamma Works' }).click();
  await isIn(page, gamma);
  const [answer] = await Promise.all([
    second.waitForResponse(/monitors\.create/),
    second.getByLabel('Address', { exact: true }).press('Enter'),
  ]);
  expect(answer.status()).toBe(401);
  heard.resolve();
  await organization(second, gamma).waitFor({ timeout: 5000 });
  await row(second, 'Gamma shop').waitFor();
  for (const tenant of [beta, gamma]) {
    const { total } = await (await gina(tenant)).call('monitors.list', { search: 'meant-for-beta' });
    expect(total).toBe(0);
  }
});

test('a second tab that nobody touches follows within five seconds', async () => {
  const { page, context } = await openDashboard(beta);
  const second = await context.newPage();
  await second.goto(`/monitors/${ofBeta.id}`);
  await second.getByRole('heading', { level: 1, name: 'Beta shop' }).waitFor();
  await organization(page, beta).click();
  await page.getByRole('menuitemradio', { name: 'Gamma Works' }).click();
  await isIn(page, gamma);
  await organization(second, gamma).waitFor({ timeout: 5000 });
  expect(await second.getByText('Beta shop').count()).toBe(0);
});

test('a second tab that asked under the former token, in the very instant of a switch, stays signed in', async () => {
  const { page, context } = await openDashboard(beta);
  const second = await context.newPage();
  await second.goto('/dashboard');
  await row(second, 'Beta shop').waitFor();
  const former = await context.cookies();
  const begun = Promise.withResolvers<void>();
  const switched = Promise.withResolvers<void>();
  const statuses: number[] = [];
  const been: string[] = [];
  second.on('framenavigated', (frame) => been.push(new URL(frame.url()).pathname));
  second.on('response', (answer) => {
    if (answer.url().includes('auth.me')) statuses.push(answer.status());
  });
  // It was on its way, with the cookie of that moment, while the other tab switched.
  await second.route(
    /\/trpc\/[^?]*auth\.me/,
    async (route) => {
      begun.resolve();
      await switched.promise;
      const cookie = former.map(({ name, value }) => `${name}=${value}`).join('; ');
      await route.fulfill({
        response: await route.fetch({ headers: { ...route.request().headers(), cookie } }),
      });
    },
    { times: 1 },
  );
  const reloaded = second.reload();
  await begun.promise;
  await organization(page, beta).click();
  await page.getByRole('menuitemradio', { name: 'Gamma Works' }).click();
  await isIn(page, gamma);
  switched.resolve();
  await reloaded;
  await organization(second, gamma).waitFor();
  await row(second, 'Gamma shop').waitFor();
  expect(statuses.slice(0, 2)).toEqual([401, 200]);
  expect(been.filter((path) => path !== '/dashboard')).toEqual([]);
});
