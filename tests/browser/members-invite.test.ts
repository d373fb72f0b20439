import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { openMailCatcher, tokenIn } from '../support/mail-catcher.ts';
import { openWorld, type Persona } from '../support/world.ts';

const mails = await openMailCatcher();
const world = await openWorld({ environment: mails.environment });
const browser = await openBrowser();
const { server } = world;

/** An organization of its own: how often one may invite is counted for each. */
const newCompany = (mark: string) => world.register(`Inviting ${mark}`, `olga@${mark}.example`);

async function openMembers(as: Persona): Promise<Page> {
  const { page } = await browser.visit(server.origin, { as });
  await page.goto('/settings/members');
  await page.getByRole('list', { name: 'Members' }).waitFor();
  return page;
}

const rowOf = (page: Page, email: string) =>
  page.getByRole('list', { name: 'Invitations' }).getByRole('listitem').filter({ hasText: email });
const dialog = (page: Page) => page.getByRole('dialog');
const emailField = (page: Page) => dialog(page).getByRole('textbox', { name: 'Email' });

async function openInviteDialog(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Invite somebody' }).click();
  await emailField(page).waitFor();
}

const invitationTo = (email: string) => mails.to(email, { subject: /^Invitation/ });
/** What somebody with the token of a mail is told. */
const opens = async (token: string) => (await world.visitor().send('invitations.get', { token })).status;

test('somebody is invited: the mail arrives, and the list says who, as what, by whom and until when', async () => {
  const olga = await newCompany('invite');
  const page = await openMembers(olga);
  await page.getByText('No invitation is open.').waitFor();
  await openInviteDialog(page);
  // The address has the focus, and Enter sends it.
  await page.keyboard.type(' Iris@Guests.example');
  await dialog(page).getByLabel('Role').selectOption('Viewer');
  await dialog(page).getByText('They may see everything, and change nothing.').waitFor();
  await emailField(page).press('Enter');
  await page.getByText('An invitation is on its way to iris@guests.example.').waitFor();
  await dialog(page).waitFor({ state: 'detached' });
  const row = rowOf(page, 'iris@guests.example');
  expect(await row.textContent()).toMatch(/to be a viewer.*invited by olga.*ends in (23 h|1 d)/);
  await row.getByText(/^in (23 h|1 d)$/).hover();
  await page
    .getByRole('tooltip')
    .getByText(/\d\d:\d\d:\d\d CET$/)
    .waitFor();
  expect(await opens(tokenIn(await invitationTo('iris@guests.example')))).toBe(200);
});

test('an invitation is sent again, with a new link, and withdrawn, and then no link of it opens anything', async () => {
  const olga = await newCompany('again');
  await olga.call('members.invite', { email: 'jan@guests.example', role: 'member' });
  const first = tokenIn(await invitationTo('jan@guests.example'));
  const page = await openMembers(olga);
  const again = page.getByRole('button', { name: 'Send again to jan@guests.example' });
  await again.click();
  await page.getByText('A new invitation is on its way to jan@guests.example.').waitFor();
  const second = tokenIn(await invitationTo('jan@guests.example'));
  expect([await opens(first), await opens(second)]).toEqual([400, 200]);
  // The row stays where it is, and the keyboard in it.
  expect(await again.evaluate((it) => it === document.activeElement)).toBe(true);

  await page.getByRole('button', { name: 'Withdraw the invitation of jan@guests.example' }).click();
  await page.getByText(/^The invitation of jan@guests\.example is withdrawn/).waitFor();
  await page.getByText('No invitation is open.').waitFor();
  expect(await opens(second)).toBe(400);
  const heading = page.getByRole('heading', { name: 'Members' });
  expect(await heading.evaluate((it) => it === document.activeElement)).toBe(true);

  await page.getByRole('button', { name: 'Invite again' }).click();
  await rowOf(page, 'jan@guests.example').waitFor();
  expect(await opens(tokenIn(await invitationTo('jan@guests.example')))).toBe(200);
});

test('an invitation whose day is over says so, and can be sent again', async () => {
  const olga = await newCompany('expired');
  const { id } = await olga.call('members.invite', { email: 'kim@guests.example', role: 'member' });
  await invitationTo('kim@guests.example');
  await world.database.admin(
    `update invitations set created_at = now() - interval '30 hours', expires_at = now() - interval '6 hours' where id = $1`,
    [id],
  );
  const page = await openMembers(olga);
  const row = rowOf(page, 'kim@guests.example');
  expect(await row.textContent()).toMatch(/Expired.*ended 6 h ago/);
  await row.getByRole('button', { name: /^Send again/ }).click();
  await row.getByText(/^in (23 h|1 d)$/).waitFor();
  expect(await row.getByText('Expired').count()).toBe(0);
});

test('who is invited already, or belongs to the organization, is told calmly, and what was typed stays', async () => {
  const olga = await newCompany('twice');
  const mike = await world.addMember(olga.tenant, 'member', 'mike@twice.example');
  await olga.call('members.invite', { email: 'lou@guests.example', role: 'admin' });
  const first = tokenIn(await invitationTo('lou@guests.example'));
  const page = await openMembers(olga);
  await openInviteDialog(page);
  await emailField(page).fill(mike.email);
  await emailField(page).press('Enter');
  await dialog(page).getByText('Someone with this address belongs to the organization already.').waitFor();
  expect(await emailField(page).inputValue()).toBe(mike.email);
  expect(await emailField(page).evaluate((it) => it === document.activeElement)).toBe(true);

  await emailField(page).fill('Lou@guests.example');
  await dialog(page)
    .getByText(/^Already invited, to be an admin\. A new invitation takes the place of that one/)
    .waitFor();
  await dialog(page).getByRole('button', { name: 'Send a new invitation' }).click();
  await page.getByText('An invitation is on its way to lou@guests.example.').waitFor();
  await rowOf(page, 'lou@guests.example').getByText('to be a member').waitFor();
  expect(await page.getByRole('list', { name: 'Invitations' }).getByRole('listitem').count()).toBe(1);
  const second = tokenIn(await invitationTo('lou@guests.example'));
  expect([await opens(first), await opens(second)]).toEqual([400, 200]);
});

test('an admin invites no owner, and leaves the invitation of one alone', async () => {
  const olga = await newCompany('admins');
  const ada = await world.addMember(olga.tenant, 'admin', 'ada@admins.example');
  await olga.call('members.invite', { email: 'next-owner@guests.example', role: 'owner' });
  const page = await openMembers(ada);
  expect(await rowOf(page, 'next-owner@guests.example').getByRole('button').count()).toBe(0);
  await openInviteDialog(page);
  const options = dialog(page).getByLabel('Role').getByRole('option');
  expect(await options.allTextContents()).toEqual(['Admin', 'Member', 'Viewer']);
  await emailField(page).fill('next-owner@guests.example');
  await emailField(page).press('Enter');
  await dialog(page)
    .getByRole('alert')
    .getByText(/^Owners are for owners to make/)
    .waitFor();
  expect(await emailField(page).inputValue()).toBe('next-owner@guests.example');
});

test('who has invited too often is told when to go on, and loses nothing that was typed', async () => {
  const olga = await newCompany('often');
  for (let turn = 0; turn < 20; turn++) {
    await olga.call('members.invite', { email: 'one@guests.example', role: 'viewer' });
  }
  const page = await openMembers(olga);
  await openInviteDialog(page);
  await emailField(page).fill('two@guests.example');
  await emailField(page).press('Enter');
  await dialog(page)
    .getByRole('status')
    .getByText(/^Too many tries\. Try again in (an hour|\d+ minutes)\.$/)
    .waitFor();
  // Closed and opened again, it is still there.
  await page.keyboard.press('Escape');
  await dialog(page).waitFor({ state: 'detached' });
  await openInviteDialog(page);
  expect(await emailField(page).inputValue()).toBe('two@guests.example');
});
