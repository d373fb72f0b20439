import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { axeFindings, sticksOut } from '../support/browser-axe.ts';
import { openWatchedWorld } from '../support/browser-world.ts';
import { eventually } from '../support/eventually.ts';
import { listenHttp } from '../support/listen.ts';

const world = await openWatchedWorld();
const { alice } = world;
await world.setPlan(alice.tenant, 'pro');

const PASSWORD = 'open sesame';
const BASIC = `Basic ${Buffer.from(`watcher:${PASSWORD}`).toString('base64')}`;

/** A service of this test: it lets in who has the password, and says how it does. */
async function openService() {
  const service = { status: 'ok', seen: [] as (string | undefined)[] };
  const site = await listenHttp((response, request) => {
    service.seen.push(request.headers.authorization);
    if (request.headers.authorization !== BASIC) {
      response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="service"' }).end('who are you?');
      return;
    }
    response
      .writeHead(200, { 'Content-Type': 'application/json', 'X-Served-By': 'unit-7' })
      .end(JSON.stringify({ status: service.status }));
  });
  return Object.assign(service, { url: `${site.url}/health` });
}

async function openDialog(address: string): Promise<Page> {
  const { page } = await world.visit(world.server.origin, { as: alice });
  await page.goto('/dashboard');
  await page.getByRole('button', { name: /^Add (your first )?monitor$/ }).click();
  await page.getByLabel('Address', { exact: true }).fill(address);
  return page;
}

const panel = (page: Page) => page.getByRole('region', { name: /^(Trying|Tried, not saved)$/ });

const tryIt = async (page: Page) => {
  await page.getByRole('button', { name: 'Try it' }).click();
  await panel(page).waitFor();
  await eventually(async () => (await panel(page).getAttribute('aria-busy')) === null);
};

const errorAt = async (page: Page, label: string) => {
  const field = page.getByLabel(label, { exact: true });
  return (await field.getAttribute('aria-invalid')) === 'true' ? describedAt(page, label) : null;
};

/** What a screen reader says of a field after its label. */
const describedAt = async (page: Page, label: string) => {
  const description = await page.getByLabel(label, { exact: true }).getAttribute('aria-describedby');
  return description === null ? null : page.locator(`[id="${description}"]`).textContent();
};

test('a draft is tried until it is right, and saved; its password is kept, used, and never shown again', async () => {
  const service = await openService();
  const page = await openDialog(service.url);

  await tryIt(page);
  await panel(page).getByText('Status 401, expected 200 to 399.').first().waitFor();
  await panel(page).getByText('who are you?').waitFor();

  await page.getByRole('button', { name: 'More settings' }).click();
  await page.getByRole('button', { name: 'Request' }).click();
  await page.getByLabel('Authentication').selectOption('Basic');
  await page.getByLabel('User name').fill('watcher');
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Expected answer' }).click();
  await page.getByRole('button', { name: 'Add assertion' }).click();
  await page.getByLabel('Subject of assertion 1').selectOption('JSON path');
  await page.getByLabel('JSON path of assertion 1').fill('$.status');
  await page.getByLabel('Comparison of assertion 1').selectOption('is');
  await page.getByLabel('Value of assertion 1').fill('ok');
  await panel(page).getByText('The settings were changed since.').waitFor();

  await tryIt(page);
  await panel(page)
    .getByText(/^Answered with status 200/)
    .waitFor();
  const verdicts = panel(page).getByRole('list', { name: 'Assertions' }).getByRole('listitem');
  await verdicts.filter({ hasText: /Holds:.*\$\.status/ }).waitFor();
  await panel(page).getByText(`GET ${service.url}`).click();
  await panel(page).getByText('unit-7').waitFor();
  expect(await panel(page).textContent()).not.toContain(PASSWORD);
  expect(await panel(page).textContent()).not.toContain(BASIC);
  expect(await axeFindings(page)).toEqual([]);

  await page.getByRole('button', { name: 'Add monitor' }).last().click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  const made = (await alice.call('monitors.list', { search: service.url })).items[0];
  expect(made?.http.auth).toEqual({ type: 'basic', username: 'watcher', password: null });

  await page.goto(`/monitors/${made?.id}`);
  await page.getByRole('button', { name: 'Edit settings' }).click();
  const password = page.getByLabel('Password', { exact: true });
  await eventually(async () => (await password.inputValue()) === 'Stored, not shown');
  expect(await axeFindings(page)).toEqual([]);
  service.status = 'on fire';
  await tryIt(page);
  await panel(page)
    .getByText('JSON path $.status is “on fire”, expected it to equal ok.', { exact: true })
    .waitFor();
  expect(await verdicts.count()).toBe(0);
  expect(service.seen.at(-1)).toBe(BASIC);

  await page.getByRole('button', { name: 'Replace password' }).click();
  await eventually(() => password.evaluate((field) => field === document.activeElement));
  await password.fill('wrong');
  await page.getByRole('button', { name: 'Keep the stored password' }).click();
  await eventually(async () => (await password.inputValue()) === 'Stored, not shown');
  await page.getByLabel('Name', { exact: true }).fill('Service');
  await page.getByRole('button', { name: 'Save settings' }).click();
  await page.getByText('The settings are saved.').waitFor();
  service.seen.length = 0;
  await page.getByRole('button', { name: 'Check now' }).click();
  await eventually(() => service.seen.includes(BASIC));
});

test('a stored password is not sent to another server: it is asked for again at its field', async () => {
  const service = await openService();
  const other = await openService();
  const made = await alice.call('monitors.create', {
    name: 'Moves',
    kind: 'http',
    target: service.url,
    http: {
      auth: { type: 'basic', username: 'watcher', password: PASSWORD },
      headers: { 'X-Api-Key': 'k-1' },
    },
  });
  const { page } = await world.visit(world.server.origin, { as: alice });
  await page.goto(`/monitors/${made.id}`);
  await page.getByRole('button', { name: 'Edit settings' }).click();
  await page.getByLabel('Address', { exact: true }).fill(other.url);
  await page.getByRole('button', { name: 'Try it' }).click();
  await eventually(async () => (await errorAt(page, 'Password'))?.includes('another server'));
  await eventually(async () => (await errorAt(page, 'Value of header 1'))?.includes('another server'));
  expect(other.seen).toEqual([]);

  await page.getByRole('button', { name: 'Replace password' }).click();
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Replace value of header 1' }).click();
  await page.getByLabel('Value of header 1', { exact: true }).fill('k-2');
  await tryIt(page);
  await panel(page)
    .getByText(/^Answered with status 200/)
    .waitFor();
  expect(other.seen).toEqual([BASIC]);
});

test('what was tried fits a phone', async () => {
  const long = `/${'a'.repeat(200)}`;
  const site = await listenHttp((response, { url }) => {
    if (url === '/') response.writeHead(302, { Location: long, 'X-Long': 'b'.repeat(500) }).end();
    else response.end('c'.repeat(3000));
  });
  const { page } = await world.visit(world.server.origin, { as: alice, width: 360, height: 740 });
  await page.goto('/dashboard');
  await page.getByRole('button', { name: /^Add (your first )?monitor$/ }).click();
  await page.getByLabel('Address', { exact: true }).fill(`${site.url}/`);
  await tryIt(page);
  await panel(page).getByText(`GET ${site.url}/`, { exact: true }).click();
  await panel(page).getByText('b'.repeat(500)).waitFor();
  const dialog = page.getByRole('dialog');
  expect(await dialog.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
  expect(await sticksOut(page)).toEqual([]);
  expect(await axeFindings(page)).toEqual([]);
});

test('an address that may not be reached is refused at its field, and nothing is shown in between', async () => {
  const page = await openDialog('http://192.168.0.1/router');
  await page.getByRole('button', { name: 'Try it' }).click();
  await eventually(async () => (await errorAt(page, 'Address'))?.includes('PROBER_ALLOW_NETWORKS'));
  await panel(page).waitFor({ state: 'detached' });
});

test('what is wrong with a draft is shown where it is, and nothing is sent', async () => {
  const service = await openService();
  const page = await openDialog(service.url);
  await page.getByRole('button', { name: 'More settings' }).click();
  await page.getByRole('button', { name: 'Request' }).click();
  await page.getByLabel('Authentication').selectOption('Bearer token');
  await page.getByRole('button', { name: 'Request' }).click();
  await page.getByLabel('Authentication').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Try it' }).click();
  await eventually(async () => (await errorAt(page, 'Token')) === 'Give a token.');
  await eventually(() =>
    page.getByLabel('Token', { exact: true }).evaluate((field) => field === document.activeElement),
  );
  expect(service.seen).toEqual([]);
});

test('an assertion that may find several things says which of them is judged', async () => {
  const page = await openDialog('https://shop.example');
  await page.getByRole('button', { name: 'More settings' }).click();
  await page.getByRole('button', { name: 'Expected answer' }).click();
  await page.getByRole('button', { name: 'Add assertion' }).click();
  const subject = page.getByLabel('Subject of assertion 1');
  await subject.selectOption('CSS selector');
  expect(await describedAt(page, 'CSS selector of assertion 1')).toBe('The first match is judged.');
  await subject.selectOption('JSON path');
  expect(await describedAt(page, 'JSON path of assertion 1')).toBe('Every value it leads to must comply.');
  await subject.selectOption('Header');
  expect(await describedAt(page, 'Header name of assertion 1')).toBeNull();
});

test('a second press takes the place of a first that lets one wait; closing gives a trial up', async () => {
  let asked = 0;
  const site = await listenHttp((response) => {
    asked += 1;
    if (asked === 2) response.end('at last'); // the others are never answered
  });
  const givenUp = () =>
    world.server.logLines.filter(({ path, status }) => path === '/trpc/monitors.try' && status === 409)
      .length;
  const page = await openDialog(`${site.url}/slow`);
  await page.getByRole('button', { name: 'Try it' }).click();
  await eventually(() => asked === 1);
  await page.getByRole('button', { name: 'Try it' }).click();
  await panel(page).getByText('at last').waitFor();
  await eventually(() => givenUp() === 1);
  await page.getByRole('button', { name: 'Close what was tried' }).click();
  await panel(page).waitFor({ state: 'detached' });

  await page.getByRole('button', { name: 'Try it' }).click();
  await eventually(() => asked === 3);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await eventually(() => givenUp() === 2);
});

test('when a second trial comes to nothing, what the first found is neither shown nor spoken', async () => {
  const site = await listenHttp((response) => response.end('fine'));
  const { page, takeProblems } = await world.visit(world.server.origin, { as: alice });
  await page.goto('/dashboard');
  await page.getByRole('button', { name: /^Add (your first )?monitor$/ }).click();
  await page.getByLabel('Address', { exact: true }).fill(site.url);
  await tryIt(page);
  const spoken = panel(page).getByRole('status').first();
  await eventually(async () => (await spoken.textContent())?.startsWith('Up. Answered with status 200'));

  await page.context().setOffline(true);
  await page.getByRole('button', { name: 'Try it' }).click();
  const failed = page.getByRole('region', { name: 'Could not be tried' });
  await failed.getByRole('alert').waitFor();
  expect(await failed.textContent()).not.toContain('Answered with status');
  await page.context().setOffline(false);
  takeProblems(); // what the browser says of the network that was gone
});

test('a page with unsaved settings asks before it is left, and keeps them for who stays', async () => {
  const service = await openService();
  const made = await alice.call('monitors.create', { name: 'Unsaved', kind: 'http', target: service.url });
  const { page } = await world.visit(world.server.origin, { as: alice });
  await page.goto(`/monitors/${made.id}`);
  await page.getByRole('button', { name: 'Edit settings' }).click();
  const away = page
    .getByRole('navigation')
    .getByRole('link', { name: /^Monitors/ })
    .first();
  await page.getByLabel('Name', { exact: true }).fill('Almost');
  await away.click();
  const dialog = page.getByRole('alertdialog', { name: 'Leave without saving?' });
  await dialog.getByRole('button', { name: 'Stay' }).click();
  await dialog.waitFor({ state: 'detached' });
  expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Almost');

  await away.click();
  await dialog.getByRole('button', { name: 'Leave' }).click();
  await page.getByRole('heading', { level: 1, name: 'Monitors' }).waitFor();

  await page.goto(`/monitors/${made.id}`);
  await page.getByRole('button', { name: 'Edit settings' }).click();
  await page.getByLabel('Name', { exact: true }).waitFor();
  await away.click();
  await page.getByRole('heading', { level: 1, name: 'Monitors' }).waitFor();
  expect((await alice.call('monitors.get', { monitorId: made.id })).name).toBe('Unsaved');
});
