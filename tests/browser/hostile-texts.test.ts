import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { sticksOut } from '../support/browser-axe.ts';
import { fillMonitors } from '../support/fill.ts';
import { HOSTILE_TEXTS } from '../support/hostile-texts.ts';
import { openWorld, PASSWORD } from '../support/world.ts';

const world = await openWorld();
const browser = await openBrowser();
const { alice, database, server } = world;

const HTML = HOSTILE_TEXTS.HTML ?? '';
const RIGHT_TO_LEFT = HOSTILE_TEXTS['text from right to left'] ?? '';
const WIDTHS = [360, 1280];

/** As hostile as a database can hold them, whatever a form would say: what was kept in other days is shown, too. */
const TEXTS = [
  ...Object.values(HOSTILE_TEXTS).filter((text) => text.trim() !== '' && !/[\0\p{Cs}]/u.test(text)),
  'W'.repeat(80),
  `${'لا'.repeat(20)} ${'很长'.repeat(10)}`,
];

await world.setPlan(alice.tenant, 'pro');
const ids = await fillMonitors(
  database,
  alice.tenant,
  TEXTS.map((text, index) => ({
    name: text,
    target: new URL(`https://example.com/${index}/${encodeURIComponent(text).repeat(4)}?q=${text}`).href,
    tags: [text.slice(0, 40), TEXTS[(index + 1) % TEXTS.length]?.slice(0, 40) ?? ''],
    state: ['up', 'down', 'degraded', 'unknown'][index % 4] ?? 'up',
    latencyMs: 120,
    uptime: 0.99,
  })),
);
const { user } = await alice.call('auth.me');
for (const [index, text] of TEXTS.entries()) {
  const id = randomUUID();
  const email = `${'long-'.repeat(10)}${index}@hostile.example`;
  await database.admin('insert into users (id, email, name) values ($1, $2, $3)', [id, email, text]);
  await database.admin(
    `insert into members (tenant_id, user_id, role, name, email) values ($1, $2, 'viewer', $3, $4)`,
    [alice.tenant.id, id, text, email],
  );
  await database.admin(
    `insert into invitations (tenant_id, email, role, invited_by, invited_by_name, expires_at)
       values ($1, $2, 'member', $3, $4, now() + interval '1 day')`,
    [alice.tenant.id, `invited-${email}`, user.id, text],
  );
  // Each is another organization of hers, too.
  await database.admin(
    `insert into tenants (id, name, name_key, slug, plan) values ($1, $2, $3, $4, 'free')`,
    [id, text, `key ${index}`, `hostile-${index}`],
  );
  await database.admin(
    `insert into members (tenant_id, user_id, role, name, email) values ($1, $2, 'owner', $3, $4)`,
    [id, user.id, text, alice.email],
  );
}
// What she does is told in the audit log, by names she gave as every form takes them.
await alice.call('auth.updateProfile', { name: HTML });
await alice.call('tenants.update', { name: `${HTML} ${RIGHT_TO_LEFT}` });
for (const name of [HTML, RIGHT_TO_LEFT, 'W'.repeat(80)]) {
  const target = `https://example.com/audit/${encodeURIComponent(name)}`;
  const { id } = await alice.call('monitors.create', {
    name,
    kind: 'http',
    target,
    tags: [name.slice(0, 40)],
  });
  await alice.call('monitors.update', { monitorId: id, name: `${name.slice(0, 60)} again` });
}
const elsewhere = { email: alice.email, password: PASSWORD, tenantSlug: alice.tenant.slug };
await world.visitor().send('auth.login', elsewhere, { 'user-agent': HTML });

/** Elements that reach beyond the screen inside something that cuts them off, where no scrolling and no ellipsis tells of it. */
function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const tells = (element: Element | null): boolean => {
      if (element === null || element === document.body) return false;
      const { overflowX, textOverflow } = getComputedStyle(element);
      if (overflowX === 'auto' || overflowX === 'scroll' || textOverflow === 'ellipsis') return true;
      // What is there for screen readers alone.
      if (element.getBoundingClientRect().width <= 1) return true;
      return tells(element.parentElement);
    };
    return [...document.querySelectorAll('main *, header *')]
      .filter((element) => element.getBoundingClientRect().right > innerWidth + 1 && !tells(element))
      .map((element) => `cut off: ${element.outerHTML.slice(0, 160)}`);
  });
}

/** Opens a page, and says what is wrong with it. Whatever reaches the console in red fails the test by itself. */
async function wrongWith(page: Page, path: string, ready: () => Promise<unknown>): Promise<string[]> {
  if (new URL(page.url()).pathname !== path) await page.goto(path);
  await ready();
  const found: string[] = [];
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    const planted = await page.evaluate(() => document.querySelectorAll('img[src="x"], [onerror]').length);
    if (planted > 0) found.push(`${path}: ${planted} elements made of text`);
    for (const element of [...(await sticksOut(page)), ...(await cutOff(page))]) {
      found.push(`${path}, ${width} px: ${element}`);
    }
  }
  return found;
}

/** A browser in which any dialog is a text that was executed. */
async function openWary(as?: typeof alice) {
  const { page } = await browser.visit(server.origin, as === undefined ? {} : { as });
  const executed: string[] = [];
  page.on('dialog', (dialog) => {
    executed.push(dialog.message());
    return dialog.dismiss();
  });
  return { page, executed };
}

test('whatever people, monitors, tags and organizations are called, every page shows it and none breaks', async () => {
  const { page, executed } = await openWary(alice);
  const found: string[] = [];
  const open = async (path: string, ready: () => Promise<unknown>) => {
    found.push(...(await wrongWith(page, path, ready)));
  };
  await open('/dashboard', () => page.getByRole('row').nth(TEXTS.length).waitFor());
  // Read as it was written, down to the last mark.
  const shown = await page.getByRole('row').getByRole('link').allTextContents();
  expect(shown).toEqual(expect.arrayContaining([HTML, HOSTILE_TEXTS['a script'], HOSTILE_TEXTS.emoji]));
  await page.getByRole('banner').getByRole('button', { name: RIGHT_TO_LEFT }).click();
  await page.getByRole('menuitemradio').nth(TEXTS.length).waitFor();
  await open('/dashboard', () => page.getByRole('menu').waitFor());
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await open('/dashboard', () => page.getByRole('option').nth(TEXTS.length).waitFor());
  await page.keyboard.press('Escape');

  const worst = [
    HTML,
    HOSTILE_TEXTS['an override of direction'],
    HOSTILE_TEXTS['many accents'],
    'W'.repeat(80),
  ];
  for (const text of worst) {
    const monitorId = ids[TEXTS.indexOf(text ?? '')];
    const settings = () => page.getByRole('button', { name: 'Edit settings' });
    await open(`/monitors/${monitorId}`, () => settings().waitFor());
    await settings().click();
    await open(`/monitors/${monitorId}`, () => page.getByLabel('Name', { exact: true }).waitFor());
  }

  await page.goto('/settings');
  const links = page.getByRole('navigation', { name: 'Settings' }).getByRole('link');
  await links.first().waitFor();
  const paths = await links.evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).pathname));
  expect(paths.length).toBeGreaterThan(5);
  for (const path of paths) {
    await open(path, async () => {
      await page.getByRole('heading', { level: 2 }).first().waitFor();
      await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
    });
  }
  await page.goto('/settings/audit');
  const entry = page.getByRole('button', { name: / renamed W+ to / }).first();
  await entry.click();
  await open('/settings/audit', () => page.getByRole('table', { name: 'What changed' }).waitFor());
  expect(found).toEqual([]);
  expect(executed).toEqual([]);
});

test('the choice between organizations, and the page of who lost theirs, break at no name', async () => {
  const { page, executed } = await openWary();
  const found: string[] = [];
  await page.goto('/login');
  await page.getByLabel('Email').fill(alice.email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Choose an organization' }).waitFor();
  const continues = page.getByRole('button', { name: /^Continue to / });
  found.push(...(await wrongWith(page, '/login', () => continues.nth(TEXTS.length).waitFor())));
  await continues.filter({ hasText: HOSTILE_TEXTS['a script'] ?? '' }).click();
  await page.waitForURL('**/dashboard');
  const chosen = TEXTS.indexOf(HOSTILE_TEXTS['a script'] ?? '');
  await page.getByText('Nothing is watched yet').waitFor();
  await database.admin(
    'delete from members where user_id = $1 and tenant_id = (select id from tenants where slug = $2)',
    [user.id, `hostile-${chosen}`],
  );
  const told = page.getByRole('heading', { name: 'You do not belong to this organization' });
  found.push(...(await wrongWith(page, '/dashboard', () => told.waitFor())));
  expect(found).toEqual([]);
  expect(executed).toEqual([]);
});

test('accents stacked upon each other paint over nothing around the row they stand in', async () => {
  const anna = await world.register('Accents', 'anna@accents.example');
  await anna.call('auth.updateProfile', { name: 'Anna' });
  const { page } = await browser.visit(server.origin, { as: anna, reducedMotion: true });
  /** What stands above the first row of a list, as a picture. */
  const above = async (path: string, list: string) => {
    await page.goto(path);
    const rows = page.getByRole('list', { name: list });
    await rows.getByRole('listitem').first().waitFor();
    await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
    const { x = 0, y = 0, width = 0 } = (await rows.boundingBox()) ?? {};
    expect(y).toBeGreaterThan(100);
    return page.screenshot({ clip: { x, y: 60, width, height: y - 60 } });
  };
  const stacked = `A${'\u0301'.repeat(60)}nna`;
  const members = await above('/settings/members', 'Members');
  await anna.call('auth.updateProfile', { name: stacked });
  expect((await above('/settings/members', 'Members')).equals(members)).toBe(true);
});
