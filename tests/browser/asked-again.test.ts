import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { fillMonitors } from '../support/fill.ts';
import { openWorld } from '../support/world.ts';

const world = await openWorld();
const browser = await openBrowser();
const { alice, database, server } = world;
await fillMonitors(database, alice.tenant, [{ name: 'api', uptime: 1, latencyMs: 42 }, { name: 'shop' }]);

const main = (page: Page) => page.getByRole('main');
const follow = (page: Page, link: string) =>
  page.getByRole('link', { name: link, exact: true }).first().click();

/** How each page is gone to within the app, up to where its answers have come. */
const PLACES: Record<string, (page: Page) => Promise<void>> = {
  async 'the monitors'(page) {
    await follow(page, 'Monitors');
    await page.getByRole('link', { name: 'shop' }).waitFor();
  },
  async 'a monitor'(page) {
    await follow(page, 'Monitors');
    await follow(page, 'api');
    await main(page).getByText('Nothing has happened yet').waitFor();
  },
  'the profile': (page) => openSettings(page, 'Profile', 'Your own account'),
  'the sessions': (page) => openSettings(page, 'Sessions', 'This device'),
  'the organization': (page) => openSettings(page, 'Organization', 'What it is called'),
  'the members': (page) => openSettings(page, 'Members', 'bob@acme.example'),
  'the regions': (page) => openSettings(page, 'Regions', 'local'),
  billing: (page) => openSettings(page, 'Billing', 'Payments are not set up'),
  'the audit log': (page) => openSettings(page, 'Audit log', 'founded the organization'),
};

async function openSettings(page: Page, name: string, shown: string): Promise<void> {
  await follow(page, 'Settings');
  await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name }).click();
  await main(page).getByText(shown).filter({ visible: true }).first().waitFor();
}

/** Notes what leaves the page that a person would miss. */
async function watchForGone(page: Page): Promise<() => Promise<string[]>> {
  const gone = await page.evaluateHandle(() => {
    const gone: string[] = [];
    new MutationObserver((mutations) => {
      for (const node of mutations.flatMap(({ removedNodes }) => [...removedNodes])) {
        const isLarge = node instanceof Element && node.querySelector('h1, h2, h3, input, tr, li') !== null;
        if (isLarge) gone.push(node.textContent);
      }
    }).observe(document.body, { childList: true, subtree: true });
    return gone;
  });
  return () => gone.jsonValue();
}

/** Has all that the page shows asked for again: as when it was frozen, is looked at again, and another tab changed the person. */
async function askAgain(page: Page): Promise<void> {
  const answers = [/auth\.me/, /monitors\.summary/].map((path) => page.waitForResponse(path));
  await page.evaluate(() => {
    document.dispatchEvent(new Event('resume'));
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
    new BroadcastChannel('statuswatch-person').postMessage(null);
  });
  await Promise.all(answers);
  await page.waitForLoadState('networkidle');
  await page.evaluate(
    () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
  );
}

for (const [name, open] of Object.entries(PLACES)) {
  test(`${name}: what is asked for again stays where it is, and so does the focus`, async () => {
    const { page } = await browser.visit(server.origin, { as: alice });
    await page.goto('/dashboard');
    await open(page);
    await follow(page, page.url().includes('/dashboard') ? 'Settings' : 'Monitors');
    await page.getByRole('heading', { level: 1, name: /^(Monitors|Settings)$/ }).waitFor();
    // Now its answers are there before it is.
    await open(page);
    const focused = main(page).locator('input, button, a[href]').filter({ visible: true }).last();
    await focused.focus();
    const kept = await focused.elementHandle();
    const gone = await watchForGone(page);
    await askAgain(page);
    await askAgain(page);
    expect(await gone()).toEqual([]);
    expect(await kept?.evaluate((it) => it === document.activeElement)).toBe(true);
  });
}
