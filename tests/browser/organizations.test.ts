import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { TenantName } from '../../shared/tenancy/identity.ts';
import type { ApiClient } from '../support/api-client.ts';
import { openBrowser, type VisitOptions } from '../support/browser.ts';
import { axeFindings, sticksOut } from '../support/browser-axe.ts';
import { eventually } from '../support/eventually.ts';
import { openWorld, PASSWORD } from '../support/world.ts';

const world = await openWorld();
const browser = await openBrowser();
const { alice, charlie, database, server } = world;

const GINA = 'gina@both.example';
const { tenant: beta } = await world.register('Beta Works', GINA);
const { tenant: gamma } = await world.register('Gamma Works', GINA);
const hostOf = ({ slug }: TenantName) => `http://${slug}.localhost:${server.port}`;
const BETA = hostOf(beta);
const GAMMA = hostOf(gamma);

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

async function openDashboard(tenant: TenantName, options: VisitOptions = {}) {
  const visit = await browser.visit(server.origin, { as: await gina(tenant), ...options });
  await visit.page.goto('/dashboard');
  await isIn(visit.page, tenant);
  return visit;
}

async function signIn(page: Page, email: string): Promise<void> {
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.keyboard.press('Enter');
}

const organization = (page: Page, { name }: TenantName) =>
  page.getByRole('banner').getByRole('button', { name });
const isIn = (page: Page, tenant: TenantName) => organization(page, tenant).waitFor();
const row = (page: Page, name: string) => page.getByRole('row', { name: new RegExp(name) });

test('an organization’s own host asks for no choice, and its address is what one comes back to', async () => {
  const { page, context } = await browser.visit(BETA);
  await page.goto('/login');
  await signIn(page, GINA);
  await page.waitForURL(`${BETA}/dashboard`);
  await isIn(page, beta);
  await row(page, 'Beta shop').waitFor();
  // No other host is told of it, the public address among them.
  const cookies = await context.cookies();
  expect(cookies.map(({ domain }) => domain)).toEqual([new URL(BETA).hostname]);
});

test('at an organization’s host, who is no member reads the words of a wrong password', async () => {
  const { page } = await browser.visit(hostOf(alice.tenant));
  await page.goto('/login');
  await signIn(page, charlie.email);
  const alert = page.getByRole('alert');
  await alert.waitFor();
  const foreign = await alert.textContent();
  await page.reload();
  await page.getByLabel('Email').fill(alice.email);
  await page.getByLabel('Password', { exact: true }).fill('Wrong-Horse-7-Battery');
  await page.keyboard.press('Enter');
  await alert.waitFor();
  expect(await alert.textContent()).toBe(foreign);
  expect(page.url()).toBe(`${hostOf(alice.tenant)}/login`);
});

/** By keyboard, since a pointer that aims at a menu over a page that is being scrolled may meet the item beside it. */
async function chooseGamma(page: Page): Promise<void> {
  await organization(page, beta).press('ArrowDown');
  await page.getByRole('menuitemradio', { name: 'Gamma Works' }).press('Enter');
}

test('the menu beside the name leads to another organization, by keyboard too, and back leads into none but that', async () => {
  const { page } = await openDashboard(beta);
  await row(page, 'Beta shop').getByRole('link').click();
  await page.getByRole('heading', { level: 1, name: 'Beta shop' }).waitFor();
  await organization(page, beta).press('ArrowDown');
  await page.getByRole('menuitemradio', { name: 'Beta Works', checked: true }).waitFor();
  await page.getByRole('menuitemradio', { name: 'Gamma Works', checked: false }).waitFor();
  await page.locator('[role=menu]:focus-within').waitFor();
  await page.keyboard.type('gam');
  await page.keyboard.press('Enter');
  await page.waitForURL(`${server.origin}/dashboard`);
  await isIn(page, gamma);
  await row(page, 'Gamma shop').waitFor();
  // The page behind is one of Beta's, which this session is not for any more.
  await page.goBack();
  await page.getByRole('heading', { name: 'There is no such monitor' }).waitFor();
  await isIn(page, gamma);
});

test('the command palette switches by the name of the organization', async () => {
  const { page } = await openDashboard(gamma);
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog', { name: 'Search and commands' }).waitFor();
  await page.keyboard.type('switch be');
  await page.getByRole('option', { name: 'Switch to Beta Works', selected: true }).waitFor();
  await page.keyboard.press('Enter');
  await isIn(page, beta);
  await row(page, 'Beta shop').waitFor();
  // The address of the way alone leads nobody anywhere.
  await page.goto('/switch');
  await page.waitForURL(`${server.origin}/dashboard`);
  await isIn(page, beta);
});

test('what is typed and not saved is asked about before anything is switched', async () => {
  const { page } = await openDashboard(beta);
  await page.goto(`/monitors/${ofBeta.id}`);
  await page.getByRole('button', { name: 'Edit settings' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Never saved');
  await chooseGamma(page);
  const question = page.getByRole('alertdialog', { name: 'Leave without saving?' });
  await question.getByRole('button', { name: 'Stay' }).click();
  await question.waitFor({ state: 'detached' });
  expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Never saved');
  await chooseGamma(page);
  await question.getByRole('button', { name: 'Leave' }).click();
  await isIn(page, gamma);
});

test('from one organization’s host to another’s, without a password, and back with one step', async () => {
  const { page } = await browser.visit(BETA);
  await page.goto('/login');
  await signIn(page, GINA);
  await row(page, 'Beta shop').waitFor();
  await organization(page, beta).click();
  await page.getByRole('menuitemradio', { name: 'Gamma Works' }).click();
  await page.waitForURL(`${GAMMA}/dashboard`);
  await isIn(page, gamma);
  await row(page, 'Gamma shop').waitFor();
  await page.goBack();
  await page.waitForURL(`${BETA}/dashboard`);
  await isIn(page, beta);
  await row(page, 'Beta shop').waitFor();
  await page.goForward();
  await page.waitForURL(`${GAMMA}/dashboard`);
  await row(page, 'Gamma shop').waitFor();
});

test('a way to another host that is closed says so at the door', async () => {
  const { page } = await browser.visit(GAMMA);
  await page.goto(`/auth/handover?code=${'A'.repeat(43)}&from=${beta.slug}`);
  await page.getByText(/works for a minute, and once\. Sign in to go on\.$/).waitFor();
  await signIn(page, GINA);
  await page.waitForURL(`${GAMMA}/dashboard`);
  await isIn(page, gamma);
});

test('a switch that does not get through changes nothing, and can be tried again', async () => {
  const { page, takeProblems } = await openDashboard(beta);
  await page.route(/auth\.switchTenant/, (route) => route.abort());
  await organization(page, beta).click();
  await page.getByRole('menuitemradio', { name: 'Gamma Works' }).click();
  await page.getByRole('heading', { name: 'You are not in Gamma Works yet' }).waitFor();
  await page.getByRole('link', { name: 'Stay in Beta Works' }).click();
  await row(page, 'Beta shop').waitFor();
  await page.goBack();
  await page.getByRole('heading', { name: 'You are not in Gamma Works yet' }).waitFor();
  await page.unroute(/auth\.switchTenant/);
  await page.getByRole('button', { name: 'Try again' }).click();
  await isIn(page, gamma);
  expect(takeProblems().every((problem) => problem.includes('ERR_FAILED'))).toBe(true);
});

test('who is made to leave one organization goes on to another with one button', async () => {
  const { tenant } = await world.register('Delta Works', 'dora@both.example');
  const dora = await world.register('Epsilon Works', 'dora@both.example');
  await dora.call('auth.login', { email: dora.email, password: PASSWORD, tenantSlug: tenant.slug });
  const { page } = await browser.visit(server.origin, { as: dora });
  await page.goto('/dashboard');
  await isIn(page, tenant);
  await database.admin('delete from members where tenant_id = $1', [tenant.id]);
  await page.getByRole('heading', { name: 'You do not belong to this organization' }).waitFor();
  await page.getByRole('button', { name: 'Continue to Epsilon Works' }).click();
  await isIn(page, dora.tenant);
});

test('who belongs to nothing is told what to do, and comes to profile and sessions', async () => {
  const orla = await world.register('Soon gone', 'orla@nothing.example');
  await database.admin('delete from members where email = $1', [orla.email]);
  const { page } = await browser.visit(server.origin, { as: orla, width: 360, reducedMotion: true });
  const findings = async () => [...(await axeFindings(page)), ...(await sticksOut(page))];
  await page.goto('/dashboard');
  const told = page.getByRole('heading', { name: 'You do not belong to any organization yet' });
  await told.waitFor();
  expect(await findings()).toEqual([]);
  await page.setViewportSize({ width: 1280, height: 800 });
  expect(await findings()).toEqual([]);
  await page.getByRole('link', { name: 'Sessions' }).click();
  await page.getByText('This device').waitFor();
  await page.getByRole('link', { name: 'Profile' }).click();
  await page.getByLabel('Your name').waitFor();
  expect(await findings()).toEqual([]);
  await page.getByRole('link', { name: 'StatusWatch' }).click();
  await told.waitFor();
  // The session ends elsewhere: so does this page.
  await orla.call('auth.logout');
  await page.waitForURL('**/login', { timeout: 5000 });
});

test('the menus lead to every page of the settings that is theirs', async () => {
  const { page } = await openDashboard(beta);
  const account = page.getByRole('button', { name: /^Account of/ });
  await account.click();
  await page.getByRole('menuitem', { name: 'Profile' }).click();
  await page.getByRole('heading', { name: 'Profile' }).waitFor();
  await account.click();
  await page.getByRole('menuitem', { name: 'Sessions' }).click();
  await page.getByRole('heading', { name: 'Sessions' }).waitFor();
  const links = await page
    .getByRole('navigation', { name: 'Settings' })
    .getByRole('list', { name: beta.name })
    .getByRole('link')
    .allInnerTexts();
  expect(links.length).toBeGreaterThan(1);
  await organization(page, beta).click();
  await page.getByRole('menu').waitFor();
  expect(await page.getByRole('menuitem').allInnerTexts()).toEqual(links);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  for (const label of ['Profile', 'Sessions', ...links]) {
    const name = `Go to ${label.toLowerCase()}`;
    await page.getByRole('dialog').getByRole('option', { name, exact: true }).waitFor();
  }
});

test('the choice and the way of a switch are fit for everybody, 360 px', async () => {
  const { page } = await browser.visit(server.origin, { width: 360, reducedMotion: true });
  await page.goto('/login');
  await signIn(page, GINA);
  await page.getByRole('button', { name: 'Continue to Gamma Works' }).waitFor();
  expect([...(await axeFindings(page)), ...(await sticksOut(page))]).toEqual([]);
  await page.keyboard.press('Enter');
  await eventually(async () => page.url().endsWith('/dashboard'));
  await page
    .getByRole('banner')
    .getByRole('button', { name: /Works$/ })
    .click();
  await page.getByRole('menu').waitFor();
  expect([...(await axeFindings(page)), ...(await sticksOut(page))]).toEqual([]);
});
