import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Role } from '../../shared/tenancy/role.ts';
import { openBrowser } from '../support/browser.ts';
import { axeFindings, sticksOut } from '../support/browser-axe.ts';
import { openWorld, type Persona } from '../support/world.ts';

const world = await openWorld();
const browser = await openBrowser();
const { server } = world;

let companies = 0;
/** An organization of its own, with an owner and whoever else is named by their roles. */
async function openCompany<Others extends Record<string, Role>>(
  others: Others,
): Promise<{ name: string; owner: Persona; people: Record<keyof Others, Persona> }> {
  const mark = `c${++companies}`;
  const name = `Company ${mark}`;
  const owner = await world.register(name, `olga@${mark}.example`);
  const people: Record<string, Persona> = {};
  for (const [person, role] of Object.entries(others)) {
    people[person] = await world.addMember(owner.tenant, role, `${person}@${mark}.example`);
  }
  return { name, owner, people: people as Record<keyof Others, Persona> }; // made from those keys
}

const openNamed = (organization: string) =>
  world.register(organization, `somebody${++companies}@named.example`);

async function openMembers(as: Persona, width = 1280): Promise<Page> {
  const { page } = await browser.visit(server.origin, { as, width, reducedMotion: true });
  await page.goto('/settings/members');
  await page.getByRole('list', { name: 'Members' }).waitFor();
  return page;
}

const rows = (page: Page) => page.getByRole('list', { name: 'Members' }).getByRole('listitem');
const rowOf = (page: Page, email: string) => rows(page).filter({ hasText: email });
const roleOf = (page: Page, name: string) =>
  page.getByRole('button', { name: new RegExp(`, the role of ${name}$`) });

async function giveRole(page: Page, name: string, role: string): Promise<void> {
  await roleOf(page, name).click();
  await page.getByRole('menuitemradio', { name: role }).click();
}

async function chooseAction(page: Page, name: string, action: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: action }).click();
}

const dialog = (page: Page) => page.getByRole('alertdialog');
const answer = (page: Page, button: string) => dialog(page).getByRole('button', { name: button }).click();
const rolesIn = async (who: Persona) =>
  Object.fromEntries((await who.call('members.list')).members.map(({ name, role }) => [name, role]));

test('everybody sees who belongs to the organization, as what and since when; a viewer sees just that', async () => {
  const { owner, people } = await openCompany({ vera: 'viewer' });
  const page = await openMembers(people.vera);
  expect(await rows(page).count()).toBe(2);
  expect(await rowOf(page, owner.email).textContent()).toMatch(/olga.*joined.*Owner/);
  expect(await rowOf(page, people.vera.email).textContent()).toMatch(/veraYou.*Viewer/);
  await rowOf(page, owner.email)
    .getByText(/ago|just now/)
    .hover();
  await page
    .getByRole('tooltip')
    .getByText(/\d\d:\d\d:\d\d CET$/)
    .waitFor();
  expect(await page.getByRole('main').getByRole('button').allTextContents()).toEqual([
    expect.stringMatching(/^Leave /),
  ]);
  expect(await page.getByRole('heading', { name: 'Invitations' }).count()).toBe(0);
});

test('a role that is changed is there on the other’s open page by itself, and one press takes it back', async () => {
  const { owner, people } = await openCompany({ mike: 'member' });
  const other = await openMembers(people.mike);
  expect(await other.getByRole('link', { name: 'Audit log' }).count()).toBe(0);
  const page = await openMembers(owner);
  await giveRole(page, 'mike', 'Admin');
  await page.getByText('mike is an admin now.').waitFor();
  await page.getByRole('button', { name: 'Admin, the role of mike' }).waitFor();
  await other.getByRole('button', { name: 'Invite somebody' }).waitFor();
  await other.getByRole('link', { name: 'Audit log' }).waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: 'Member, the role of mike' }).waitFor();
  await other.getByRole('button', { name: 'Invite somebody' }).waitFor({ state: 'detached' });
  await rowOf(other, people.mike.email).getByText('Member').waitFor();
  expect(await rolesIn(owner)).toEqual({ olga: 'owner', mike: 'member' });
});

test('an admin deals with everybody but the owners, and makes none', async () => {
  const { people } = await openCompany({ ada: 'admin', adam: 'admin', mike: 'member' });
  const page = await openMembers(people.ada);
  expect(await roleOf(page, 'olga').count()).toBe(0);
  expect(await page.getByRole('button', { name: 'Actions for olga' }).count()).toBe(0);
  await roleOf(page, 'adam').click();
  await page.getByRole('menu').waitFor();
  expect(await page.getByRole('menuitemradio').allTextContents()).toEqual(['Admin', 'Member', 'Viewer']);
  await page.keyboard.press('Escape');
  await page.getByRole('menu').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Actions for mike' }).click();
  await page.getByRole('menu').waitFor();
  expect(await page.getByRole('menuitem').allTextContents()).toEqual(['Remove']);
});

test('who is removed is named before, and their open page ends within seconds', async () => {
  const { name, owner, people } = await openCompany({ mike: 'member' });
  const { page: other } = await browser.visit(server.origin, { as: people.mike });
  await other.goto('/dashboard');
  await other.getByText('Nothing is watched yet').waitFor();
  const page = await openMembers(owner);
  await chooseAction(page, 'mike', 'Remove');
  await dialog(page)
    .getByRole('heading', { name: `Remove mike from ${name}?` })
    .waitFor();
  await dialog(page).getByText(people.mike.email).waitFor();
  // The safe answer has the focus, and gives it back to where the question came from.
  await page.keyboard.press('Enter');
  await dialog(page).waitFor({ state: 'detached' });
  const opener = page.getByRole('button', { name: 'Actions for mike' });
  expect(await opener.evaluate((it) => it === document.activeElement)).toBe(true);
  expect(await rolesIn(owner)).toEqual({ olga: 'owner', mike: 'member' });

  await chooseAction(page, 'mike', 'Remove');
  await answer(page, 'Remove member');
  await other.getByText('Nothing is watched yet').waitFor({ state: 'detached', timeout: 5000 });
  await other.getByRole('heading', { name: 'You do not belong to any organization yet' }).waitFor();
  await page.getByText('mike is removed.').waitFor();
  expect(await rows(page).count()).toBe(1);
  const heading = page.getByRole('heading', { name: 'Members' });
  expect(await heading.evaluate((it) => it === document.activeElement)).toBe(true);
});

test('the last owner can neither step down nor leave, and is told what to do first', async () => {
  const { name, owner, people } = await openCompany({ mike: 'member' });
  const page = await openMembers(owner);
  await page.getByText('The only owner: make somebody else one before you step down.').waitFor();
  expect(await roleOf(page, 'olga').count()).toBe(0);
  const leave = page.getByRole('button', { name: `Leave ${name}` });
  expect(await leave.getAttribute('aria-disabled')).toBe('true');
  const why = await leave.getAttribute('aria-describedby');
  expect(await page.locator(`[id="${why}"]`).textContent()).toBe(
    'You are the only owner, and an organization needs one. Make somebody else an owner first, or transfer ownership to them.',
  );
  // Looks like a button that does nothing, and is one.
  await leave.click({ force: true });
  expect(await dialog(page).count()).toBe(0);

  await giveRole(page, 'mike', 'Owner');
  await dialog(page)
    .getByText(/remove them, you included, and delete the organization/)
    .waitFor();
  await answer(page, 'Make owner');
  await page.getByRole('button', { name: 'Owner, the role of olga' }).waitFor();
  expect(await leave.getAttribute('aria-disabled')).toBe(null);
  expect(await rolesIn(people.mike)).toEqual({ olga: 'owner', mike: 'owner' });
});

test('of two owners who step down at once one stays, and is told why', async () => {
  const { owner, people } = await openCompany({ otto: 'owner', vera: 'viewer' });
  const pages = [await openMembers(owner), await openMembers(people.otto)] as const;
  for (const [turn, page] of pages.entries()) {
    await giveRole(page, turn === 0 ? 'olga' : 'otto', 'Member');
    await dialog(page).getByText('You cannot take this back yourself; an owner can.').waitFor();
  }
  await Promise.all(pages.map((page) => answer(page, 'Become a member')));
  const ends = ['You are a member now.', 'An organization needs an owner. Make someone else an owner first.'];
  const told = await Promise.all(
    pages.map(async (page) => {
      const end = page.getByText(ends[0] ?? '').or(page.getByText(ends[1] ?? ''));
      await end.waitFor();
      return end.textContent();
    }),
  );
  expect(told.sort()).toEqual(ends.sort());
  expect(Object.values(await rolesIn(people.vera)).sort()).toEqual(['member', 'owner', 'viewer']);
});

test('ownership goes to another member, and the whole app follows at once', async () => {
  const { owner, people } = await openCompany({ mike: 'member', otto: 'owner' });
  const page = await openMembers(owner);
  await chooseAction(page, 'mike', 'Transfer ownership');
  await dialog(page)
    .getByText(/^mike becomes an owner of .* and you become an admin, at once\.$/)
    .waitFor();
  await answer(page, 'Transfer ownership');
  await page.getByText('mike is an owner now, and you are an admin.').waitFor();
  expect(await rolesIn(people.mike)).toEqual({ olga: 'admin', mike: 'owner', otto: 'owner' });
  // An admin's page now: nothing can be done about owners.
  await page.getByRole('button', { name: 'Admin, the role of olga' }).waitFor();
  expect(await roleOf(page, 'mike').count()).toBe(0);

  await giveRole(page, 'olga', 'Viewer');
  await answer(page, 'Become a viewer');
  await page.getByRole('link', { name: 'Audit log' }).waitFor({ state: 'detached' });
  expect(await page.getByRole('button', { name: 'Invite somebody' }).count()).toBe(0);
  await page.getByRole('link', { name: 'Monitors' }).first().click();
  await page.getByRole('heading', { level: 1, name: 'Monitors' }).waitFor();
  expect(await page.getByRole('button', { name: 'Add monitor' }).count()).toBe(0);
});

/** Leaves the organization that the page is about. */
async function leave(page: Page, organization: string, then: RegExp): Promise<void> {
  await page.goto('/settings/members');
  await page.getByRole('button', { name: `Leave ${organization}` }).click();
  await dialog(page).getByText(then).waitFor();
  await answer(page, `Leave ${organization}`);
}

test('who leaves goes on in their other organization, or chooses among several', async () => {
  const { name, people } = await openCompany({ lea: 'member' });
  // Each organization that is gone to gives the session another token, which the browser has.
  const { user } = await people.lea.call('auth.me');
  const join = async (organization: string) => {
    const { tenant } = await openNamed(organization);
    await world.database.admin(
      `insert into members (tenant_id, user_id, role, name, email) values ($1, $2, 'member', $3, $4)`,
      [tenant.id, user.id, user.name, user.email],
    );
  };
  await join('Lea’s second');
  const { page } = await browser.visit(server.origin, { as: people.lea });
  await leave(page, name, /You go on in Lea’s second\.$/);
  await page.waitForURL('**/dashboard');
  await page.getByRole('banner').getByText('Lea’s second').waitFor();

  await join('Lea’s third');
  await join('Lea’s fourth');
  await leave(page, 'Lea’s second', /You choose in which of your other organizations you go on\.$/);
  await page.getByRole('heading', { name: 'You do not belong to this organization' }).waitFor();
  await page.getByRole('button', { name: 'Continue to Lea’s fourth' }).click();
  await page.getByRole('banner').getByText('Lea’s fourth').waitFor();
});

test('who leaves their only organization is told that there is no other', async () => {
  const { name, owner, people } = await openCompany({ vera: 'viewer' });
  const { page } = await browser.visit(server.origin, { as: people.vera });
  await leave(page, name, /You belong to no other organization; your account stays\.$/);
  await page.getByRole('heading', { name: 'You do not belong to any organization yet' }).waitFor();
  expect(await rolesIn(owner)).toEqual({ olga: 'owner' });
});

test('an organization that waits to be deleted can be left, and not be changed', async () => {
  const { name, owner, people } = await openCompany({ ada: 'admin' });
  await owner.call('tenants.remove', { name });
  const page = await openMembers(people.ada);
  expect(await page.getByRole('main').getByRole('button').allTextContents()).toEqual([`Leave ${name}`]);
  expect(await rowOf(page, people.ada.email).textContent()).toMatch(/Admin$/);
});

for (const width of [360, 1280]) {
  test(`axe finds nothing on the members, and nothing sticks out, ${width} px`, async () => {
    const { owner } = await openCompany({ mike: 'member', vera: 'viewer' });
    const long = `${'verylong'.repeat(6)}@${'sub.'.repeat(20)}example`;
    await owner.call('members.invite', { email: long, role: 'admin' });
    const page = await openMembers(owner, width);
    const found: string[] = [];
    const look = async (what: string) => {
      for (const finding of [...(await axeFindings(page)), ...(await sticksOut(page))])
        found.push(`${what}: ${finding}`);
    };
    await look('the page');
    await roleOf(page, 'mike').click();
    await page.getByRole('menu').waitFor();
    await look('the roles');
    await page.keyboard.press('Escape');
    await chooseAction(page, 'mike', 'Remove');
    await dialog(page).waitFor();
    await look('removing');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Invite somebody' }).click();
    await page.getByRole('dialog').getByRole('textbox', { name: 'Email' }).fill(long);
    await page.getByText(/^Already invited/).waitFor();
    await look('inviting');
    expect(found).toEqual([]);
  });
}
