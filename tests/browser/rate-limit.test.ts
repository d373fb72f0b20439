import { expect, test } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { openWorld, PASSWORD } from '../support/world.ts';

const { alice, server, visitor } = await openWorld();
const { visit } = await openBrowser();

test('who mistyped a password too often is told calmly when to go on, and nothing that was typed is lost', async () => {
  const person = visitor();
  for (let turn = 0; turn < 10; turn++) {
    await person.refused('auth.login', { email: alice.email, password: 'Wrong-Horse-7-Battery' });
  }
  const { page } = await visit(server.origin, { as: person });
  await page.clock.install();
  await page.goto('/login');
  await page.getByLabel('Email').fill(alice.email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  // Nobody has done anything wrong: it is said as a state of things, and is no alarm.
  await page.getByRole('status').getByText('Too many tries. Try again in an hour.').waitFor();
  expect(await page.getByRole('alert').count()).toBe(0);
  expect(await page.getByLabel('Email').inputValue()).toBe(alice.email);
  expect(await page.getByLabel('Password', { exact: true }).inputValue()).toBe(PASSWORD);

  await page.clock.fastForward('47:30');
  await page.getByText(/Too many tries\. Try again in 1[123] minutes\./).waitFor();
  await page.clock.fastForward('13:00');
  await page.getByText('You can try again now.').waitFor();
});

test('the sixth organization from one address is told so in the form', async () => {
  const person = visitor();
  const form = (number: number) => ({
    organizationName: `Many ${number}`,
    email: `many${number}@many.example`,
    password: PASSWORD,
    passwordConfirmation: PASSWORD,
  });
  for (let number = 1; number <= 5; number++) await person.call('auth.register', form(number));
  const { page } = await visit(server.origin, { as: person });
  await page.goto('/register');
  await page.getByLabel('Organization name').fill('Many 6');
  await page.getByLabel('Email').fill('many6@many.example');
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByLabel('Password again').fill(PASSWORD);
  await page.getByRole('button', { name: 'Create organization' }).click();
  await page
    .getByRole('status')
    .getByText(/^Too many tries\. Try again in .+\.$/)
    .waitFor();
  expect(await page.getByLabel('Organization name').inputValue()).toBe('Many 6');
});
