import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { fillMonitors } from '../support/fill.ts';
import { openWorld, PASSWORD, type Persona } from '../support/world.ts';

const world = await openWorld();
const browser = await openBrowser();
const { database, server } = world;

async function newcomer(name: string): Promise<Persona> {
  const person = await world.register(name, `${name.toLowerCase()}@live.example`);
  await fillMonitors(database, person.tenant, [{ name: 'site' }]);
  return person;
}

async function openDashboard(page: Page): Promise<void> {
  await page.goto('/dashboard');
  await page.getByRole('row', { name: /site/ }).waitFor();
}

const rowIs = (page: Page, state: string) => page.getByRole('row', { name: new RegExp(`^${state}: site`) });
const line = (page: Page) => page.getByText(/it goes on by itself\.$/);

/** How many streams the server has opened for an organization. */
const streamsOf = (person: Persona) =>
  server.logLines.filter(
    ({ path, status, tenantId }) =>
      path === '/trpc/live.changes' && status === 200 && tenantId === person.tenant.id,
  ).length;

/** Turns the only monitor from another machine, until the page at hand shows it. */
async function sees(page: Page, person: Persona, turn: 'pause' | 'resume'): Promise<void> {
  const { items } = await person.call('monitors.list');
  const [monitor] = items;
  if (monitor === undefined) throw new Error('There is no monitor.');
  await person.call(`monitors.${turn}`, { monitorId: monitor.id });
  await rowIs(page, turn === 'pause' ? 'paused' : 'pending').waitFor();
}

test('two tabs share one stream, and the second goes on when the first is closed', async () => {
  const mona = await newcomer('Mona');
  const { page, context } = await browser.visit(server.origin, { as: mona });
  await openDashboard(page);
  await eventually(() => streamsOf(mona) === 1);
  const second = await context.newPage();
  await openDashboard(second);
  await sees(page, mona, 'pause');
  await rowIs(second, 'paused').waitFor();
  expect(streamsOf(mona)).toBe(1);
  await page.close();
  await eventually(() => streamsOf(mona) === 2);
  await sees(second, mona, 'resume');
  expect(streamsOf(mona)).toBe(2);
});

test('a laptop that slept says in one line that it is offline, and heals by itself', async () => {
  const nora = await newcomer('Nora');
  const { page, context, takeProblems } = await browser.visit(server.origin, { as: nora });
  await page.clock.install();
  await openDashboard(page);
  await eventually(() => streamsOf(nora) === 1);
  // The lid is shut for ten minutes; on waking, there is no network yet.
  await context.setOffline(true);
  await page.clock.fastForward(600_000);
  await line(page).waitFor();
  expect(await line(page).textContent()).toContain('You are offline.');
  expect(await line(page).count()).toBe(1);
  await rowIs(page, 'up').waitFor();
  const [monitor] = (await nora.call('monitors.list')).items;
  await nora.call('monitors.pause', { monitorId: monitor?.id ?? '' });
  await context.setOffline(false);
  await rowIs(page, 'paused').waitFor();
  await line(page).waitFor({ state: 'detached' });
  expect(takeProblems().every((problem) => problem.includes('ERR_INTERNET_DISCONNECTED'))).toBe(true);
});

test('a session that is ended elsewhere leads to the door, and back to the same page after signing in', async () => {
  const olga = await newcomer('Olga');
  const { page } = await browser.visit(server.origin, { as: olga });
  await openDashboard(page);
  await rowIs(page, 'up').getByRole('link').click();
  await page.getByRole('heading', { level: 1, name: 'site' }).waitFor();
  await olga.call('auth.logout');
  await page.waitForURL('**/login?next=*');
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  expect(await page.getByText('site').count()).toBe(0);
  await page.getByLabel('Email').fill(olga.email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'site' }).waitFor();
});

test('a member who is removed sees nothing of the organization any more', async () => {
  const petra = await newcomer('Petra');
  const member = await world.addMember(petra.tenant, 'member', 'quentin@live.example');
  const { page } = await browser.visit(server.origin, { as: member });
  await openDashboard(page);
  await database.admin('delete from members where tenant_id = $1 and email = $2', [
    petra.tenant.id,
    member.email,
  ]);
  await page.getByRole('row', { name: /site/ }).waitFor({ state: 'detached' });
  expect(await page.getByText('Petra').count()).toBe(0);
});

test('a server that restarts is back before anyone has to reload, and nothing was missed', async () => {
  const rosa = await newcomer('Rosa');
  const { page, takeProblems } = await browser.visit(server.origin, { as: rosa });
  await openDashboard(page);
  await eventually(() => streamsOf(rosa) === 1);
  await page.evaluate(() => {
    document.documentElement.dataset.untouched = 'yes';
  });
  await server.stop();
  await line(page).waitFor();
  expect(await line(page).textContent()).toContain('StatusWatch cannot be reached.');
  await rowIs(page, 'up').waitFor();
  // What happens while the page hears nothing.
  await database.admin(
    `update monitor_states set state = 'degraded', since = now(), updated_at = now() where tenant_id = $1`,
    [rosa.tenant.id],
  );
  await server.startAgain();
  await rowIs(page, 'degraded').waitFor({ timeout: 20_000 });
  await line(page).waitFor({ state: 'detached' });
  expect(streamsOf(rosa)).toBe(2);
  expect(await page.evaluate(() => document.documentElement.dataset.untouched)).toBe('yes');
  takeProblems();
});
