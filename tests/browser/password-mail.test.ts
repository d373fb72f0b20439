import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { findingsAtAnySize } from '../support/browser-axe.ts';
import { type CaughtMail, openMailCatcher, tokenIn } from '../support/mail-catcher.ts';
import { openWorld, PASSWORD } from '../support/world.ts';

const mails = await openMailCatcher();
const world = await openWorld({ environment: mails.environment });
const browser = await openBrowser();
const { server } = world;

const ANOTHER = 'Another-Horse-8-Battery';

const linkIn = (mail: CaughtMail) => {
  const token = tokenIn(mail);
  const link = mail.links.find(({ hash }) => hash.includes(token));
  if (link === undefined) throw new Error(`"${mail.subject}" has no link.`);
  return link.href;
};
const banner = (page: Page) => page.getByRole('region', { name: 'Verify your email address' });

async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.keyboard.press('Enter');
}

async function chooseNewPassword(page: Page, password: string): Promise<void> {
  await page.getByLabel('New password', { exact: true }).fill(password);
  await page.getByLabel('New password again').fill(password);
  await page.keyboard.press('Enter');
}

test('who lost the password asks for a mail, chooses a new one, and is signed out everywhere else within seconds', async () => {
  const lena = await world.register('Lena’s', 'lena@lost.example');
  const elsewhere = await browser.visit(server.origin, { as: lena });
  await elsewhere.page.goto('/dashboard');
  await elsewhere.page.getByText('Nothing is watched yet').waitFor();

  const { page } = await browser.visit(server.origin, { reducedMotion: true });
  const found: string[] = [];
  const look = async (name: string) => found.push(...(await findingsAtAnySize(page, name)));
  await page.goto('/login');
  await page.getByLabel('Email').fill(lena.email);
  await page.getByRole('link', { name: 'Forgot your password?' }).click();
  await page.getByRole('heading', { name: 'Forgot your password?' }).waitFor();
  // What was typed at the door came along.
  expect(await page.getByLabel('Email').inputValue()).toBe(lena.email);
  await look('forgot');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Look into your inbox' }).waitFor();
  await page.getByText('If there is an account for lena@lost.example, a mail is on its way.').waitFor();
  await look('forgot, sent');

  const link = linkIn(await mails.to(lena.email, { subject: /Choose a new password/ }));
  expect(new URL(link).origin).toBe(server.origin);
  await page.goto(link);
  await page.waitForURL(`${server.origin}/reset-password`);
  // A phone that put the page away meanwhile loads it anew: it still knows what it was opened with.
  await page.reload();
  await page.getByLabel('New password', { exact: true }).fill('short');
  await page.keyboard.press('Enter');
  await page.locator('[aria-invalid="true"]').first().waitFor();
  await look('reset');
  await chooseNewPassword(page, ANOTHER);
  await page.waitForURL('**/login');
  await page.getByText('Your password is changed, and you are signed out everywhere.').waitFor();
  await elsewhere.page.waitForURL('**/login', { timeout: 5000 });

  await signIn(page, lena.email, PASSWORD);
  await page.getByRole('alert').getByText('do not go together').waitFor();
  await page.getByLabel('Password', { exact: true }).fill(ANOTHER);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/dashboard');
  // The mail reached her, so the address is hers.
  await page.getByText('Nothing is watched yet').waitFor();
  expect(await banner(page).count()).toBe(0);
  await mails.to(lena.email, { subject: /Your password was changed/ });

  await page.goto(link);
  await chooseNewPassword(page, 'Third-Horse-9-Battery');
  await page.getByRole('heading', { name: 'This link does not work any more' }).waitFor();
  await look('reset, with a link that was used');
  await page.getByRole('link', { name: 'Send another link' }).click();
  await page.getByRole('heading', { name: 'Forgot your password?' }).waitFor();
  expect(found).toEqual([]);
});

test('an address that nobody has is told the same, and gets no mail', async () => {
  const { page } = await browser.visit(server.origin);
  await page.goto('/forgot-password');
  await page.getByLabel('Email').fill('nobody@lost.example');
  await page.keyboard.press('Enter');
  await page.getByText('If there is an account for nobody@lost.example, a mail is on its way.').waitFor();
  // Mails are sent in the order in which they are asked for: once a later one is there, this one would be.
  await world.register('Later’s', 'later@lost.example');
  await mails.to('later@lost.example');
  expect(mails.all().filter(({ to }) => to === 'nobody@lost.example')).toEqual([]);
});

test('the line that asks to verify goes from every open tab once the link of the mail was opened', async () => {
  const vera = await world.register('Vera’s', 'vera@verify.example');
  const { page, context } = await browser.visit(server.origin, { as: vera, reducedMotion: true });
  const found: string[] = [];
  await page.goto('/dashboard');
  await banner(page).waitFor();
  found.push(...(await findingsAtAnySize(page, 'the line')));
  const first = linkIn(await mails.to(vera.email));
  await banner(page).getByRole('button', { name: 'Send again' }).click();
  await banner(page).getByText('Another mail is on its way to vera@verify.example.').waitFor();
  const second = linkIn(await mails.to(vera.email));
  expect(second).not.toBe(first);

  const opened = await context.newPage();
  await opened.goto(second);
  await opened.getByRole('heading', { name: 'Your email is verified' }).waitFor();
  expect(opened.url()).toBe(`${server.origin}/verify-email`);
  found.push(...(await findingsAtAnySize(opened, 'verified')));
  await banner(page).waitFor({ state: 'detached' });
  await opened.getByRole('link', { name: 'Go to your monitors' }).click();
  await opened.getByText('Nothing is watched yet').waitFor();
  expect(await banner(opened).count()).toBe(0);

  await opened.goto(second);
  await opened.getByRole('heading', { name: 'This link does not work any more' }).waitFor();
  // Whoever opens it twice is not left in doubt.
  await opened.getByText('vera@verify.example is verified.').waitFor();
  found.push(...(await findingsAtAnySize(opened, 'verified before')));
  await page.goto('/verify-email');
  await page.getByRole('heading', { name: 'This link is not whole' }).waitFor();
  found.push(...(await findingsAtAnySize(page, 'cut short')));
  expect(found).toEqual([]);
});

test('a mail that is read on another device takes the line away when the tab is looked at again', async () => {
  const paul = await world.register('Paul’s', 'paul@verify.example');
  const { page } = await browser.visit(server.origin, { as: paul });
  await page.goto('/dashboard');
  await banner(page).waitFor();
  const phone = await browser.visit(server.origin, { width: 360 });
  await phone.page.goto(linkIn(await mails.to(paul.email)));
  await phone.page.getByText('paul@verify.example is verified.').waitFor();
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await banner(page).waitFor({ state: 'detached' });
});
