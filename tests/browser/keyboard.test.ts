import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { fillMonitors } from '../support/fill.ts';
import { openWorld } from '../support/world.ts';

const world = await openWorld();
const browser = await openBrowser();
const { alice } = world;
await world.setPlan(alice.tenant, 'pro');
await fillMonitors(world.database, alice.tenant, [{ name: 'alpha' }, { name: 'beta' }, { name: 'gamma' }]);

async function openDashboard(): Promise<Page> {
  const { page } = await browser.visit(world.server.origin, { as: alice });
  await page.goto('/dashboard?sort=name');
  await page.getByRole('link', { name: 'alpha' }).waitFor();
  return page;
}

const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    return element?.getAttribute('aria-label') ?? element?.textContent?.trim() ?? '';
  });
const hasFocus = (page: Page, words: string) =>
  eventually(async () => {
    expect(await focused(page)).toBe(words);
    return true;
  });

test('j and k walk through the list, Enter opens, g m goes back', async () => {
  const page = await openDashboard();
  await page.keyboard.press('j');
  await hasFocus(page, 'alpha');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await hasFocus(page, 'gamma');
  await page.keyboard.press('j');
  await hasFocus(page, 'gamma');
  await page.keyboard.press('k');
  await hasFocus(page, 'beta');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'beta' }).waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('m');
  await page.getByRole('heading', { level: 1, name: 'Monitors' }).waitFor();
});

test('a slash leads to the search, where letters are letters again', async () => {
  const page = await openDashboard();
  await page.keyboard.press('/');
  await hasFocus(page, 'Search monitors by name or address');
  await page.keyboard.type('n?gm');
  expect(await page.getByRole('searchbox').inputValue()).toBe('n?gm');
  expect(await page.getByRole('dialog').count()).toBe(0);
  await page.keyboard.press('Escape');
  expect(await page.getByRole('searchbox').inputValue()).toBe('');
  await page.keyboard.press('Escape');
  await page.keyboard.press('n');
  await page.getByRole('dialog', { name: 'Add monitor' }).waitFor();
});

test('the focus stays in a dialog, and comes back to what opened it', async () => {
  const page = await openDashboard();
  await page.getByRole('button', { name: 'Add monitor' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Add monitor' });
  await dialog.waitFor();
  await eventually(() =>
    page.getByLabel('Address', { exact: true }).evaluate((field) => field === document.activeElement),
  );
  for (let step = 0; step < 8; step++) {
    await page.keyboard.press('Tab');
    expect(await dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true);
  }
  await page.keyboard.press('Escape');
  await hasFocus(page, 'Add monitor');
});

test('a question mark lists every shortcut', async () => {
  const page = await openDashboard();
  await page.keyboard.press('?');
  const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await dialog.waitFor();
  for (const label of [
    'Search monitors',
    'Add a monitor',
    'Next monitor; Enter opens it',
    'Go to monitors',
    'Search and commands',
  ]) {
    await dialog.getByText(label).waitFor();
  }
  // What a letter does, it does not do while something is open above the page.
  await page.keyboard.press('n');
  expect(await page.getByRole('dialog').count()).toBe(1);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
});

test('Ctrl K finds a monitor by a part of its name, and does what the app can do', async () => {
  const page = await openDashboard();
  await page.keyboard.press('Control+k');
  const dialog = page.getByRole('dialog', { name: 'Search and commands' });
  await dialog.getByRole('option', { name: /beta/ }).waitFor();
  expect(await dialog.getByRole('option', { selected: true }).count()).toBe(1);
  await page.keyboard.type('gam');
  await dialog.getByRole('option', { name: /gamma/, selected: true }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'gamma' }).waitFor();

  await page.keyboard.press('Control+k');
  await hasFocus(page, 'Search monitors, or type a command');
  await page.keyboard.type('dark');
  await dialog.getByRole('option', { name: 'Use the dark theme', selected: true }).waitFor();
  await page.keyboard.press('Enter');
  await eventually(() => page.evaluate(() => document.documentElement.dataset.theme === 'dark'));
  await page.keyboard.press('Control+k');
  await dialog.waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
});

test('a monitor is paused from its row without a mouse', async () => {
  const page = await openDashboard();
  await page.keyboard.press('j');
  await hasFocus(page, 'alpha');
  await page.keyboard.press('p');
  await page.getByRole('row', { name: /^paused: alpha/ }).waitFor();
  await hasFocus(page, 'alpha');
  await page.keyboard.press('p');
  await page.getByRole('row', { name: /^pending: alpha/ }).waitFor();
  await page.keyboard.press('Tab');
  await hasFocus(page, 'Actions for alpha');
  await page.keyboard.press('Enter');
  await page.getByRole('menu').waitFor();
  await page.keyboard.press('Escape');
  await hasFocus(page, 'Actions for alpha');
});

test('the first Tab offers to skip to the page', async () => {
  const page = await openDashboard();
  await page.keyboard.press('Tab');
  await hasFocus(page, 'Skip to the page');
  await page.keyboard.press('Enter');
  await eventually(() => page.evaluate(() => document.activeElement?.id === 'page'));
});
