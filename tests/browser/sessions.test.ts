import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { ApiClient } from '../support/api-client.ts';
import { openBrowser } from '../support/browser.ts';
import { axeFindings, sticksOut } from '../support/browser-axe.ts';
import { openWorld, PASSWORD } from '../support/world.ts';

const world = await openWorld();
const browser = await openBrowser();
const { server } = world;

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0';

/** Signs a person in once more, from another address and with a browser of that name. */
async function signInElsewhere(email: string, userAgent: string | null): Promise<ApiClient> {
  const elsewhere = world.visitor();
  const input = { email, password: PASSWORD };
  await elsewhere.send('auth.login', input, userAgent === null ? {} : { 'user-agent': userAgent });
  return elsewhere;
}

async function openSessions(as: ApiClient): Promise<Page> {
  const { page } = await browser.visit(server.origin, { as });
  await page.goto('/settings/sessions');
  await page.getByRole('list', { name: 'Sessions' }).waitFor();
  return page;
}

const rows = (page: Page) => page.getByRole('list', { name: 'Sessions' }).getByRole('listitem');

async function signInOn(page: Page, email: string): Promise<void> {
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.keyboard.press('Enter');
}

test('each place where somebody is signed in is told by its device, its address and its last use', async () => {
  const nina = await world.register('Nina’s', 'nina@sessions.example');
  const elsewhere = await signInElsewhere(nina.email, FIREFOX);
  await signInElsewhere(nina.email, null);
  const page = await openSessions(nina);
  await rows(page).nth(2).waitFor();
  const here = rows(page).filter({ hasText: 'This device' });
  expect(await here.textContent()).toContain('In use now');
  expect(await here.getByRole('button').count()).toBe(0);
  const other = rows(page).filter({ hasText: 'Firefox on Linux' });
  expect(await other.textContent()).toContain(`from ${elsewhere.address}`);
  await other
    .getByText(/ago|just now/)
    .first()
    .hover();
  await page
    .getByRole('tooltip')
    .getByText(/\d\d:\d\d:\d\d CET$/)
    .waitFor();
  await rows(page)
    .filter({ hasText: 'Unknown device' })
    .getByRole('button', { name: /^Revoke/ })
    .waitFor();
});

test('a session that is revoked here is over there at once, and gone from the list', async () => {
  const olga = await world.register('Olga’s', 'olga@sessions.example');
  const elsewhere = await signInElsewhere(olga.email, FIREFOX);
  const page = await openSessions(olga);
  await page.getByRole('button', { name: 'Revoke Firefox on Linux' }).click();
  await page.getByText('Firefox on Linux is signed out.').waitFor();
  await page.getByText('You are signed in nowhere else.').waitFor();
  expect(await rows(page).count()).toBe(1);
  expect((await elsewhere.refused('auth.me')).data.reason).toBe('not_signed_in');
  expect((await olga.call('auth.me')).user.email).toBe(olga.email);
  // Where the button was is nothing now: the keyboard goes on at the heading.
  expect(
    await page.getByRole('heading', { name: 'Sessions' }).evaluate((it) => it === document.activeElement),
  ).toBe(true);
});

test('everywhere else is signed out with one button, and the list is new to who comes back to it', async () => {
  const pia = await world.register('Pia’s', 'pia@sessions.example');
  await signInElsewhere(pia.email, FIREFOX);
  const page = await openSessions(pia);
  await rows(page).nth(1).waitFor();
  await signInElsewhere(pia.email, FIREFOX);
  // As when the tab is looked at again.
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })));
  await rows(page).nth(2).waitFor();
  await page.getByRole('button', { name: 'Sign out everywhere else' }).click();
  await page.getByText('2 other sessions are ended.').waitFor();
  expect(await rows(page).count()).toBe(1);
  expect(await page.getByRole('button', { name: 'Sign out everywhere else' }).count()).toBe(0);
});

test('a page whose session is revoked elsewhere leads to the login page by itself, and back to where it was', async () => {
  const rosa = await world.register('Rosa’s', 'rosa@sessions.example');
  const monitor = await rosa.call('monitors.create', {
    name: 'Website',
    kind: 'http',
    target: 'https://example.com/',
  });
  const { page: other } = await browser.visit(server.origin);
  await other.goto(`/monitors/${monitor.id}`);
  await signInOn(other, rosa.email);
  await other.getByRole('heading', { level: 1, name: 'Website' }).waitFor();
  // What is typed and not saved keeps nobody on a page that is not theirs any more.
  await other.getByRole('button', { name: 'Edit settings' }).click();
  await other.getByLabel('Name', { exact: true }).fill('Never saved');
  const asked: string[] = [];
  other.on('dialog', (dialog) => {
    asked.push(dialog.type());
    return dialog.dismiss();
  });

  const page = await openSessions(rosa);
  await page.getByRole('button', { name: /^Revoke Chrome on Linux/ }).click();
  await other.waitForURL(`**/login?next=${encodeURIComponent(`/monitors/${monitor.id}`)}`, { timeout: 5000 });
  expect(asked).toEqual([]);
  await signInOn(other, rosa.email);
  await other.getByRole('heading', { level: 1, name: 'Website' }).waitFor();
});

for (const width of [360, 1280]) {
  test(`axe finds nothing on the sessions, and nothing sticks out, ${width} px`, async () => {
    const uma = await world.register(`Uma’s ${width}`, `uma${width}@sessions.example`);
    await signInElsewhere(uma.email, FIREFOX);
    const { page } = await browser.visit(server.origin, { as: uma, width, reducedMotion: true });
    await page.goto('/settings/sessions');
    await rows(page).nth(1).waitFor();
    expect([...(await axeFindings(page)), ...(await sticksOut(page))]).toEqual([]);
  });
}
