import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { createSelfSigned } from '../support/certificates.ts';
import { eventually } from '../support/eventually.ts';
import { openWorld, type Persona } from '../support/world.ts';

const world = await openWorld();
const browser = await openBrowser();
const { alice, charlie } = world;
await world.setPlan(alice.tenant, 'pro');

async function openDialog(as: Persona = alice): Promise<Page> {
  const { page } = await browser.visit(world.server.origin, { as });
  await page.goto('/dashboard');
  await page.getByRole('button', { name: /^Add (your first )?monitor$/ }).click();
  await page.getByRole('dialog', { name: 'Add monitor' }).waitFor();
  return page;
}

const unfold = (page: Page, part: string) =>
  page.getByRole('group', { name: part }).getByRole('button', { name: part, exact: false }).first().click();

const errorAt = async (page: Page, label: string) => {
  const field = page.getByLabel(label, { exact: true });
  if ((await field.getAttribute('aria-invalid')) !== 'true') return null;
  return page.locator(`[id="${await field.getAttribute('aria-describedby')}"]`).textContent();
};

test('what is wrong with an address is said at its field while it is typed, and goes when it is mended', async () => {
  const page = await openDialog();
  const address = page.getByLabel('Address', { exact: true });
  await address.pressSequentially('ftp://example.com');
  await eventually(async () =>
    (await errorAt(page, 'Address'))?.startsWith('An address begins with https://'),
  );
  await address.fill('https://user:secret@example.com');
  await eventually(async () =>
    (await errorAt(page, 'Address'))?.startsWith('Leave user name and password out'),
  );
  await address.fill('https://example.com:25');
  await eventually(async () =>
    (await errorAt(page, 'Address'))?.startsWith('Port 25 belongs to another protocol'),
  );
  await address.fill('example.com/health');
  await eventually(async () => (await errorAt(page, 'Address')) === null);
  await page.getByText('https://example.com/health').waitFor();
});

test('nothing typed and sent is said at the field, and nothing is made', async () => {
  const page = await openDialog();
  await page.keyboard.press('Enter');
  await eventually(async () => (await errorAt(page, 'Address')) !== null);
  expect((await alice.call('monitors.list')).total).toBe(0);
});

test('a private address is refused at its field, with what the operator can do', async () => {
  const page = await openDialog();
  await page.getByLabel('Address', { exact: true }).fill('http://192.168.0.1/router');
  await page.keyboard.press('Enter');
  await eventually(async () => (await errorAt(page, 'Address'))?.includes('PROBER_ALLOW_NETWORKS'));
  expect(await page.getByLabel('Address', { exact: true }).inputValue()).toBe('http://192.168.0.1/router');
  await eventually(() =>
    page.getByLabel('Address', { exact: true }).evaluate((field) => field === document.activeElement),
  );
});

test('an address that is watched already is refused at its field, until it is another', async () => {
  await charlie.call('monitors.create', { name: 'site', kind: 'http', target: 'https://example.com/' });
  const page = await openDialog(charlie);
  await page.getByLabel('Address', { exact: true }).fill('https://EXAMPLE.com');
  await page.keyboard.press('Enter');
  await eventually(async () => (await errorAt(page, 'Address')) !== null);
  await page.getByLabel('Address', { exact: true }).fill('https://example.com/other');
  await eventually(async () => (await errorAt(page, 'Address')) === null);
  await page.keyboard.press('Enter');
  await page.getByText('example.com/other is being checked.').waitFor();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
});

test('more settings open the rest; what is set there is what is made', async () => {
  const page = await openDialog();
  await page.getByLabel('Address', { exact: true }).fill('api.example.com/v1/health');
  await page.getByRole('button', { name: 'More settings' }).click();
  expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('api.example.com/v1/health');
  await page.getByLabel('Name', { exact: true }).fill('Public API');
  await unfold(page, 'Request');
  await page.getByLabel('Body type').selectOption('JSON');
  expect(await page.getByLabel('Method').inputValue()).toBe('POST');
  await page.getByRole('textbox', { name: 'Body' }).fill('{"ping":true}');
  await page.getByRole('button', { name: 'Add header' }).click();
  await page.getByLabel('Name of header 1').fill('Authorization');
  await page.getByLabel('Value of header 1').fill('Bearer abc');
  await unfold(page, 'Expected answer');
  await page.getByLabel('Expected status').fill('201');
  await unfold(page, 'Schedule');
  await page.getByLabel('Interval').selectOption('Every 30 s');
  await page.getByLabel('Deadline').fill('60000');
  await eventually(async () => (await errorAt(page, 'Deadline')) !== null);
  await page.getByLabel('Deadline').fill('5000');
  await eventually(async () => (await errorAt(page, 'Deadline')) === null);
  await unfold(page, 'Tags');
  await page.getByRole('textbox', { name: 'Tags' }).fill('api, public');
  await page.getByRole('button', { name: 'Add monitor' }).last().click();
  await page.getByText('Public API is being checked.').waitFor();

  const made = (await alice.call('monitors.list', { search: 'Public API' })).items[0];
  expect(made).toMatchObject({
    name: 'Public API',
    target: 'https://api.example.com/v1/health',
    intervalSeconds: 30,
    timeoutMs: 5000,
    tags: ['api', 'public'],
  });
  expect(made?.http).toMatchObject({
    method: 'POST',
    body: '{"ping":true}',
    bodyType: 'json',
    headers: { Authorization: null },
  });
  expect(made?.assertions).toEqual([{ subject: 'status', comparator: 'in', value: '201' }]);
});

test('a client certificate comes out of one file with its key; a key of another is refused at its field', async () => {
  const [own, other] = await Promise.all([createSelfSigned(['watcher']), createSelfSigned(['watcher'])]);
  const page = await openDialog();
  await page.getByLabel('Address', { exact: true }).fill('https://mutual.example.com/login');
  await page.getByRole('button', { name: 'More settings' }).click();
  await unfold(page, 'Request');
  await page.getByLabel('Body type').selectOption('Form');
  await page.getByRole('button', { name: 'Add field' }).click();
  await page.keyboard.type('user');
  await page.keyboard.press('Tab');
  await page.keyboard.type('ann & bob');
  const left = async (label: string) =>
    (await page.getByLabel(label, { exact: true }).boundingBox())?.x ?? Number.NaN;
  expect(await left('Name of field 1')).toBeLessThan(await left('Value of field 1'));
  await page.getByRole('button', { name: 'Connection' }).click();
  await page.getByLabel('IP version').selectOption('IPv6 only');
  await page.getByRole('button', { name: 'Add certificate' }).click();
  const choose = (text: string) =>
    page
      .getByLabel('PEM file with the certificate, the key, or both')
      .setInputFiles({ name: 'client.pem', mimeType: 'text/plain', buffer: Buffer.from(text) });
  await choose('not a certificate');
  await page.getByText('There is no certificate and no key in this file.').waitFor();
  await choose(`${own.cert}\n${own.key}`);
  const key = page.getByLabel('Private key', { exact: true });
  await eventually(async () => (await key.inputValue()) === own.key.trim());
  await choose(other.key);
  await eventually(async () => (await key.inputValue()) === other.key.trim());
  expect(await page.getByLabel('Certificate', { exact: true }).inputValue()).toContain(own.cert.trim());

  await page.getByRole('button', { name: 'Add monitor' }).last().click();
  await eventually(async () => (await errorAt(page, 'Private key'))?.includes('does not belong'));
  await choose(own.key);
  await page.getByRole('button', { name: 'Add monitor' }).last().click();
  await page.getByText('mutual.example.com/login is being checked.').waitFor();
  const made = (await alice.call('monitors.list', { search: 'mutual.example.com' })).items[0];
  expect(made?.http).toMatchObject({
    method: 'POST',
    bodyType: 'form',
    body: 'user=ann+%26+bob',
    ipVersion: '6',
    clientCertificate: { key: null },
  });
});

test('a wrong setting that is folded away is unfolded when it keeps the monitor from being made', async () => {
  const page = await openDialog();
  await page.getByLabel('Address', { exact: true }).fill('https://folded.example.com');
  await page.getByRole('button', { name: 'More settings' }).click();
  await unfold(page, 'When is it down?');
  await page.getByLabel('Retries', { exact: true }).fill('99');
  await page.getByRole('button', { name: 'Fewer settings' }).click();
  await page.getByLabel('Retries', { exact: true }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Add monitor' }).last().click();
  const retries = page.getByLabel('Retries', { exact: true });
  await retries.waitFor();
  await eventually(async () => (await errorAt(page, 'Retries')) === 'Retry 0 to 5 times.');
  await eventually(() => retries.evaluate((field) => field === document.activeElement));
});

test('what was typed is still there when the dialog was closed by mistake', async () => {
  const page = await openDialog();
  await page.getByLabel('Address', { exact: true }).fill('https://kept.example.com');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('n');
  await page.getByRole('dialog', { name: 'Add monitor' }).waitFor();
  expect(await page.getByLabel('Address', { exact: true }).inputValue()).toBe('https://kept.example.com');
});

test('on Free, what only Pro may choose cannot be chosen', async () => {
  const page = await openDialog(charlie);
  await page.getByRole('button', { name: 'More settings' }).click();
  await unfold(page, 'Schedule');
  const choice = page.getByLabel('Interval').locator('option', { hasText: 'Every 10 s' });
  expect(await choice.textContent()).toContain('Pro only');
  expect(await choice.isDisabled()).toBe(true);
});

test('where no prober runs, trying says so in its place, and what was typed stays', async () => {
  const { page, takeProblems } = await browser.visit(world.server.origin, { as: alice });
  await page.goto('/dashboard');
  await page.getByRole('button', { name: /^Add (your first )?monitor$/ }).click();
  await page.getByLabel('Address', { exact: true }).fill('https://untried.example.com');
  await page.getByRole('button', { name: 'Try it' }).click();
  const panel = page.getByRole('region', { name: 'Could not be tried' });
  await panel.getByText(/^No prober runs in/).waitFor();
  expect(await page.getByLabel('Address', { exact: true }).inputValue()).toBe('https://untried.example.com');
  // A browser writes every 503 into its console, and the server into its log.
  expect(takeProblems()).toHaveLength(1);
  expect(world.server.takeErrors().map(({ event }) => event)).toContain('api.failed');
});
