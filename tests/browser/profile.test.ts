import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { findingsAtAnySize } from '../support/browser-axe.ts';
import { openWorld, PASSWORD } from '../support/world.ts';

const world = await openWorld();
const browser = await openBrowser();
const { alice, bob, server } = world;

const ANOTHER = 'Another-Horse-8-Battery';
/** Of the right length, and nobody's. */
const UNKNOWN_TOKEN = 'x'.repeat(43);

const card = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

test('another name is seen in the header, in every open tab, and by the others of the organization', async () => {
  const { page, context } = await browser.visit(server.origin, { as: bob });
  await page.goto('/settings/members');
  const members = page.getByRole('list', { name: 'Members' });
  await members.getByText('bob@acme.example').waitFor();
  const second = await context.newPage();
  await second.goto('/settings/profile');
  await second.getByLabel('Your name').fill('  Robert Ünal ');
  await second.keyboard.press('Enter');
  await second.getByText('Your name is saved.').waitFor();
  expect(await second.getByLabel('Your name').inputValue()).toBe('Robert Ünal');
  await second.getByRole('button', { name: 'Account of Robert Ünal' }).waitFor();
  await page.getByRole('button', { name: 'Account of Robert Ünal' }).waitFor();
  await members.getByText('Robert Ünal').waitFor();
  const { page: other } = await browser.visit(server.origin, { as: alice });
  await other.goto('/settings/members');
  await other.getByRole('list', { name: 'Members' }).getByText('Robert Ünal').waitFor();
});

test('another password ends every other session within seconds, and this page goes on', async () => {
  const petra = await world.register('Petra’s', 'petra@profile.example');
  const elsewhere = world.visitor();
  await elsewhere.call('auth.login', { email: petra.email, password: PASSWORD });
  const there = await browser.visit(server.origin, { as: elsewhere });
  await there.page.goto('/dashboard');
  await there.page.getByText('Nothing is watched yet').waitFor();

  const { page } = await browser.visit(server.origin, { as: petra, reducedMotion: true });
  await page.goto('/settings/profile');
  await page.getByRole('button', { name: 'Change email' }).click();
  await page.getByRole('button', { name: 'Change password' }).click();
  const form = card(page, 'Password');
  await form.getByLabel('Current password').fill(PASSWORD);
  await form.getByLabel('New password', { exact: true }).fill(ANOTHER);
  await form.getByLabel('New password again').fill(`${ANOTHER}!`);
  await page.keyboard.press('Enter');
  await form.getByText('The two passwords are not the same.').waitFor();
  expect(await findingsAtAnySize(page, 'profile, with every form open')).toEqual([]);
  await form.getByLabel('New password again').fill(ANOTHER);
  await page.keyboard.press('Enter');
  await form.getByText('Your password is changed. All other sessions were ended.').waitFor();
  await there.page.waitForURL('**/login', { timeout: 5000 });
  await page.getByRole('link', { name: 'Sessions' }).click();
  await page.getByText('You are signed in nowhere else.').waitFor();
});

/** Every field of a page that holds something of an account, as a password manager sees it: name, kind, purpose. */
const fieldsOf = (page: Page) =>
  page
    .locator('form input')
    .evaluateAll((inputs) =>
      (inputs as HTMLInputElement[]).map(
        ({ name, type, autocomplete }) => `${name}: ${type} ${autocomplete}`,
      ),
    );

test('password managers are told what each field holds', async () => {
  const { page } = await browser.visit(server.origin);
  const password = 'password: password new-password';
  const again = 'passwordConfirmation: password new-password';
  await page.goto('/register');
  await page.getByLabel('Organization name').waitFor();
  expect(await fieldsOf(page)).toEqual([
    'organizationName: text organization',
    'email: email username',
    password,
    again,
  ]);
  await page.goto('/login');
  await page.getByLabel('Email').waitFor();
  expect(await fieldsOf(page)).toEqual(['email: email username', 'password: password current-password']);
  await page.goto('/forgot-password');
  await page.getByLabel('Email').waitFor();
  expect(await fieldsOf(page)).toEqual(['email: email username']);
  await page.goto(`/reset-password#token=${UNKNOWN_TOKEN}`);
  await page.getByLabel('New password again').waitFor();
  expect(await fieldsOf(page)).toEqual([password, again]);

  const { page: own } = await browser.visit(server.origin, { as: alice });
  await own.goto('/settings/profile');
  await own.getByRole('button', { name: 'Change email' }).click();
  await own.getByRole('button', { name: 'Change password' }).click();
  await own.getByLabel('New password again').waitFor();
  expect(await fieldsOf(own)).toEqual([
    'name: text name',
    // Whose account it is, for the manager alone.
    'username: email username',
    'email: email email',
    'currentPassword: password current-password',
    'username: email username',
    'currentPassword: password current-password',
    password,
    again,
  ]);
});

test('passwords and addresses can be pasted, and what is pasted is what is sent', async () => {
  const { page } = await browser.visit(server.origin);
  const paste = async (label: string, text: string) => {
    // Cut from a field that shows what it holds, as from anywhere else.
    await page.evaluate(() => document.querySelector('[data-source]')?.remove());
    await page.evaluate((value) => {
      const source = document.createElement('textarea');
      source.dataset.source = '';
      source.value = value;
      document.body.append(source);
      source.select();
    }, text);
    await page.keyboard.press('Control+c');
    await page.getByLabel(label, { exact: true }).focus();
    await page.keyboard.press('Control+v');
  };
  await page.goto('/register');
  await page.getByLabel('Organization name').fill('Pasted');
  await paste('Email', ' pasted@profile.example ');
  await paste('Password', PASSWORD);
  await paste('Password again', PASSWORD);
  await page.getByRole('button', { name: 'Create organization' }).click();
  await page.waitForURL('**/login');
  expect(await page.getByLabel('Email').inputValue()).toBe('pasted@profile.example');
  await paste('Password', PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL('**/dashboard');
});
