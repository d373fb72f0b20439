import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { ALLOW_THIS_MACHINE } from '../support/browser-world.ts';
import { eventually } from '../support/eventually.ts';
import { fillMonitors } from '../support/fill.ts';
import { openWorld, type Persona } from '../support/world.ts';

const world = await openWorld({ environment: ALLOW_THIS_MACHINE });
const browser = await openBrowser();
const { alice, database } = world;
await world.setPlan(alice.tenant, 'pro');
const FEW = [
  {
    name: 'api',
    target: 'https://api.acme.example/',
    state: 'down',
    tags: ['public'],
    latencyMs: 900,
    uptime: 0.5,
  },
  {
    name: 'shop',
    target: 'https://shop.acme.example/',
    state: 'degraded',
    tags: ['public'],
    latencyMs: 1900,
    uptime: 0.9,
  },
  { name: 'www', target: 'https://www.acme.example/', state: 'up', tags: ['site'], latencyMs: 42, uptime: 1 },
  { name: 'blog', target: 'https://blog.acme.example/', state: 'paused' },
];
await fillMonitors(database, alice.tenant, FEW);

async function openDashboard(as: Persona = alice, path = '/dashboard'): Promise<Page> {
  const { page } = await browser.visit(world.server.origin, { as });
  await page.goto(path);
  await page.getByRole('heading', { level: 1, name: 'Monitors' }).waitFor();
  return page;
}

const names = (page: Page) =>
  page.getByRole('table', { name: 'Monitors' }).locator('tbody').getByRole('link').allTextContents();
const shows = (page: Page, expected: string[]) =>
  eventually(async () => {
    expect(await names(page)).toEqual(expected);
    return true;
  });

test('what is broken comes first, with its state in words, and in the tab’s title', async () => {
  const page = await openDashboard();
  await shows(page, ['api', 'shop', 'blog', 'www']);
  const first = page.getByRole('row').nth(1);
  expect(await first.textContent()).toMatch(/down · /);
  await eventually(async () => (await page.title()) === '1 down · Monitors · StatusWatch');
});

test('search looks into names and addresses, stays in the address bar, and is cleared by Escape', async () => {
  const page = await openDashboard();
  await shows(page, ['api', 'shop', 'blog', 'www']);
  const search = page.getByRole('searchbox');
  await search.fill('SHOP.acme');
  await shows(page, ['shop']);
  await eventually(() => page.url().includes('q=SHOP.acme'));
  await page.reload();
  await shows(page, ['shop']);
  await search.fill('no such thing');
  await page.getByText('No monitor matches').waitFor();
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await shows(page, ['api', 'shop', 'blog', 'www']);
  expect(await search.inputValue()).toBe('');
  await search.fill('www');
  await shows(page, ['www']);
  await search.press('Escape');
  await shows(page, ['api', 'shop', 'blog', 'www']);
});

test('one press shows only those in a state, and another all of them as they were', async () => {
  const page = await openDashboard();
  await shows(page, ['api', 'shop', 'blog', 'www']);
  await page.getByRole('button', { name: '1 degraded' }).click();
  await shows(page, ['shop']);
  expect(page.url()).toContain('state=degraded');
  await page.getByRole('button', { name: 'Show all' }).click();
  await shows(page, ['api', 'shop', 'blog', 'www']);
  expect(page.url()).not.toContain('state');
});

test('a tag shows only what wears it', async () => {
  const page = await openDashboard();
  await page.getByRole('button', { name: 'All tags' }).click();
  await page.getByRole('menuitemradio', { name: 'site' }).click();
  await shows(page, ['www']);
  await page.getByRole('button', { name: 'Tag: site' }).click();
  await page.getByRole('menuitemradio', { name: 'All tags' }).click();
  await shows(page, ['api', 'shop', 'blog', 'www']);
});

test('a column’s head sorts by it, and turns the order round', async () => {
  const page = await openDashboard();
  const head = (name: string) => page.getByRole('columnheader', { name });
  await head('Monitor').getByRole('button').click();
  await shows(page, ['api', 'blog', 'shop', 'www']);
  await eventually(async () => (await head('Monitor').getAttribute('aria-sort')) === 'ascending');
  await head('Monitor').getByRole('button').click();
  await shows(page, ['www', 'shop', 'blog', 'api']);
  await head('Latency').getByRole('button').click();
  await shows(page, ['shop', 'api', 'www', 'blog']);
  await page.getByRole('button', { name: 'Order: Slowest first' }).click();
  await page.getByRole('menuitemradio', { name: 'Worst first' }).click();
  await shows(page, ['api', 'shop', 'blog', 'www']);
});

test('a state that changes elsewhere changes here by itself, and the order follows', async () => {
  const hana = await world.register('Hana’s', 'hana@hanas.example');
  const [first = '', second = ''] = await fillMonitors(database, hana.tenant, [
    { name: 'one' },
    { name: 'two' },
  ]);
  const page = await openDashboard(hana);
  await shows(page, ['one', 'two']);
  await hana.call('monitors.pause', { monitorId: second });
  await shows(page, ['two', 'one']);
  await page.getByRole('button', { name: '1 paused' }).waitFor();
  await hana.call('monitors.remove', { monitorId: first });
  await shows(page, ['two']);
});

test('no row slides away under the pointer; the order follows when it leaves', async () => {
  const noor = await world.register('Noor’s', 'noor@noors.example');
  const [, second = ''] = await fillMonitors(database, noor.tenant, [{ name: 'one' }, { name: 'two' }]);
  const page = await openDashboard(noor);
  await shows(page, ['one', 'two']);
  await page.getByRole('link', { name: 'one' }).hover();
  await noor.call('monitors.pause', { monitorId: second });
  await page.getByRole('row', { name: /^paused: two/ }).waitFor();
  await page.getByRole('button', { name: '1 paused' }).waitFor();
  expect(await names(page)).toEqual(['one', 'two']);
  await page.getByRole('heading', { level: 1 }).hover();
  await shows(page, ['two', 'one']);
});

test('pausing is undone with one press, and resuming says so', async () => {
  const ivan = await world.register('Ivan’s', 'ivan@ivans.example');
  await ivan.call('monitors.create', { name: 'site', kind: 'http', target: 'https://example.com/' });
  const page = await openDashboard(ivan);
  const act = async (name: string) => {
    await page.getByRole('button', { name: 'Actions for site' }).click();
    await page.getByRole('menuitem', { name }).click();
  };
  await act('Pause checks');
  await page.getByText('site is paused.').waitFor();
  await page.getByRole('row', { name: /^paused: site/ }).waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('site is being checked again.').waitFor();
  await page.getByRole('row', { name: /^pending: site/ }).waitFor();
  await act('Pause checks');
  await page.getByRole('row', { name: /^paused: site/ }).waitFor();
  await act('Resume checks');
  await page.getByRole('row', { name: /^pending: site/ }).waitFor();
});

test('deleting asks first, the safe answer has the focus, and Escape keeps everything', async () => {
  const judy = await world.register('Judy’s', 'judy@judys.example');
  await judy.call('monitors.create', { name: 'site', kind: 'http', target: 'https://example.com/' });
  const page = await openDashboard(judy);
  const open = async () => {
    await page.getByRole('button', { name: 'Actions for site' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('alertdialog', { name: 'Delete site?' }).waitFor();
  };
  await open();
  await eventually(() =>
    page.getByRole('button', { name: 'Keep it' }).evaluate((button) => button === document.activeElement),
  );
  await page.keyboard.press('Escape');
  await page.getByRole('alertdialog').waitFor({ state: 'detached' });
  await eventually(() =>
    page
      .getByRole('button', { name: 'Actions for site' })
      .evaluate((button) => button === document.activeElement),
  );
  await open();
  await page.getByRole('button', { name: 'Delete monitor' }).click();
  await page.getByText('site was deleted.').waitFor();
  await page.getByText('Nothing is watched yet').waitFor();
});

test('the plan’s limit is said before anyone hits it, and what is deleted makes room', async () => {
  const kim = await world.register('Kim’s', 'kim@kims.example');
  await fillMonitors(database, kim.tenant, [{ name: 'one' }, { name: 'two' }]);
  const page = await openDashboard(kim);
  await page.getByText('2 of 3 used').waitFor();
  await fillMonitors(database, kim.tenant, [{ name: 'three' }]);
  await page.reload();
  await page.getByText('3 of 3 used').waitFor();
  const sentence = page.getByText('The Free plan has 3 monitors, and all are in use.');
  await sentence.waitFor();
  await page.getByRole('button', { name: 'Add monitor' }).click();
  const dialog = page.getByRole('dialog', { name: 'All 3 monitors of the Free plan are in use' });
  await dialog.waitFor();
  expect(await dialog.getByRole('textbox').count()).toBe(0);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Actions for one' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByRole('button', { name: 'Delete monitor' }).click();
  await page.getByText('2 of 3 used').waitFor();
  await sentence.waitFor({ state: 'detached' });
});

test('more than fifty come in pages, and the way back is there', async () => {
  const liam = await world.register('Liam’s', 'liam@liams.example');
  await world.setPlan(liam.tenant, 'pro');
  const many = Array.from({ length: 120 }, (_, index) => ({ name: `m${String(index).padStart(3, '0')}` }));
  await fillMonitors(database, liam.tenant, many);
  const page = await openDashboard(liam, '/dashboard?sort=name');
  await page.getByText('1 to 50 of 120').waitFor();
  const range = (from: number, to: number) => many.slice(from, to).map(({ name }) => name);
  await shows(page, range(0, 50));
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByText('51 to 100 of 120').waitFor();
  await shows(page, range(50, 100));
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByText('101 to 120 of 120').waitFor();
  await shows(page, range(100, 120));
  expect(await page.getByRole('button', { name: 'Next' }).isDisabled()).toBe(true);
  await page.getByRole('button', { name: 'Previous' }).click();
  await shows(page, range(50, 100));
  await page.getByRole('button', { name: 'Previous' }).click();
  await shows(page, range(0, 50));
  expect(await page.getByRole('button', { name: 'Previous' }).isDisabled()).toBe(true);
});

test('a viewer sees everything and is offered nothing that would be refused', async () => {
  const viewer = await world.addMember(alice.tenant, 'viewer', 'vera@acme.example');
  const page = await openDashboard(viewer);
  await shows(page, ['api', 'shop', 'blog', 'www']);
  expect(await page.getByRole('button', { name: /Add monitor|Actions for/ }).count()).toBe(0);
  await page.keyboard.press('n');
  await page.keyboard.press('?');
  const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await dialog.waitFor();
  expect(await dialog.getByText('Add a monitor').count()).toBe(0);
});

test('a list that cannot be loaded says so without a flicker, and comes by itself once it can', async () => {
  const { page, takeProblems } = await browser.visit(world.server.origin, { as: alice });
  let attempts = 0;
  await page.clock.install();
  await page.route(/monitors\.list/, (route) => {
    attempts += 1;
    return route.abort();
  });
  /** Lets the waits between attempts pass. */
  const attempted = (wanted: number) =>
    eventually(async () => {
      await page.clock.fastForward(1000);
      return attempts >= wanted;
    });
  const sentence = page.getByRole('heading', { name: 'This could not be loaded' });
  await page.goto('/dashboard');
  await attempted(4);
  await sentence.waitFor();
  await sentence.evaluate((heading) => {
    new MutationObserver(() => {
      if (!heading.isConnected) document.documentElement.dataset.flickered = 'yes';
    }).observe(document.body, { childList: true, subtree: true });
  });
  await attempted(8);
  await sentence.waitFor();
  expect(await page.evaluate(() => document.documentElement.dataset.flickered)).toBeUndefined();
  expect(takeProblems().every((problem) => problem.includes('ERR_FAILED'))).toBe(true);
  await page.unroute(/monitors\.list/);
  await page.clock.fastForward(5000);
  await shows(page, ['api', 'shop', 'blog', 'www']);
  takeProblems();
});
