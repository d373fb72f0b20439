import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { ApiClient } from '../support/api-client.ts';
import { openBrowser } from '../support/browser.ts';
import { axeFindings, sticksOut } from '../support/browser-axe.ts';
import { openWorld, type Persona } from '../support/world.ts';

const world = await openWorld();
const browser = await openBrowser();
const { server } = world;

let owners = 0;
/** An owner who has added a monitor and changed it, and what of her is left to tell. */
async function newOwner(): Promise<Persona & { monitorId: string }> {
  const number = ++owners;
  const owner = await world.register(`Audited ${number}`, `olga${number}@audit.example`);
  const { id: monitorId } = await owner.call('monitors.create', {
    name: 'Shop',
    kind: 'http',
    target: 'https://example.com/shop',
    http: { headers: { 'X-Api-Key': 'hush' } },
  });
  await owner.call('monitors.update', { monitorId, intervalSeconds: 120 });
  await owner.call('monitors.pause', { monitorId });
  return Object.assign(owner, { monitorId });
}

async function openAudit(as: ApiClient, query = '', width = 1280): Promise<Page> {
  const { page } = await browser.visit(server.origin, { as, width });
  await page.goto(`/settings/audit${query}`);
  await page.getByRole('heading', { name: 'Audit log' }).waitFor();
  return page;
}

const log = (page: Page) => page.getByRole('list', { name: 'Audit log, newest first' });
const sentences = async (page: Page) => {
  await log(page).waitFor();
  return log(page).getByRole('heading').allInnerTexts();
};

test('the log tells in sentences who did what, the newest first', async () => {
  const owner = await newOwner();
  const { user, tenant } = await owner.call('auth.me');
  const { page } = await browser.visit(server.origin, { as: owner });
  await page.goto('/settings');
  await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'Audit log' }).click();
  expect(await sentences(page)).toEqual([
    `${user.name} paused Shop`,
    `${user.name} changed the interval of Shop from 1 min to 2 min`,
    `${user.name} added Shop`,
    `${user.name} founded the organization ${tenant?.name}`,
  ]);
  await page.getByText('There is nothing older.').waitFor();
});

test('an entry opens by keyboard, and says when, from where, and what each field was', async () => {
  const owner = await newOwner();
  const page = await openAudit(owner);
  const changed = log(page).getByRole('button', { name: /changed the interval/ });
  await changed.focus();
  await page.keyboard.press('Enter');
  const table = page.getByRole('table', { name: 'What changed' });
  await table.getByRole('row', { name: 'Interval 1 min 2 min' }).waitFor();
  await page
    .getByRole('definition')
    .filter({ hasText: owner.address ?? '' })
    .waitFor();
  // One is open at a time.
  await log(page)
    .getByRole('button', { name: /added Shop/ })
    .click();
  await table.getByRole('row', { name: 'Header X-Api-Key secret' }).waitFor();
  expect(await table.count()).toBe(1);
  expect(await page.content()).not.toContain('hush');
});

test('filters stand in the address, hold for the file too, and can be cleared', async () => {
  const owner = await newOwner();
  const { user } = await owner.call('auth.me');
  const page = await openAudit(owner);
  await page.getByLabel('About', { exact: true }).selectOption({ label: 'Organization' });
  await page.waitForURL('**/settings/audit?group=organization');
  await log(page)
    .getByText(/founded the organization/)
    .waitFor();
  await page.waitForFunction(() => document.querySelectorAll('ol h3').length === 1);
  await page.getByLabel('By', { exact: true }).selectOption({ label: user.name });
  await page.waitForURL(`**/settings/audit?group=organization&actor=${user.id}`);
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download CSV' }).click(),
  ]);
  const text = await readFile(await file.path(), 'utf8');
  expect(text).toContain('"tenant.created"');
  expect(text).not.toContain('"monitor.created"');
  const lastDay = page.getByRole('form', { name: 'Filters' }).getByLabel('To', { exact: true });
  await lastDay.fill('2020-01-01');
  await lastDay.blur();
  await page.getByRole('heading', { name: 'No entry matches' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'No entry matches' }).waitFor();
  await page.getByRole('button', { name: 'Clear filters' }).last().click();
  await page.waitForURL((url) => url.search === '');
  expect((await sentences(page)).length).toBe(4);
});

test('older entries come page by page', async () => {
  const owner = await newOwner();
  await world.database.admin(
    `insert into audit_log (tenant_id, at, actor_kind, action, subject_kind, subject_name, before, after)
      select $1, now() - n * interval '1 hour', 'system', 'monitor.paused', 'monitor', 'Old ' || n, '{}', '{}' from generate_series(1, 60) n`,
    [owner.tenant.id],
  );
  const page = await openAudit(owner);
  expect((await sentences(page)).length).toBe(50);
  await page.getByRole('button', { name: 'Show older' }).click();
  await log(page).getByText('StatusWatch paused Old 60').waitFor();
  expect((await sentences(page)).length).toBe(64);
});

test('who does not look after the organization sees no link, and is told so calmly', async () => {
  const owner = await newOwner();
  const member = await world.addMember(owner.tenant, 'member', `mats${owners}@audit.example`);
  const page = await openAudit(member);
  await page.getByRole('heading', { name: 'This is for admins and owners' }).waitFor();
  const links = page.getByRole('navigation', { name: 'Settings' }).getByRole('link');
  expect(await links.allInnerTexts()).not.toContain('Audit log');
});

test('a log that could not be loaded says so, and comes back', async () => {
  const owner = await newOwner();
  const { page, takeProblems } = await browser.visit(server.origin, { as: owner });
  await page.route(/audit\.list/, (route) => route.abort());
  await page.goto('/settings/audit');
  await page.getByRole('heading', { name: 'This could not be loaded' }).waitFor();
  await page.unroute(/audit\.list/);
  await page.getByRole('button', { name: 'Try again' }).click();
  expect((await sentences(page)).length).toBe(4);
  takeProblems();
});

test.each([1280, 360])('the page has no finding and nothing sticks out, %d px wide', async (width) => {
  const owner = await newOwner();
  const page = await openAudit(owner, '', width);
  await log(page)
    .getByRole('button', { name: /added Shop/ })
    .click();
  await page.getByRole('table', { name: 'What changed' }).waitFor();
  expect(await axeFindings(page)).toEqual([]);
  expect(await sticksOut(page)).toEqual([]);
});
