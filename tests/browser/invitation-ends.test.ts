import { expect, test } from 'vitest';
import { arrives, openInvitedWorld, passwordField, press, title } from '../support/invited-world.ts';
import { PASSWORD } from '../support/world.ts';

const { database, invite, joinsOtherwise, newCompany, openLink, server, visit } = await openInvitedWorld();

test('a link that is expired, withdrawn, replaced or used says what to do, and no more', async () => {
  const acme = await newCompany();
  const expired = await invite(acme);
  await database.admin('update invitations set expires_at = now() where id = $1', [expired.id]);
  const withdrawn = await invite(acme);
  await acme.call('invitations.withdraw', { invitationId: withdrawn.id });
  const replaced = await invite(acme);
  await invite(acme, replaced.email);
  const pages = new Set<string | null>();
  for (const { link } of [expired, withdrawn, replaced]) {
    const { page } = await openLink(link);
    await title(page, 'This invitation does not work any more');
    await page.getByText('Otherwise ask whoever invited you to send another.').waitFor();
    pages.add(await page.getByRole('main').textContent());
    await page.getByRole('main').getByRole('link', { name: 'Sign in', exact: true }).click();
    await title(page, 'Sign in');
  }
  expect(pages.size).toBe(1);
  expect([...pages][0]).not.toContain(acme.tenant.name);
  const { page } = await openLink(expired.link, { as: acme });
  await page.getByRole('link', { name: 'Go to your monitors' }).click();
  await arrives(page, acme.tenant.name);
});

test('an invitation that is withdrawn while its page is open says so when it is answered', async () => {
  const [acme, known] = [await newCompany(), await newCompany()];
  const { id, link } = await invite(acme, known.email);
  const { page } = await openLink(link);
  await passwordField(page).fill(PASSWORD);
  await acme.call('invitations.withdraw', { invitationId: id });
  await press(page, 'Sign in and join');
  await title(page, 'This invitation does not work any more');
});

test('a link that was cut short says so', async () => {
  const acme = await newCompany();
  const { link } = await invite(acme);
  for (const broken of [link.slice(0, -3), `${server.origin}/invitation`]) {
    const { page } = await openLink(broken);
    await title(page, 'This link is not whole');
  }
});

test('nobody joins an organization that waits to be deleted, and the page says why', async () => {
  const acme = await newCompany();
  const { link } = await invite(acme);
  await acme.call('tenants.remove', { name: acme.tenant.name });
  const { page } = await openLink(link);
  await title(page, 'Nobody can join now');
  await page.getByText(`${acme.tenant.name} is about to be deleted.`).waitFor();
  await acme.call('tenants.undoRemoval');
  await page.reload();
  await title(page, `Join ${acme.tenant.name}`);
});

test('who is a member already has nothing to accept, and is led there', async () => {
  const [acme, known] = [await newCompany(), await newCompany()];
  const { link } = await invite(acme, known.email, 'admin');
  await joinsOtherwise(acme, known);
  const { page } = await openLink(link, { as: known });
  await title(page, `You belong to ${acme.tenant.name} already`);
  await page.getByText('your role there is viewer, and stays so').waitFor();
  await press(page, `Go to ${acme.tenant.name}`);
  await arrives(page, acme.tenant.name);
});

test('who is a member already and not signed in learns it with the password, and no sooner', async () => {
  const [acme, known] = [await newCompany(), await newCompany()];
  const { link } = await invite(acme, known.email);
  await joinsOtherwise(acme, known);
  const { page } = await openLink(link);
  await title(page, `Join ${acme.tenant.name}`);
  await passwordField(page).fill(PASSWORD);
  await press(page, 'Sign in and join');
  await title(page, `You belong to ${acme.tenant.name} already`);
  await page.getByRole('main').getByRole('link', { name: 'Sign in', exact: true }).click();
  await title(page, 'Sign in');
  expect(await page.getByLabel('Email').inputValue()).toBe(known.email);
});

test('a server that is away loses nothing that was typed', async () => {
  const acme = await newCompany();
  const { page, context, takeProblems } = await openLink((await invite(acme)).link);
  await page.getByLabel('Your name').fill('Dora');
  await passwordField(page).fill(PASSWORD);
  await page.getByLabel('Password again').fill(PASSWORD);
  await context.setOffline(true);
  await press(page, 'Create account and join');
  await page.getByText(/^StatusWatch cannot be reached right now/).waitFor();
  expect(takeProblems().join()).toContain('ERR_INTERNET_DISCONNECTED');
  expect(await page.getByLabel('Your name').inputValue()).toBe('Dora');
  await context.setOffline(false);
  await press(page, 'Create account and join');
  await arrives(page, acme.tenant.name);
});

test('an invitation that cannot be reached is opened by itself once it can', async () => {
  const acme = await newCompany();
  const { link } = await invite(acme);
  const { page, takeProblems } = await visit();
  await page.route('**/trpc/invitations.get*', (route) => route.abort());
  await page.goto(link);
  await page.getByText(/^StatusWatch cannot be reached right now/).waitFor();
  await page.getByRole('button', { name: 'Try again' }).waitFor();
  await page.unroute('**/trpc/invitations.get*');
  await title(page, `Join ${acme.tenant.name}`);
  expect(takeProblems().join()).toContain('ERR_FAILED');
});
