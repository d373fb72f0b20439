import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { ApiClient } from '../support/api-client.ts';
import { openBrowser } from '../support/browser.ts';
import { axeFindings, sticksOut } from '../support/browser-axe.ts';
import { eventually } from '../support/eventually.ts';
import { openWorld, PASSWORD } from '../support/world.ts';

const world = await openWorld();
const browser = await openBrowser();
const { server } = world;
const hostOf = (slug: string) => `http://${slug}.localhost:${server.port}`;

const PATH = '/settings/organization';

async function openOrganization(as: ApiClient, origin = server.origin): Promise<Page> {
  const { page } = await browser.visit(origin, { as });
  await page.goto(PATH);
  await page.getByRole('heading', { level: 2, name: 'Organization' }).waitFor();
  return page;
}

const banner = (page: Page) => page.getByRole('region', { name: 'This organization will be deleted' });
const named = (page: Page, name: string) => page.getByRole('banner').getByText(name, { exact: true });
const fieldOf = (page: Page, label: string) => page.getByLabel(label, { exact: true });

/** What is said at a field. */
const saidAt = (page: Page, label: string) =>
  fieldOf(page, label).evaluate(
    (field) => document.getElementById(field.getAttribute('aria-describedby') ?? '')?.textContent ?? '',
  );

const addMonitor = (who: ApiClient, name: string) =>
  who.call('monitors.create', { name, kind: 'http', target: `https://example.com/${name}` });
const stateOf = async (who: ApiClient, monitorId: string) =>
  (await who.call('monitors.get', { monitorId })).state;

async function askForDeletion(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Delete organization' }).click();
  const dialog = page.getByRole('dialog', { name: `Delete ${name}?` });
  await dialog.getByLabel(`Type ${name} to confirm`).fill(name);
  await dialog.getByRole('button', { name: 'Delete organization' }).click();
  await dialog.waitFor({ state: 'detached' });
}

test('a new name stands in the header at once, in every open tab, and one that is taken is said at its field', async () => {
  const nora = await world.register('Nora & Co', 'nora@name.example');
  const page = await openOrganization(nora);
  const tab = await page.context().newPage();
  await tab.goto('/dashboard');
  await named(tab, 'Nora & Co').waitFor();
  expect(await saidAt(page, 'Organization name')).toBe('2 to 80 characters.');

  await fieldOf(page, 'Organization name').fill('ACME');
  await page.keyboard.press('Enter');
  await eventually(
    async () =>
      (await saidAt(page, 'Organization name')) ===
      'This organization name is already taken. Please choose another name.',
  );
  expect(await fieldOf(page, 'Organization name').inputValue()).toBe('ACME');
  expect(await fieldOf(page, 'Organization name').evaluate((it) => it === document.activeElement)).toBe(true);

  await fieldOf(page, 'Organization name').fill('Nora & Sons');
  await page.getByRole('button', { name: 'Save name' }).click();
  await page.getByText('The organization is called Nora & Sons.').waitFor();
  await named(page, 'Nora & Sons').waitFor();
  await named(tab, 'Nora & Sons').waitFor();
  await tab.reload();
  await named(tab, 'Nora & Sons').waitFor();
});

test('what no subdomain is, what is reserved and what is taken is said at the field', async () => {
  const olaf = await world.register('Olaf’s', 'olaf@slug.example');
  const page = await openOrganization(olaf);
  expect(await fieldOf(page, 'Subdomain').inputValue()).toBe(olaf.tenant.slug);
  const says = (sentence: RegExp) => eventually(async () => sentence.test(await saidAt(page, 'Subdomain')));
  await says(/^Lower-case letters, digits and hyphens, 63 at most/);
  await fieldOf(page, 'Subdomain').fill('Olaf-');
  await says(/^Use lower-case letters, digits and hyphens/);
  await fieldOf(page, 'Subdomain').fill('www');
  await says(/^This subdomain is reserved/);
  await fieldOf(page, 'Subdomain').fill(world.charlie.tenant.slug);
  await page.getByRole('button', { name: 'Save subdomain' }).click();
  await says(/^This subdomain is taken/);
  expect((await olaf.call('auth.me')).tenant?.slug).toBe(olaf.tenant.slug);
});

test('at the service’s own address a new subdomain changes the address that is shown, and nobody is led away', async () => {
  const pavel = await world.register('Pavel’s', 'pavel@slug.example');
  const page = await openOrganization(pavel);
  await page.getByRole('link', { name: hostOf(pavel.tenant.slug) }).waitFor();
  await fieldOf(page, 'Subdomain').fill('pavel-works');
  const warning = page.getByRole('status').filter({ hasText: 'The new address is' });
  await warning.getByText(hostOf('pavel-works')).waitFor();
  await warning.getByText(`${hostOf(pavel.tenant.slug)} stops working at once.`).waitFor();
  await warning.getByText('You stay signed in here.').waitFor();
  await page.getByRole('button', { name: 'Save subdomain' }).click();
  await page.getByRole('link', { name: hostOf('pavel-works') }).waitFor();
  await warning.waitFor({ state: 'detached' });
  expect(page.url()).toBe(`${server.origin}${PATH}`);
});

test('at the organization’s own host whoever changes its subdomain is led to the new one, and other tabs lead there', async () => {
  const rita = await world.register('Rita’s', 'rita@slug.example');
  const { page, context } = await browser.visit(hostOf(rita.tenant.slug));
  await page.goto(`/login?next=${encodeURIComponent(PATH)}`);
  await page.getByLabel('Email').fill(rita.email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.keyboard.press('Enter');
  await fieldOf(page, 'Subdomain').waitFor();
  const tab = await context.newPage();
  await tab.goto(`${hostOf(rita.tenant.slug)}/dashboard`);
  await named(tab, 'Rita’s').waitFor();
  await fieldOf(page, 'Subdomain').fill('rita-moved');
  await page.getByText('You are led to the new address, and stay signed in.').waitFor();
  await page.getByRole('button', { name: 'Save subdomain' }).click();
  await page.waitForURL(`${hostOf('rita-moved')}/dashboard`);
  await named(page, 'Rita’s').waitFor();
  await tab.getByRole('button', { name: 'Continue to Rita’s' }).click();
  await tab.waitForURL(`${hostOf('rita-moved')}/dashboard`);
  await named(tab, 'Rita’s').waitFor();
});

test('whoever moves it is led along also when the page hears first that its host is nobody’s', async () => {
  const ruth = await world.register('Ruth’s', 'ruth@slug.example');
  const { page } = await browser.visit(hostOf(ruth.tenant.slug));
  await page.goto(`/login?next=${encodeURIComponent(PATH)}`);
  await page.getByLabel('Email').fill(ruth.email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.keyboard.press('Enter');
  await fieldOf(page, 'Subdomain').fill('ruth-moved');
  await page.route(/auth\.switchTenant/, async (route) => {
    // The live stream has ended, and the page has asked who is signed in here.
    await page.locator('#page').waitFor({ state: 'detached' });
    await route.continue();
  });
  await page.getByRole('button', { name: 'Save subdomain' }).click();
  await page.waitForURL(`${hostOf('ruth-moved')}/dashboard`);
  await named(page, 'Ruth’s').waitFor();
});

test('deletion takes the name, pauses the monitors, is said on every page, and is undone there', async () => {
  const sven = await world.register('Sven’s Ünit', 'sven@deletion.example');
  const { id } = await addMonitor(sven, 'shop');
  const page = await openOrganization(sven);
  const tab = await page.context().newPage();
  await tab.goto('/dashboard');
  await tab.getByRole('button', { name: 'Add monitor' }).first().waitFor();

  await page.getByRole('button', { name: 'Delete organization' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete Sven’s Ünit?' });
  const typed = dialog.getByLabel('Type Sven’s Ünit to confirm');
  expect(await typed.evaluate((it) => it === document.activeElement)).toBe(true);
  await typed.fill('Svens Unit');
  await page.keyboard.press('Enter');
  await dialog.getByText('Type the name exactly as it is: Sven’s Ünit').waitFor();
  expect((await sven.call('auth.me')).tenant?.removesAt).toBe(null);
  // As a keyboard types it.
  await typed.fill("Sven's Ünit");
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });

  const removesAt = (await sven.call('auth.me')).tenant?.removesAt ?? '';
  const day = new Date(removesAt).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'Europe/Berlin',
  });
  await banner(page)
    .getByText(new RegExp(`will be deleted on \\w+ ${day}, \\d\\d:\\d\\d:\\d\\d CES?T`))
    .waitFor();
  expect(await banner(page).locator('time').getAttribute('datetime')).toBe(removesAt);
  expect(await page.getByText(/^It will be deleted on/).evaluate((it) => it === document.activeElement)).toBe(
    true,
  );
  expect(await page.getByRole('button', { name: /^Save/ }).count()).toBe(0);
  await page.getByText('Neither can be changed while the organization waits to be deleted.').waitFor();
  await eventually(async () => (await stateOf(sven, id)) === 'paused');

  // Another tab hears of it by itself, and offers nothing that would be refused.
  await banner(tab).waitFor();
  await tab.getByRole('link', { name: /shop/ }).waitFor();
  expect(await tab.getByRole('button', { name: 'Add monitor' }).count()).toBe(0);
  await tab.keyboard.press('n');
  expect(await tab.getByRole('dialog').count()).toBe(0);

  await banner(tab).getByRole('button', { name: 'Undo deletion' }).click();
  await tab.getByText('Sven’s Ünit stays.').waitFor();
  await banner(tab).waitFor({ state: 'detached' });
  await banner(page).waitFor({ state: 'detached' });
  await fieldOf(page, 'Organization name').waitFor();
  await eventually(async () => (await stateOf(sven, id)) === 'pending');
  await tab.getByRole('button', { name: 'Add monitor' }).first().waitFor();
});

test('of two owners who ask for it at once, the second is told that it was asked for', async () => {
  const tora = await world.register('Tora’s', 'tora@deletion.example');
  const { page } = await browser.visit(server.origin, { as: tora });
  // The page hears of nothing by itself.
  await page.route(/\/trpc\/live\.changes/, () => undefined);
  await page.goto(PATH);
  await page.getByRole('button', { name: 'Delete organization' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete Tora’s?' });
  await dialog.getByRole('textbox').fill('Tora’s');
  const other = await world.addMember(tora.tenant, 'owner', 'ulf@deletion.example');
  await other.call('tenants.remove', { name: 'Tora’s' });
  await dialog.getByRole('button', { name: 'Delete organization' }).click();
  await dialog.getByText(/^Tora’s will be deleted on/).waitFor();
  await page.keyboard.press('Escape');
  await banner(page).waitFor();
  await page.getByText(/^It will be deleted on/).waitFor();
});

test('members see the facts and no forms, admins no deletion, and all are told who can undo it', async () => {
  const vera = await world.register('Vera’s', 'vera@roles.example');
  const admin = await world.addMember(vera.tenant, 'admin', 'willem@roles.example');
  for (const role of ['member', 'viewer'] as const) {
    const someone = await world.addMember(vera.tenant, role, `${role}@roles.example`);
    const page = await openOrganization(someone);
    await page.getByText('Admins and owners can change both.').waitFor();
    await page.getByRole('definition').filter({ hasText: 'Vera’s' }).waitFor();
    await page.getByRole('link', { name: hostOf(vera.tenant.slug) }).waitFor();
    expect(await page.locator('main').getByRole('textbox').count()).toBe(0);
    expect(await page.locator('main').getByRole('button').count()).toBe(0);
  }
  const page = await openOrganization(admin);
  await fieldOf(page, 'Subdomain').waitFor();
  expect(await page.getByText(/delete/i).count()).toBe(0);

  await vera.call('tenants.remove', { name: 'Vera’s' });
  await banner(page).getByText('vera can undo it.').waitFor();
  expect(await banner(page).getByRole('button').count()).toBe(0);
  await page.getByText('Neither can be changed while the organization waits to be deleted.').waitFor();
});

for (const width of [360, 1280]) {
  test(`axe finds nothing on the organization, and nothing sticks out, ${width} px`, async () => {
    const name = `Xenia’s house of very long names and of 1 ${'w'.repeat(24)} ${width}`;
    const xenia = await world.register(name, `xenia${width}@axe.example`);
    const { page } = await browser.visit(server.origin, { as: xenia, width, reducedMotion: true });
    const found: string[] = [];
    const look = async () => {
      found.push(...(await axeFindings(page)), ...(await sticksOut(page)));
    };
    await page.goto(PATH);
    await fieldOf(page, 'Organization name').fill('');
    await fieldOf(page, 'Subdomain').fill(`a-subdomain-that-is-as-long-as-one-can-be-${width}-and-goes-on`);
    await page.getByText('The new address is').waitFor();
    await look();
    await page.getByRole('button', { name: 'Delete organization' }).click();
    await page.getByRole('dialog').getByRole('textbox').fill('Wrong');
    await page.keyboard.press('Enter');
    await page.getByText(/^Type the name exactly/).waitFor();
    await look();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await askForDeletion(page, name);
    await banner(page).waitFor();
    await look();
    const viewer = await world.addMember(xenia.tenant, 'viewer', `yann${width}@axe.example`);
    const other = await browser.visit(server.origin, { as: viewer, width, reducedMotion: true });
    await other.page.goto(PATH);
    await banner(other.page)
      .getByText(/can undo it/)
      .waitFor();
    found.push(...(await axeFindings(other.page)), ...(await sticksOut(other.page)));
    expect(found).toEqual([]);
  });
}
