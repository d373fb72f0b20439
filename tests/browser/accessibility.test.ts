import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { ExchangeRecord } from '../../shared/checks/exchange-record.ts';
import { openBrowser } from '../support/browser.ts';
import { axeFindings, sticksOut } from '../support/browser-axe.ts';
import { eventually } from '../support/eventually.ts';
import { fillMonitors } from '../support/fill.ts';
import { openHandProber } from '../support/hand-prober.ts';
import { openWorld, PASSWORD } from '../support/world.ts';

const world = await openWorld();
const browser = await openBrowser();
const prober = await openHandProber(world.database);
const { alice, charlie } = world;

await world.setPlan(alice.tenant, 'pro');
const STATES = ['up', 'degraded', 'down', 'unknown', 'maintenance', 'paused', 'pending'];
await fillMonitors(
  world.database,
  alice.tenant,
  STATES.map((state) => ({
    name: `${state} for a reason that has a long name`,
    target: `https://${state}.acme.example/a/long/path/that/goes/on/and/on?and=on&on=and&so=forth`,
    state,
    tags: ['production', 'public', 'europe'],
    latencyMs: 1240,
    uptime: 0.93,
  })),
);
const FAILED_EXCHANGE: ExchangeRecord = {
  hops: [
    {
      method: 'GET',
      url: 'https://www.example.com/shop?and=a&long=query&that=goes&on=and&on=beyond&the=edge',
      address: '2001:db8:85a3:8d3:1319:8a2e:370:7348',
      httpVersion: '1.1',
      tlsVersion: 'TLSv1.3',
      statusCode: 500,
      requestHeaders: [['Accept', '*/*']],
      responseHeaders: [['x-a-header-with-a-long-name', 'a-value-without-a-single-space-'.repeat(8)]],
    },
  ],
  certificate: null,
  body: { text: `no-space-anywhere-${'x'.repeat(400)}`, isWhole: false },
};
const shop = await alice.call('monitors.create', {
  name: 'Shop',
  kind: 'http',
  target: 'https://www.example.com/shop',
});
const becomes = (state: string) =>
  eventually(async () => (await alice.call('monitors.get', { monitorId: shop.id })).state === state, 20_000);
await prober.report(shop, { outcome: 'up' });
await becomes('up');
await prober.report(shop, { outcome: 'down', exchange: FAILED_EXCHANGE });
await eventually(async () => (await prober.wanted(shop.id)).length > 0);
await prober.report(shop, { outcome: 'down', verification: true, exchange: FAILED_EXCHANGE });
await becomes('down');
await fillMonitors(world.database, charlie.tenant, [{ name: 'one' }, { name: 'two' }, { name: 'three' }]);
const empty = await world.register('Empty', 'sara@empty.example');
await world.register('First of two', 'tom@two.example');
await world.register('Second of two', 'tom@two.example');

type Look = (name: string) => Promise<void>;

/** The pages before the door, each state of them. */
async function walkEntrance(page: Page, look: Look): Promise<void> {
  await page.goto('/register');
  await page.getByRole('heading', { name: 'Create your organization' }).waitFor();
  await look('register');
  await page.getByLabel('Password', { exact: true }).fill('short');
  await page.getByRole('button', { name: 'Create organization' }).click();
  await page.locator('[aria-invalid="true"]').nth(2).waitFor();
  await look('register with errors');
  await page.goto('/login');
  await page.getByLabel('Email').fill('tom@two.example');
  await page.getByLabel('Password', { exact: true }).fill('Wrong-Horse-7-Battery');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').waitFor();
  await look('login with a wrong password');
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Choose an organization' }).waitFor();
  await look('the choice of an organization');
  await page.goto('/no/such/page');
  await page.getByRole('heading', { name: 'There is no page at this address' }).waitFor();
  await look('page not found');
}

async function walkDashboard(page: Page, look: Look): Promise<void> {
  await page.goto('/dashboard');
  await page.getByRole('link', { name: /^up for a reason/ }).waitFor();
  await look('dashboard');
  await page.getByRole('button', { name: /^Actions for down/ }).click();
  await page.getByRole('menu').waitFor();
  await look('the menu of a row');
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByRole('alertdialog').waitFor();
  await look('delete');
  await page.keyboard.press('Escape');
  await page.getByRole('alertdialog').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Add monitor' }).click();
  await page.getByRole('dialog').waitFor();
  await page.getByLabel('Address', { exact: true }).fill('ftp://x');
  await page.locator('[aria-invalid="true"]').waitFor();
  await page.getByRole('button', { name: 'More settings' }).click();
  await look('add, with its settings folded');
  for (const part of ['Request', 'Expected answer', 'Schedule', 'When is it down?', 'Tags']) {
    await page.getByRole('button', { name: part }).click();
  }
  await page.getByRole('button', { name: 'Add header' }).click();
  await page.getByLabel('Body type').selectOption('GraphQL');
  await page.getByLabel('Authentication').selectOption('OAuth 2 client credentials');
  await page.getByRole('button', { name: 'Connection' }).click();
  await page.getByRole('button', { name: 'Add certificate' }).click();
  await page.getByRole('button', { name: 'Add assertion' }).click();
  await page.getByLabel('Subject of assertion 1').selectOption('CSS selector');
  await page.getByRole('button', { name: 'Flapping' }).click();
  await look('add, with every setting');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
  await look('shortcuts');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('Control+k');
  await page.getByRole('option').nth(8).waitFor();
  await look('commands');
  await page.goto('/dashboard?q=nowhere');
  await page.getByText('No monitor matches').waitFor();
  await look('no match');
}

async function walkMonitor(page: Page, look: Look): Promise<void> {
  await page.goto(`/monitors/${shop.id}`);
  await page.locator('canvas').waitFor();
  await page.getByRole('button', { name: 'Show details' }).first().click();
  await page.getByRole('button', { name: 'up to down' }).click();
  await page.getByText('Down takes 2 failures in a row from its one region.').waitFor();
  await page.locator('summary:visible').filter({ hasText: 'Headers' }).first().click();
  await look('monitor, with what its state rests on');
  await page.getByRole('button', { name: 'Table' }).click();
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menu').waitFor();
  await look('monitor, with a table and its menu');
  await page.getByRole('menuitem', { name: 'Edit settings' }).click();
  await page.getByLabel('Deadline').fill('1');
  await page.locator('[aria-invalid="true"]').waitFor();
  await look('settings');
  await page.goto('/monitors/nonsense');
  await page.getByRole('heading', { name: 'There is no such monitor' }).waitFor();
  await look('no such monitor');
}

for (const width of [360, 1280]) {
  test(`axe finds nothing, and nothing sticks out: every page and dialog, ${width} px, both themes`, async () => {
    const found: string[] = [];
    const lookAt =
      (page: Page): Look =>
      async (name) => {
        for (const finding of await axeFindings(page)) found.push(`${name}: ${finding}`);
        for (const element of await sticksOut(page)) found.push(`${name} sticks out: ${element}`);
      };
    const options = { width, reducedMotion: true };
    const stranger = await browser.visit(world.server.origin, options);
    await walkEntrance(stranger.page, lookAt(stranger.page));
    const member = await browser.visit(world.server.origin, { ...options, as: alice });
    await walkDashboard(member.page, lookAt(member.page));
    await walkMonitor(member.page, lookAt(member.page));
    const newcomer = await browser.visit(world.server.origin, { ...options, as: empty });
    await newcomer.page.goto('/dashboard');
    await newcomer.page.getByText('Nothing is watched yet').waitFor();
    await lookAt(newcomer.page)('empty dashboard');
    const full = await browser.visit(world.server.origin, { ...options, as: charlie });
    await full.page.goto('/dashboard');
    await full.page.getByText('3 of 3 used').waitFor();
    await full.page.getByRole('button', { name: 'Add monitor' }).click();
    await full.page.getByRole('dialog').waitFor();
    await lookAt(full.page)('plan is full');
    expect(found).toEqual([]);
  });
}

test('who asked for less motion gets none', async () => {
  const moving = (page: Page) =>
    page.evaluate(() =>
      [...document.querySelectorAll('*')].flatMap((element) => {
        const { animationDuration, transitionDuration } = getComputedStyle(element);
        const longest = Math.max(
          ...`${animationDuration}, ${transitionDuration}`.split(', ').map(Number.parseFloat),
        );
        return longest > 0.01 ? [element.outerHTML.slice(0, 100)] : [];
      }),
    );
  const calm = await browser.visit(world.server.origin, { as: alice, reducedMotion: true });
  await calm.page.goto('/dashboard');
  await calm.page.getByRole('button', { name: 'Add monitor' }).click();
  await calm.page.getByRole('dialog').waitFor();
  expect(await moving(calm.page)).toEqual([]);
  // The same question finds motion where it was not asked away: it can fail.
  const lively = await browser.visit(world.server.origin, { as: alice });
  await lively.page.goto('/dashboard');
  await lively.page.getByRole('link', { name: /^up for a reason/ }).waitFor();
  expect(await moving(lively.page)).not.toEqual([]);
});

test('the theme that was chosen is there from the first paint on, in every tab, also against the system', async () => {
  const { page, context } = await browser.visit(world.server.origin, { as: alice, theme: 'light' });
  /** Notes each theme that the document ever had, from before its first element on. */
  await context.addInitScript(() => {
    const seen: string[] = [];
    Object.assign(globalThis, { themesSeen: seen });
    const note = () => {
      const theme = document.documentElement?.dataset.theme;
      if (theme !== undefined && document.body !== null && seen.at(-1) !== theme) seen.push(theme);
    };
    new MutationObserver(note).observe(document, { subtree: true, childList: true, attributes: true });
  });
  const themesSeen = (tab: Page) =>
    tab.evaluate(() => (globalThis as unknown as { themesSeen: string[] }).themesSeen); // see above
  await page.goto('/dashboard');
  await page.getByRole('button', { name: /^Theme: as your system has it/ }).click();
  await page.getByRole('button', { name: /^Theme: dark/ }).waitFor();
  const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);

  await page.reload();
  await page.getByRole('button', { name: /^Theme: dark/ }).waitFor();
  expect(await themesSeen(page)).toEqual(['dark']);
  const second = await context.newPage();
  await second.goto('/login');
  await second.getByRole('button', { name: /^Theme: dark/ }).waitFor();
  expect(await second.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(ground);
  // A choice in one tab is the choice in all.
  await second.getByRole('button', { name: /^Theme: dark/ }).click();
  await eventually(() => page.evaluate(() => document.documentElement.dataset.theme === 'light'));
});
