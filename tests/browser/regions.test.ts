import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { ApiClient } from '../support/api-client.ts';
import { openBrowser } from '../support/browser.ts';
import { axeFindings, sticksOut } from '../support/browser-axe.ts';
import { eventually } from '../support/eventually.ts';
import { openSessionProbers } from '../support/session-prober.ts';
import { openWorld, type Persona } from '../support/world.ts';

const world = await openWorld({ regions: [] });
const browser = await openBrowser();
const startProber = openSessionProbers(world.database);
const { server } = world;
const euWest = await startProber('eu-west');
const usEast = await startProber('us-east');

/** An owner with two monitors: one checked from both regions, one from eu-west alone. */
async function newOwner(name: string): Promise<Persona> {
  const owner = await world.register(name, `${name.toLowerCase()}@regions.example`);
  await world.setPlan(owner.tenant, 'pro');
  await create(owner, 'Both', ['eu-west', 'us-east']);
  await create(owner, 'Only west', ['eu-west']);
  return owner;
}

const create = (owner: Persona, name: string, regions: string[]) =>
  owner.call('monitors.create', {
    name,
    kind: 'http',
    target: `https://example.com/${encodeURIComponent(name)}`,
    regions,
  });

async function openRegions(as: ApiClient, width = 1280): Promise<Page> {
  const { page } = await browser.visit(server.origin, { as, width });
  await page.goto('/settings');
  await page.getByRole('heading', { name: 'Regions' }).waitFor();
  return page;
}

const regionCard = (page: Page, name: string) => page.getByRole('article', { name });

test('each region says how it does, what its probers take, and whose word depends on it', async () => {
  await euWest.beat({ latenessP99Ms: 12, checksRunning: 3, cpuRatio: 0.25, memoryMib: 96 });
  await usEast.beat();
  const page = await openRegions(await newOwner('Olga'));
  expect(new URL(page.url()).pathname).toBe('/settings/regions');
  const west = regionCard(page, 'eu-west');
  await west.getByText('On time').waitFor();
  await west.getByText('2 of your monitors are checked from here, one of them from nowhere else.').waitFor();
  await west.getByRole('row', { name: /9\.9\.9.*12 ms.*3.*25\.0 %.*96 MiB/ }).waitFor();
  await regionCard(page, 'us-east')
    .getByText('One of your monitors is checked from here, and from elsewhere too.')
    .waitFor();
});

test('a region that falls behind, one that appears and one that dies are shown without a reload', async () => {
  // No monitor of hers waits for a check that nobody makes.
  const owner = await world.register('Pia', 'pia@regions.example');
  await euWest.beat();
  const page = await openRegions(owner);
  await regionCard(page, 'eu-west').getByText('On time').waitFor();
  await euWest.beat({ latenessP99Ms: 4200 });
  await regionCard(page, 'eu-west').getByText('Late', { exact: true }).waitFor();
  const south = await startProber('ap-south');
  await south.beat();
  await regionCard(page, 'ap-south').getByText('None of your monitors is checked from here.').waitFor();
  await south.die();
  await regionCard(page, 'ap-south').getByText('Silent').waitFor();
});

test('leaving a region says what will happen, does it, and tells who keeps it', async () => {
  const owner = await newOwner('Rosa');
  const page = await openRegions(owner);
  const leave = regionCard(page, 'eu-west').getByRole('button', { name: 'Stop checking from this region' });
  await leave.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('alertdialog', { name: 'Stop checking from eu-west?' });
  await dialog.getByText(/^One monitor is no longer checked from here\./).waitFor();
  await dialog.getByText('One monitor keeps the region, since it has no other.').waitFor();

  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await eventually(() => leave.evaluate((button) => button === document.activeElement));
  const regionsOf = async (name: string) =>
    (await owner.call('monitors.list', {})).items.find((item) => item.name === name)?.regions;
  expect(await regionsOf('Both')).toEqual(['eu-west', 'us-east']);

  await leave.click();
  await dialog.getByRole('button', { name: 'Stop checking' }).click();
  const told = page.getByText(
    'One monitor is no longer checked from eu-west. This one keeps it, since it has no other:',
  );
  await told.waitFor();
  expect(await regionsOf('Both')).toEqual(['us-east']);
  expect(await regionsOf('Only west')).toEqual(['eu-west']);
  // Nothing is left to stop there.
  await leave.waitFor({ state: 'detached' });
  await page.getByRole('link', { name: 'Only west' }).click();
  await page.getByRole('heading', { level: 1, name: 'Only west' }).waitFor();
});

test('who may not decide for the organization sees the regions, and no way to leave one', async () => {
  const owner = await newOwner('Tilda');
  const member = await world.addMember(owner.tenant, 'member', 'mats@regions.example');
  const page = await openRegions(member);
  await regionCard(page, 'eu-west')
    .getByText(/^2 of your monitors/)
    .waitFor();
  expect(await page.getByRole('button', { name: /Stop checking/ }).count()).toBe(0);
});

test('settings are a key, a command and, on a phone, a thumb away', async () => {
  const owner = await newOwner('Ulla');
  const { page } = await browser.visit(server.origin, { as: owner });
  await page.goto('/dashboard');
  await page.getByRole('link', { name: 'Both' }).waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('s');
  await page.waitForURL('**/settings/regions');
  expect(
    await page
      .getByRole('navigation', { name: 'Main' })
      .getByRole('link', { name: 'Settings' })
      .getAttribute('aria-current'),
  ).toBe('page');
  await page.keyboard.press('g');
  await page.keyboard.press('m');
  await page.waitForURL('**/dashboard');
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('regions');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/settings/regions');

  const phone = await browser.visit(server.origin, { as: owner, width: 360 });
  await phone.page.goto('/dashboard');
  const main = phone.page.getByRole('navigation', { name: 'Main' });
  await main.getByRole('link', { name: 'Settings' }).click();
  await phone.page.getByRole('heading', { name: 'Regions' }).waitFor();
  await main.getByRole('link', { name: /Monitors/ }).click();
  await phone.page.getByRole('heading', { level: 1, name: 'Monitors' }).waitFor();
});

test('a region whose word is overdue is marked in the list and on the monitor’s page', async () => {
  const owner = await newOwner('Vera');
  const { items } = await owner.call('monitors.list', {});
  const both = items.find(({ name }) => name === 'Both');
  await world.database.admin(
    `update check_schedule set due_at = now() - interval '1 hour' where monitor_id = $1 and region = 'us-east'`,
    [both?.id],
  );
  const { page } = await browser.visit(server.origin, { as: owner });
  await page.goto('/dashboard');
  const row = page.getByRole('row', { name: /Both/ });
  await row.getByText('silent', { exact: true }).hover();
  await page.getByText('us-east is silent: no word that is due has come from there.').waitFor();
  expect(
    await page
      .getByRole('row', { name: /Only west/ })
      .getByText('silent', { exact: true })
      .count(),
  ).toBe(0);
  await row.getByRole('link').click();
  await page
    .getByRole('region', { name: 'Regions' })
    .getByRole('row', { name: /us-east Silent last heard .+ ago/ })
    .waitFor();
});

test('monitors that are checked from a late region are marked in the list for as long as it is', async () => {
  const owner = await newOwner('Yara');
  // Nothing stands unmade: what is late is what the prober says of itself.
  await world.database.admin(
    `update check_schedule set due_at = now() + interval '1 hour' where monitor_id in (select id from monitors where tenant_id = $1)`,
    [owner.tenant.id],
  );
  await euWest.beat();
  await usEast.beat({ latenessP99Ms: 4200 });
  const { page } = await browser.visit(server.origin, { as: owner });
  await page.clock.install();
  await page.goto('/dashboard');
  const mark = page.getByRole('row', { name: /Both/ }).getByText('late', { exact: true });
  await mark.hover();
  await page.getByText('us-east is late: checks begin more than a second after they are due.').waitFor();
  const other = page.getByRole('row', { name: /Only west/ });
  expect(await other.getByText('late', { exact: true }).count()).toBe(0);
  await usEast.beat();
  await page.clock.fastForward(15_000);
  await mark.waitFor({ state: 'detached' });
});

test('a region list that could not be loaded says so, and comes back', async () => {
  const owner = await newOwner('Wilma');
  const { page, takeProblems } = await browser.visit(server.origin, { as: owner });
  await page.route(/regions\.list/, (route) => route.abort());
  await page.goto('/settings/regions');
  await page.getByRole('heading', { name: 'This could not be loaded' }).waitFor();
  await page.unroute(/regions\.list/);
  await page.getByRole('button', { name: 'Try again' }).click();
  await regionCard(page, 'eu-west').waitFor();
  takeProblems();
});

for (const width of [360, 1280]) {
  test(`axe finds nothing on the regions and their dialog, and nothing sticks out, ${width} px`, async () => {
    const owner = await newOwner(`Xenia${width}`);
    const { page } = await browser.visit(server.origin, { as: owner, width, reducedMotion: true });
    await page.goto('/settings/regions');
    await regionCard(page, 'us-east').waitFor();
    expect([...(await axeFindings(page)), ...(await sticksOut(page))]).toEqual([]);
    await page.getByRole('button', { name: 'Stop checking from this region' }).first().click();
    await page.getByRole('alertdialog').waitFor();
    expect([...(await axeFindings(page)), ...(await sticksOut(page))]).toEqual([]);
  });
}
