import { expect, test } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { findingsAtAnySize } from '../support/browser-axe.ts';
import { openMailCatcher, tokenIn } from '../support/mail-catcher.ts';
import { openWorld, PASSWORD, type Persona } from '../support/world.ts';

const mails = await openMailCatcher();
const world = await openWorld({ environment: mails.environment });
const browser = await openBrowser();
const { server } = world;

/** Of the right length, and nobody's. */
const UNKNOWN_TOKEN = 'x'.repeat(43);

/** Somebody whose address is known to be theirs. */
async function verified(organizationName: string, email: string): Promise<Persona> {
  const person = await world.register(organizationName, email);
  await person.call('auth.verifyEmail', { token: tokenIn(await mails.to(email)) });
  return person;
}

test('a new address counts once its mail was opened, and the one before is told', async () => {
  const nora = await verified('Nora’s', 'nora@before.example');
  const { page, context } = await browser.visit(server.origin, { as: nora, reducedMotion: true });
  const found: string[] = [];
  await page.goto('/settings/profile');
  await page.getByRole('button', { name: 'Change email' }).click();
  const form = page.getByRole('region', { name: 'Email' });
  await form.getByLabel('New email').fill('Nora@After.example');
  await form.getByLabel('Current password').fill('Wrong-Horse-7-Battery');
  await page.keyboard.press('Enter');
  // What is wrong is said at its field, and what is right stays.
  await form.locator('[aria-invalid="true"]').waitFor();
  expect(await form.getByLabel('New email').inputValue()).toBe('Nora@After.example');
  found.push(...(await findingsAtAnySize(page, 'a wrong password')));
  await form.getByLabel('Current password').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await form.getByText('Not confirmed yet').waitFor();
  await form.getByText('nora@after.example').waitFor();
  await form.getByText('nora@before.example').waitFor();

  const asked = await mails.to('nora@after.example');
  const opened = await context.newPage();
  await opened.goto(`${server.origin}/confirm-email#token=${tokenIn(asked)}`);
  await opened.getByRole('heading', { name: 'Confirm your new email' }).waitFor();
  found.push(...(await findingsAtAnySize(opened, 'confirm')));
  // Programs that open every link of a mail press no button.
  expect((await nora.call('auth.me')).user.email).toBe('nora@before.example');
  await opened.getByRole('button', { name: 'Confirm this address' }).click();
  await opened.getByText('You sign in with nora@after.example from now on.').waitFor();
  found.push(...(await findingsAtAnySize(opened, 'confirmed')));
  // The page that asked for it follows.
  await form.getByText('Not confirmed yet').waitFor({ state: 'detached' });
  await form.getByText('nora@after.example').waitFor();
  expect(await form.getByText('nora@before.example').count()).toBe(0);
  const told = await mails.to('nora@before.example', { subject: /address was changed/ });
  expect(told.text).toContain('nora@after.example');
  expect(told.links.filter(({ hash }) => hash !== '')).toEqual([]);

  // Another link in the same tab is another question; this one was answered already.
  await opened.goto(`${server.origin}/confirm-email#token=${UNKNOWN_TOKEN}`);
  await opened.getByRole('button', { name: 'Confirm this address' }).click();
  await opened.getByRole('heading', { name: 'This link does not work any more' }).waitFor();
  await opened.goto(`${server.origin}/confirm-email#token=${tokenIn(asked)}`);
  await opened.getByRole('button', { name: 'Confirm this address' }).click();
  await opened.getByRole('heading', { name: 'This link does not work any more' }).waitFor();
  found.push(...(await findingsAtAnySize(opened, 'confirmed before')));
  expect(found).toEqual([]);

  const { page: door } = await browser.visit(server.origin);
  await door.goto('/login');
  await door.getByLabel('Email').fill('nora@before.example');
  await door.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await door.keyboard.press('Enter');
  await door.getByRole('alert').waitFor();
  await door.getByLabel('Email').fill('nora@after.example');
  await door.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await door.keyboard.press('Enter');
  await door.waitForURL('**/dashboard');
});

test('an address that has an account already is told apart by nobody but its owner', async () => {
  const mia = await verified('Mia’s', 'mia@before.example');
  const taken = await verified('Taken', 'taken@other.example');
  const { page } = await browser.visit(server.origin, { as: mia });
  await page.goto('/settings/profile');
  await page.getByRole('button', { name: 'Change email' }).click();
  const form = page.getByRole('region', { name: 'Email' });
  await form.getByLabel('New email').fill(taken.email);
  await form.getByLabel('Current password').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await form.getByText('Not confirmed yet').waitFor();
  await form.getByText(taken.email).waitFor();
  expect((await taken.call('auth.me')).user.email).toBe(taken.email);
});
