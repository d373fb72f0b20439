import { expect, test } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { openWorld, PASSWORD } from '../support/world.ts';

const world = await openWorld();
const browser = await openBrowser();
const { alice } = world;

async function openSignIn(path = '/login') {
  const visit = await browser.visit(world.server.origin);
  await visit.page.goto(path);
  await visit.page.getByRole('heading', { name: 'Sign in' }).waitFor();
  return visit;
}

test('a wrong password is said without saying which of the two was wrong, and the email stays', async () => {
  const { page } = await openSignIn();
  await page.getByLabel('Email').fill(alice.email);
  await page.getByLabel('Password', { exact: true }).fill('Wrong-Horse-7-Battery');
  await page.keyboard.press('Enter');
  const alert = page.getByRole('alert');
  await alert.waitFor();
  const sentence = 'This email and password do not go together. Check both, and try again.';
  expect(await alert.textContent()).toBe(sentence);
  expect(await page.getByLabel('Email').inputValue()).toBe(alice.email);
  // What is wrong stands selected: typing replaces it.
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/dashboard');

  const { page: other } = await openSignIn();
  await other.getByLabel('Email').fill('nobody@acme.example');
  await other.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await other.keyboard.press('Enter');
  await other.getByRole('alert').waitFor();
  expect(await other.getByRole('alert').textContent()).toBe(sentence);
});

test('an address is left as it is typed, with a space before it, letters of its own, or changed in its middle', async () => {
  const { page } = await openSignIn();
  const email = page.getByLabel('Email');
  const typed = async (text: string) => {
    await email.press('ControlOrMeta+a');
    await email.pressSequentially(text);
    return email.inputValue();
  };
  expect(await typed(' gina@both.example ')).toBe('gina@both.example');
  for (let letter = 0; letter < 'both.example '.length; letter += 1) await email.press('ArrowLeft');
  await email.pressSequentially('all-');
  expect(await email.inputValue()).toBe('gina@all-both.example');
  // What the browser hands over is how such a name goes over the wire; what is seen stays in its own letters.
  expect(await typed('gina@büro.example')).toBe('gina@xn--bro-hoa.example');
});

test('who belongs to several organizations chooses one, or comes back as someone else', async () => {
  await world.register('Beta Works', 'gina@both.example');
  await world.register('Gamma Works', 'gina@both.example');
  const { page } = await openSignIn();
  await page.getByLabel('Email').fill('gina@both.example');
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Choose an organization' }).waitFor();
  await page.getByRole('button', { name: 'Continue to Beta Works' }).waitFor();

  await page.getByRole('button', { name: 'Use different email' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  expect(await page.getByLabel('Email').inputValue()).toBe('');
  expect(await page.getByLabel('Password', { exact: true }).inputValue()).toBe('');

  await page.getByLabel('Email').fill('gina@both.example');
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Continue to Gamma Works' }).click();
  await page.waitForURL('**/dashboard');
  await page.getByRole('banner').getByText('Gamma Works').waitFor();
});

test('signing out ends the session, and the page behind it shows nothing any more', async () => {
  const { page, context } = await openSignIn();
  await page.getByLabel('Email').fill(alice.email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Monitors' }).waitFor();
  const [cookie] = await context.cookies();
  await page.getByRole('button', { name: /^Account of/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.waitForURL('**/login');
  expect(await context.cookies()).toEqual([]);
  // The cookie itself is worth nothing any more, whoever kept it.
  if (cookie === undefined) throw new Error('There was no session.');
  await context.addCookies([cookie]);
  await page.goto('/dashboard');
  await page.waitForURL('**/login');
});

test('who follows a link to a page behind the door arrives there after signing in', async () => {
  const monitor = await alice.call('monitors.create', {
    name: 'Website',
    kind: 'http',
    target: 'https://example.com/',
  });
  const { page } = await openSignIn(`/monitors/${monitor.id}`);
  expect(new URL(page.url()).pathname).toBe('/login');
  await page.getByLabel('Email').fill(alice.email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Website' }).waitFor();
  expect(new URL(page.url()).pathname).toBe(`/monitors/${monitor.id}`);
});

test('an address that would lead to another site leads to the monitors instead', async () => {
  const { page } = await openSignIn(`/login?next=${encodeURIComponent('//evil.example/dashboard')}`);
  await page.getByLabel('Email').fill(alice.email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Monitors' }).waitFor();
  expect(page.url()).toBe(`${world.server.origin}/dashboard`);
});

test('who is signed in already is led past the door', async () => {
  const { page } = await openSignIn();
  await page.getByLabel('Email').fill(alice.email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/dashboard');
  await page.goto('/login');
  await eventually(() => page.url() === `${world.server.origin}/dashboard`);
});
