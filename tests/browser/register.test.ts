import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { openWorld, PASSWORD } from '../support/world.ts';

const world = await openWorld();
const browser = await openBrowser();

async function openForm(): Promise<{ page: Page; takeProblems: () => string[] }> {
  const visit = await browser.visit(world.server.origin);
  await visit.page.goto('/register');
  await visit.page.getByRole('heading', { name: 'Create your organization' }).waitFor();
  return visit;
}

async function fill(page: Page, organizationName: string, email: string): Promise<void> {
  await page.getByLabel('Organization name').fill(organizationName);
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByLabel('Password again').fill(PASSWORD);
}

test('each rule of a password is ticked off the moment it is kept', async () => {
  const { page } = await openForm();
  const ticked = async () => {
    const rules = await page
      .getByRole('list', { name: 'A password needs' })
      .getByRole('listitem')
      .allTextContents();
    return rules.filter((rule) => rule.endsWith('done')).map((rule) => rule.replace('done', ''));
  };
  const password = page.getByLabel('Password', { exact: true });
  await password.focus();
  expect(await ticked()).toEqual([]);
  await page.keyboard.type('a');
  expect(await ticked()).toEqual(['A lower-case letter']);
  await page.keyboard.type('B7');
  expect(await ticked()).toEqual(['An upper-case letter', 'A lower-case letter', 'A digit']);
  await page.keyboard.type('-');
  expect(await ticked()).toEqual(['An upper-case letter', 'A lower-case letter', 'A digit', 'A symbol']);
  await page.keyboard.type('twelve long');
  expect(await ticked()).toHaveLength(5);
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Backspace');
  expect(await ticked()).not.toContain('12 characters or more');
});

test('an empty form says at each field what to do', async () => {
  const { page } = await openForm();
  await page.getByRole('button', { name: 'Create organization' }).click();
  for (const sentence of [
    'Name your organization.',
    'Enter your email address.',
    /^Still missing: 12 characters/,
    'Type the password again.',
  ])
    await page.getByText(sentence).waitFor();
  const name = page.getByLabel('Organization name');
  expect(await name.evaluate((it) => it === document.activeElement)).toBe(true);
});

test('two different passwords are told apart at the second one, once typing rests', async () => {
  const { page } = await openForm();
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  const again = page.getByLabel('Password again');
  await again.pressSequentially('Correct-Horse');
  await page.getByText('The two passwords are not the same.').waitFor();
  expect(await again.getAttribute('aria-invalid')).toBe('true');
  await again.fill(PASSWORD);
  await page.getByText('The two passwords are not the same.').waitFor({ state: 'detached' });
});

test('a name that is taken is said at its field, and nothing that was typed is lost', async () => {
  const { page } = await openForm();
  await fill(page, '  ACME ', 'erin@other.example');
  await page.getByRole('button', { name: 'Create organization' }).click();
  const sentence = page.getByText('This organization name is already taken. Please choose another name.');
  await sentence.waitFor();
  const name = page.getByLabel('Organization name');
  const described = await name.getAttribute('aria-describedby');
  expect(await sentence.getAttribute('id')).toBe(described);
  expect(await name.evaluate((field) => field === document.activeElement)).toBe(true);
  expect(await page.getByLabel('Email').inputValue()).toBe('erin@other.example');
  expect(await page.getByLabel('Password', { exact: true }).inputValue()).toBe(PASSWORD);
  expect(await page.getByLabel('Password again').inputValue()).toBe(PASSWORD);

  await name.fill('Erin & Sons');
  await sentence.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Create organization' }).click();
  await page.getByText('Erin & Sons is ready').waitFor();
});

test('a server that cannot be reached is said in a sentence, and the form can be sent again as it stands', async () => {
  const { page, takeProblems } = await openForm();
  await fill(page, 'Frank’s Bakery', 'frank@bakery.example');
  await page.context().setOffline(true);
  await page.getByRole('button', { name: 'Create organization' }).click();
  await page.getByText(/^StatusWatch cannot be reached right now/).waitFor();
  expect(takeProblems().join()).toContain('ERR_INTERNET_DISCONNECTED');
  expect(await page.getByLabel('Organization name').inputValue()).toBe('Frank’s Bakery');
  await page.context().setOffline(false);
  await page.getByRole('button', { name: 'Create organization' }).click();
  await page.getByText('Frank’s Bakery is ready').waitFor();
});

test('a password manager can tell what each field is for', async () => {
  const { page } = await openForm();
  const purposes = () =>
    page
      .locator('input')
      .evaluateAll((fields) =>
        fields.map((field) => [field.getAttribute('name'), field.getAttribute('autocomplete')]),
      );
  expect(await purposes()).toEqual([
    ['organizationName', 'organization'],
    ['email', 'username'],
    ['password', 'new-password'],
    ['passwordConfirmation', 'new-password'],
  ]);
  await page.getByRole('link', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  expect(await purposes()).toEqual([
    ['email', 'username'],
    ['password', 'current-password'],
  ]);
});

test('a password can be looked at, and hidden again', async () => {
  const { page } = await openForm();
  const password = page.getByLabel('Password', { exact: true });
  await password.fill(PASSWORD);
  expect(await password.getAttribute('type')).toBe('password');
  await page.getByRole('button', { name: 'Show password' }).first().click();
  expect(await password.getAttribute('type')).toBe('text');
  await page.getByRole('button', { name: 'Hide password' }).click();
  await eventually(async () => (await password.getAttribute('type')) === 'password');
});
