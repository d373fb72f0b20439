import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { VisitOptions } from '../support/browser.ts';
import { axeFindings, sticksOut } from '../support/browser-axe.ts';
import {
  arrives,
  chooseAccount,
  openInvitedWorld,
  passwordField,
  press,
  title,
} from '../support/invited-world.ts';
import { PASSWORD } from '../support/world.ts';

const world = await openInvitedWorld();
const { invite, joinsOtherwise, newAddress, newCompany, openLink, readInvitation, visit } = world;

const memberRow = (page: Page, email: string) => page.getByRole('listitem').filter({ hasText: email });

async function inviteOnPage(page: Page, email: string, role: string): Promise<void> {
  await page.goto('/settings/members');
  await press(page, 'Invite somebody');
  await page.getByRole('dialog').getByLabel('Email').fill(email);
  await page.getByRole('dialog').getByLabel('Role').selectOption(role);
  await press(page, 'Send invitation');
  await page.getByText(`An invitation is on its way to ${email}.`).waitFor();
}

test('an owner invites somebody new, who opens the mail elsewhere, joins, and both see each other', async () => {
  const acme = await newCompany('Acme Shop');
  const { page: owner } = await visit({ as: acme });
  const email = newAddress();
  await inviteOnPage(owner, email, 'Member');
  await owner.getByText(`${email}`, { exact: true }).first().waitFor();

  const { page } = await openLink((await readInvitation(email)).link);
  await title(page, 'Join Acme Shop');
  await chooseAccount(page, 'Dora Dee');
  await arrives(page, 'Acme Shop');
  // The mail arrived, so the address is known to be theirs: nothing asks to verify it.
  expect(await page.getByText(/^Verify/).count()).toBe(0);
  await page.goto('/settings/members');
  const dora = memberRow(page, email);
  await dora.getByText('You', { exact: true }).waitFor();
  await dora.getByText('Dora Dee').waitFor();
  await memberRow(page, acme.email).getByText('Owner', { exact: true }).waitFor();

  await owner.reload();
  await memberRow(owner, email).getByText('Dora Dee').waitFor();
  await memberRow(owner, email).getByRole('button', { name: 'Member, the role of Dora Dee' }).waitFor();
  await owner.getByRole('heading', { name: 'Invitations' }).waitFor();
  expect(await owner.getByRole('listitem').filter({ hasText: email }).count()).toBe(1);

  // The same account signs in by itself from now on.
  const { page: later } = await visit();
  await later.goto('/login');
  await later.getByLabel('Email').fill(email);
  await passwordField(later).fill(PASSWORD);
  await later.keyboard.press('Enter');
  await arrives(later, 'Acme Shop');
});

test('someone with an organization of their own joins another by mail, and goes from one to the other in the menu', async () => {
  const [harbour, known] = [await newCompany('Harbour Museum'), await newCompany('Hopper Consulting')];
  const { page: owner } = await visit({ as: harbour });
  await inviteOnPage(owner, known.email, 'Viewer');

  const { page } = await openLink((await readInvitation(known.email)).link);
  await title(page, 'Join Harbour Museum');
  await passwordField(page).fill(PASSWORD);
  await press(page, 'Sign in and join');
  await arrives(page, 'Harbour Museum');
  for (const [here, there] of [
    ['Harbour Museum', 'Hopper Consulting'],
    ['Hopper Consulting', 'Harbour Museum'],
  ] as const) {
    await page.getByRole('banner').getByRole('button', { name: here }).click();
    await page.getByRole('menuitemradio', { name: there }).click();
    await arrives(page, there);
  }
});

/** As long as a name may be, in one word. */
const LONG = `Organization-${'without-end-'.repeat(5)}Ltd`;

/** Each page that the link of an invitation can show, opened by whoever sees it. */
const PAGES: Record<string, (look: VisitOptions) => Promise<Page>> = {
  async 'a new account, with errors'(look) {
    const { page } = await openLink((await invite(await newCompany(nextLong()))).link, look);
    await passwordField(page).fill('short');
    await press(page, 'Create account and join');
    await page.locator('[aria-invalid="true"]').nth(2).waitFor();
    return page;
  },
  async 'a wrong password'(look) {
    const [acme, known] = [await newCompany(nextLong()), await newCompany()];
    const { page } = await openLink((await invite(acme, known.email)).link, look);
    await passwordField(page).fill('Wrong-Horse-7-Battery');
    await press(page, 'Sign in and join');
    await page.getByRole('alert').waitFor();
    return page;
  },
  async 'one button'(look) {
    const [acme, known] = [await newCompany(nextLong()), await newCompany()];
    const { page } = await openLink((await invite(acme, known.email)).link, { ...look, as: known });
    await page.getByRole('button', { name: 'Join' }).waitFor();
    return page;
  },
  async 'signed in as someone else'(look) {
    const [acme, other] = [await newCompany(nextLong()), await newCompany()];
    const { page } = await openLink((await invite(acme)).link, { ...look, as: other });
    await title(page, 'You are signed in as someone else');
    return page;
  },
  async 'a member already'(look) {
    const [acme, known] = [await newCompany(nextLong()), await newCompany()];
    const { link } = await invite(acme, known.email);
    await joinsOtherwise(acme, known);
    const { page } = await openLink(link, { ...look, as: known });
    await page.getByRole('button', { name: `Go to ${acme.tenant.name}` }).waitFor();
    return page;
  },
  async 'an invitation that ended'(look) {
    const { page } = await openLink(`${world.server.origin}/invitation#token=${'x'.repeat(43)}`, look);
    await title(page, 'This invitation does not work any more');
    return page;
  },
  async 'a server that is away'(look) {
    const { page, takeProblems } = await visit(look);
    await page.route('**/trpc/invitations.get*', (route) => route.abort());
    await page.goto(`/invitation#token=${'x'.repeat(43)}`);
    await page.getByRole('button', { name: 'Try again' }).waitFor();
    await page.unroute('**/trpc/invitations.get*');
    takeProblems();
    return page;
  },
};
let longNames = 0;
const nextLong = () => `${LONG}${++longNames}`;

for (const width of [360, 1280]) {
  test(`axe finds nothing on the pages of an invitation, and nothing sticks out, ${width} px`, async () => {
    const found: string[] = [];
    for (const [name, open] of Object.entries(PAGES)) {
      const page = await open({ width, reducedMotion: true });
      for (const finding of [...(await axeFindings(page)), ...(await sticksOut(page))])
        found.push(`${name}: ${finding}`);
    }
    expect(found).toEqual([]);
  });
}
