import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import {
  arrives,
  chooseAccount,
  hasFocus,
  openInvitedWorld,
  passwordField,
  press,
  title,
} from '../support/invited-world.ts';
import { PASSWORD } from '../support/world.ts';

const { invite, mails, newAddress, newCompany, openLink, server, visitor } = await openInvitedWorld();

const WRONG = 'Wrong-Horse-7-Battery';

test('who is invited sees who invites whom to what, before anything is typed', async () => {
  const acme = await newCompany();
  const { email, link } = await invite(acme, newAddress(), 'viewer');
  const { page } = await openLink(link);
  await title(page, `Join ${acme.tenant.name}`);
  const said = await page.getByRole('main').textContent();
  expect(said).toContain(`${acme.email.split('@')[0]} invites ${email} to ${acme.tenant.name}.`);
  expect(said).toContain('As a viewer you may see everything, and change nothing.');
  await page.getByText('in 23 h').hover();
  await page
    .getByRole('tooltip')
    .getByText(/\d\d:\d\d:\d\d CET$/)
    .waitFor();
});

test('the token leaves the address bar at once, and a page that is loaded anew still has it', async () => {
  const acme = await newCompany();
  const { page } = await openLink((await invite(acme)).link);
  await title(page, `Join ${acme.tenant.name}`);
  expect(page.url()).toBe(`${server.origin}/invitation`);
  await page.reload();
  await title(page, `Join ${acme.tenant.name}`);
});

test('what is wrong with name or password is said at its field, and nothing is sent', async () => {
  const acme = await newCompany();
  const { page } = await openLink((await invite(acme)).link);
  await passwordField(page).fill('short');
  await page.getByLabel('Password again').fill(PASSWORD);
  await press(page, 'Create account and join');
  await page.getByText('Enter your name.').waitFor();
  await page.getByText(/^Still missing: 12 characters/).waitFor();
  await page.getByText('The two passwords are not the same.').waitFor();
  await chooseAccount(page, 'Dora', 'Password1234!');
  await page.getByText(/^Very many people use this password/).waitFor();
  expect(await hasFocus(page, 'Password')).toBe(true);
  expect(await page.getByLabel('Your name').inputValue()).toBe('Dora');
});

test('a password manager can tell whose password is chosen, and whose is asked for', async () => {
  const purposes = (page: Page) =>
    page
      .locator('input')
      .evaluateAll((fields) =>
        fields.map((field) => [field.getAttribute('name'), field.getAttribute('autocomplete')]),
      );
  const acme = await newCompany();
  const { email, link } = await invite(acme);
  const { page } = await openLink(link);
  await title(page, `Join ${acme.tenant.name}`);
  expect(await purposes(page)).toEqual([
    ['email', 'username'],
    ['name', 'name'],
    ['password', 'new-password'],
    ['passwordConfirmation', 'new-password'],
  ]);
  expect(await page.getByLabel('Email').inputValue()).toBe(email);
  const known = await newCompany();
  await page.goto((await invite(acme, known.email)).link);
  await page.getByRole('button', { name: 'Sign in and join' }).waitFor();
  expect(await purposes(page)).toEqual([
    ['email', 'username'],
    ['password', 'current-password'],
  ]);
  expect(await page.getByLabel('Email').inputValue()).toBe(known.email);
});

test('who has an account joins with its password; a wrong one stands selected and costs nothing', async () => {
  const [acme, known] = [await newCompany(), await newCompany()];
  const { page } = await openLink((await invite(acme, known.email)).link);
  await passwordField(page).fill(WRONG);
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText(`This is not the password of ${known.email}.`).waitFor();
  expect(await passwordField(page).inputValue()).toBe(WRONG);
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Enter');
  await arrives(page, acme.tenant.name);
  await page.goBack();
  expect(page.url()).not.toContain('/invitation');
});

test('who mistyped the password too often is told calmly when to go on', async () => {
  const [acme, known] = [await newCompany(), await newCompany()];
  const { link, token } = await invite(acme, known.email);
  for (let turn = 0; turn < 10; turn++)
    await visitor().refused('invitations.accept', { token, password: WRONG });
  const { page } = await openLink(link);
  await passwordField(page).fill(PASSWORD);
  await press(page, 'Sign in and join');
  await page.getByRole('status').getByText('Too many tries. Try again in an hour.').waitFor();
  expect(await page.getByRole('alert').count()).toBe(0);
  expect(await passwordField(page).inputValue()).toBe(PASSWORD);
});

test('who is signed in with the invited address presses one button', async () => {
  const [acme, known] = [await newCompany(), await newCompany()];
  const { page } = await openLink((await invite(acme, known.email)).link, { as: known });
  await page.getByText(`You are signed in as ${known.email}.`).waitFor();
  const join = page.getByRole('button', { name: 'Join' });
  expect(await join.evaluate((button) => button === document.activeElement)).toBe(true);
  await page.keyboard.press('Enter');
  await arrives(page, acme.tenant.name);
  await page.getByText(`You belong to ${acme.tenant.name} now.`).waitFor();
});

test('whose session ended in the meantime is asked for the password instead', async () => {
  const [acme, known] = [await newCompany(), await newCompany()];
  const { page } = await openLink((await invite(acme, known.email)).link, { as: known });
  await page.getByRole('button', { name: 'Join' }).waitFor();
  await known.call('auth.logout');
  await press(page, 'Join');
  await passwordField(page).fill(PASSWORD);
  await press(page, 'Sign in and join');
  await arrives(page, acme.tenant.name);
});

test('who is signed in as someone else is told so, and joins as the right one after signing out', async () => {
  const [acme, other] = [await newCompany(), await newCompany()];
  const { email, link } = await invite(acme);
  const { page } = await openLink(link, { as: other });
  await title(page, 'You are signed in as someone else');
  const said = await page.getByRole('main').textContent();
  expect(said).toContain(`In this browser you are ${other.email}.`);
  expect(said).toContain(`Sign out to join as ${email}`);
  await press(page, 'Sign out and go on');
  await title(page, `Join ${acme.tenant.name}`);
  expect((await other.refused('auth.me')).data.reason).toBe('not_signed_in');
  expect(await hasFocus(page, 'Your name')).toBe(true);
  await chooseAccount(page, 'Dora');
  await arrives(page, acme.tenant.name);
});

test('who would rather stay signed in goes to their own monitors, and the invitation stands', async () => {
  const [acme, other] = [await newCompany(), await newCompany()];
  const { link } = await invite(acme);
  const { page } = await openLink(link, { as: other });
  await page.getByRole('link', { name: 'Stay signed in' }).click();
  await arrives(page, other.tenant.name);
  const { page: elsewhere } = await openLink(link);
  await title(elsewhere, `Join ${acme.tenant.name}`);
});

test('who signs in as someone else in another tab meanwhile is told so when it matters', async () => {
  const [acme, other] = [await newCompany(), await newCompany()];
  const { link } = await invite(acme);
  const { page, context } = await openLink(link);
  await title(page, `Join ${acme.tenant.name}`);
  await page.getByLabel('Your name').fill('Dora');
  await passwordField(page).fill(PASSWORD);
  await page.getByLabel('Password again').fill(PASSWORD);
  await context.addCookies([...other.cookies].map(([name, value]) => ({ name, value, url: server.origin })));
  await press(page, 'Create account and join');
  await title(page, 'You are signed in as someone else');
});

test('whose account was made in the meantime is asked for its password', async () => {
  const [acme, second] = [await newCompany(), await newCompany()];
  const { email, link } = await invite(acme);
  const { page } = await openLink(link);
  await title(page, `Join ${acme.tenant.name}`);
  const { token } = await invite(second, email);
  await visitor().call('invitations.accept', { token, name: 'Dora', password: PASSWORD });
  await chooseAccount(page, 'Dora', 'Another-Horse-8-Battery');
  await page.getByRole('button', { name: 'Sign in and join' }).waitFor();
  await passwordField(page).fill(PASSWORD);
  await press(page, 'Sign in and join');
  await arrives(page, acme.tenant.name);
});

test('an owner who opens somebody else’s invitation is told that they belong there already', async () => {
  const acme = await newCompany();
  const { link } = await invite(acme);
  const { page } = await openLink(link, { as: acme });
  await page
    .getByText(`In this browser you are ${acme.email}, who belongs to ${acme.tenant.name} already.`)
    .waitFor();
});

test('who lost the password chooses another one, and the invitation still opens', async () => {
  const [acme, known] = [await newCompany(), await newCompany()];
  const { link } = await invite(acme, known.email);
  const { page } = await openLink(link);
  await page.getByRole('link', { name: 'Forgot your password?' }).click();
  await title(page, 'Forgot your password?');
  expect(await page.getByLabel('Email').inputValue()).toBe(known.email);
  await press(page, 'Send the link');
  const { links } = await mails.to(known.email, { subject: /password/i });
  await page.goto(links[0]?.href ?? '');
  const another = 'Another-Horse-8-Battery';
  await page.getByLabel('New password', { exact: true }).fill(another);
  await page.getByLabel('New password again').fill(another);
  await press(page, 'Change password');
  await title(page, 'Sign in');

  await page.goto(link);
  await title(page, `Join ${acme.tenant.name}`);
  await passwordField(page).fill(another);
  await press(page, 'Sign in and join');
  await arrives(page, acme.tenant.name);
});
