import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { openBillingWorld } from '../support/billing-world.ts';
import { openBrowser } from '../support/browser.ts';
import { axeFindings, sticksOut } from '../support/browser-axe.ts';
import { openWorld } from '../support/world.ts';

const world = await openBillingWorld();
const unsold = await openWorld();
const browser = await openBrowser();
const { alice, bob, stripe } = world;
const { origin } = world.server;

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { name });
const openBilling = async (page: Page, title: string) => {
  await page.goto('/billing');
  await heading(page, title).waitFor();
};
/** Axe, both themes, and whatever is wider than a phone. */
const faultsOf = async (page: Page) => [...(await axeFindings(page)), ...(await sticksOut(page))];
const awayFromStripe = (page: Page) =>
  page.waitForURL((url) => url.origin === stripe.origin, { waitUntil: 'domcontentloaded' });

test('who pays sees both plans and what is used, goes to the payment page, and comes back without paying', async () => {
  const { page } = await browser.visit(origin, { as: alice, width: 360, reducedMotion: true });
  await openBilling(page, 'Free plan');
  await page.getByText('Test mode.').waitFor();
  const plan = (name: string) => page.getByRole('article', { name });
  await plan('Free').getByText('Your plan').waitFor();
  await plan('Pro').getByText('US$19 a month').waitFor();
  await page.getByText('0 of 3', { exact: true }).waitFor();
  await page.getByText('There are none: nothing was charged yet.').waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await button(page, 'Upgrade to Pro').click();
  await awayFromStripe(page);
  await page.getByRole('link', { name: 'Back' }).click();
  await heading(page, 'Nothing was charged').waitFor();
  await page.reload();
  await page.getByText(/^You left the payment page.*on the Free plan as before/).waitFor();
  await page.getByRole('link', { name: 'Back to billing' }).click();
  await button(page, 'Upgrade to Pro').waitFor();
});

test('a payment provider that is away is said calmly, and the next press works', async () => {
  const { page, takeProblems } = await browser.visit(origin, { as: alice });
  await openBilling(page, 'Free plan');
  stripe.faults.failNext('server_error', 'POST /v1/checkout/sessions', 3);
  await button(page, 'Upgrade to Pro').click();
  await page
    .getByRole('alert')
    .getByText(/nothing was charged\./)
    .waitFor();
  expect(takeProblems()).toHaveLength(1);
  expect(world.server.takeErrors().map(({ event }) => event)).toContain('api.failed');
  stripe.faults.clear();
  await button(page, 'Upgrade to Pro').click();
  await awayFromStripe(page);
});

test('after paying the page waits for the server’s word; whoever has another tab open hears it, too', async () => {
  const eve = await world.register('Eve’s Shop', 'eve@shop.example');
  const { page, context } = await browser.visit(origin, { as: eve, reducedMotion: true });
  await page.goto('/billing/success');
  await heading(page, /^Waiting for your payment/).waitFor();
  expect(await axeFindings(page)).toEqual([]);
  const other = await context.newPage();
  await openBilling(other, 'Free plan');
  await world.subscribe(eve, eve.tenant.id);
  await heading(page, 'Pro is on').waitFor();
  await heading(other, 'Pro plan').waitFor();
  await other.getByRole('row', { name: /US\$19\.00 Paid/ }).waitFor();
  await page.getByRole('banner').getByRole('link', { name: 'Pro plan, see billing' }).waitFor();
  await page.reload();
  await heading(page, 'Pro is on').waitFor();
});

test('a payment that is not confirmed within a minute is no reason to pay again', async () => {
  const { page } = await browser.visit(origin, { as: alice });
  await page.clock.install();
  await page.goto('/billing/success');
  await heading(page, /^Waiting for your payment/).waitFor();
  await page.clock.fastForward(61_000);
  await heading(page, 'This takes longer than usual').waitFor();
  await page.getByText(/there is no need to pay again/).waitFor();
});

test('who waits in vain has the payment provider asked at once, and is told what it says', async () => {
  const kim = await world.register('Kim’s Kiosk', 'kim@kiosk.example');
  const { page } = await browser.visit(origin, { as: kim, width: 360, reducedMotion: true });
  await page.clock.install();
  await page.goto('/billing/success');
  await heading(page, /^Waiting for your payment/).waitFor();
  expect(await button(page, 'Look again now').count()).toBe(0);
  await page.clock.fastForward(61_000);
  await button(page, 'Look again now').click();
  await page.getByText('knows of no payment for Pro yet').waitFor();
  expect(await faultsOf(page)).toEqual([]);
  // Paid, and no word of it comes.
  stripe.pay((await kim.call('billing.startCheckout', { plan: 'pro' })).url);
  await button(page, 'Look again now').click();
  await heading(page, 'Pro is on').waitFor();
  expect(await heading(page, 'Pro is on').evaluate((it) => it === document.activeElement)).toBe(true);

  // Of two payment pages the other one was left.
  await page.goto('/billing/cancel');
  await heading(page, 'Pro is on already').waitFor();
  expect(await page.getByText('Nothing was charged').count()).toBe(0);
});

test('nobody is asked to pay an invoice that brings nothing back', async () => {
  const leo = await world.register('Leo’s Lab', 'leo@lab.example');
  await world.subscribe(leo, leo.tenant.id);
  const customer = await world.customerOf(leo.tenant.id);
  stripe.setCard(customer, 'bad');
  stripe.moveOn({ months: 2 }, customer);
  await world.sync(leo.tenant.id);
  expect(stripe.invoicesOf(customer).map(({ status }) => status)).toContain('open');
  const { page } = await browser.visit(origin, { as: leo });
  await openBilling(page, 'Free plan');
  await page.getByRole('row', { name: /US\$19\.00 Not paid View the invoice/ }).waitFor();
  expect(await page.getByRole('link', { name: /^Pay / }).count()).toBe(0);
  // Neither beside a subscription that came after it.
  await world.subscribe(leo, leo.tenant.id);
  await openBilling(page, 'Pro plan');
  await page.getByRole('row', { name: /US\$19\.00 Not paid View the invoice/ }).waitFor();
  expect(await page.getByRole('link', { name: /^Pay / }).count()).toBe(0);
});

test('who cancels is asked first and told the date, and resumes by one press', async () => {
  const fay = await world.register('Fay’s Farm', 'fay@farm.example');
  await world.subscribe(fay, fay.tenant.id);
  const { page } = await browser.visit(origin, { as: fay, width: 360, reducedMotion: true });
  await openBilling(page, 'Pro plan');
  await button(page, 'Cancel subscription').click();
  const dialog = page.getByRole('alertdialog', { name: 'Cancel the subscription?' });
  await dialog.getByText(/^Pro stays until \d+ \w+ \d{4}, and nothing more is charged\.$/).waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Keep it' }).click();
  await dialog.waitFor({ state: 'detached' });
  expect(await button(page, 'Cancel subscription').evaluate((it) => it === document.activeElement)).toBe(
    true,
  );

  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: 'Cancel subscription' }).click();
  await page.getByText(/^Pro ends on \d+ \w+ \d{4}, and nothing more is charged/).waitFor();
  expect(await heading(page, 'Pro plan, cancelled').evaluate((it) => it === document.activeElement)).toBe(
    true,
  );
  await button(page, 'Resume subscription').click();
  await page.getByText(/^The next payment is due on/).waitFor();
  await button(page, 'Manage subscription').click();
  await awayFromStripe(page);
});

test('somebody who buys what another admin has bought meanwhile is told so, and the page follows', async () => {
  const gus = await world.register('Gus’s Garage', 'gus@garage.example');
  const { page } = await browser.visit(origin, { as: gus });
  await openBilling(page, 'Free plan');
  stripe.pay((await gus.call('billing.startCheckout', { plan: 'pro' })).url);
  await button(page, 'Upgrade to Pro').click();
  await page
    .getByRole('alert')
    .getByText(/has a subscription already/)
    .waitFor();
  await heading(page, 'Pro plan').waitFor();
});

test('members see the facts, and who can change them', async () => {
  const { page } = await browser.visit(origin, { as: bob });
  await openBilling(page, 'Free plan');
  await page.getByText('alice can change the plan.').waitFor();
  expect(await page.getByRole('main').getByRole('button').count()).toBe(0);
  expect(await heading(page, 'Invoices').count()).toBe(0);
});

test('a missing payment stands above every page of those who can make it, and of nobody else', async () => {
  const hal = await world.register('Hal’s Hotel', 'hal@hotel.example');
  const ida = await world.addMember(hal.tenant, 'member', 'ida@hotel.example');
  await world.subscribe(hal, hal.tenant.id);
  const customer = await world.customerOf(hal.tenant.id);
  stripe.setCard(customer, 'bad');
  stripe.moveOn({ months: 1 }, customer);
  await world.sync(hal.tenant.id);
  const owner = await browser.visit(origin, { as: hal, width: 360, reducedMotion: true });
  await owner.page.goto('/dashboard');
  const banner = owner.page.getByRole('region', { name: 'A payment failed', exact: true });
  await banner.getByText(/Pro stays until/).waitFor();
  await banner.getByRole('link', { name: 'See billing' }).click();
  await heading(owner.page, 'Pro plan, a payment failed').waitFor();
  await owner.page.getByRole('link', { name: /^Pay the invoice of/ }).waitFor();
  expect(await faultsOf(owner.page)).toEqual([]);
  const member = await browser.visit(origin, { as: ida });
  await openBilling(member.page, 'Pro plan, a payment failed');
  expect(await member.page.getByRole('region', { name: 'A payment failed', exact: true }).count()).toBe(0);
  await banner.getByRole('button', { name: 'Pay now' }).click();
  await awayFromStripe(owner.page);
});

test('what a plan locks says why in the form, and opens there once it is paid for; what was typed stays', async () => {
  const jon = await world.register('Jon’s Journal', 'jon@journal.example');
  const { page, context } = await browser.visit(origin, { as: jon });
  await page.goto('/dashboard');
  await button(page, 'Add your first monitor').click();
  await page.getByLabel('Address', { exact: true }).fill('https://journal.example.com/');
  await button(page, 'More settings').click();
  await button(page, 'Schedule').click();
  const lock = page.getByText('The Free plan checks every 60 seconds at most.');
  const [opened] = await Promise.all([
    context.waitForEvent('page'),
    lock.getByRole('link', { name: /^Upgrade to Pro.*in a new tab$/ }).click(),
  ]);
  await heading(opened, 'Free plan').waitFor();
  await world.subscribe(jon, jon.tenant.id);
  await lock.waitFor({ state: 'detached' });
  await page.getByLabel('Interval').selectOption('Every 10 s');
  expect(await page.getByLabel('Address', { exact: true }).inputValue()).toBe('https://journal.example.com/');
});

test('where nothing is sold, all that is said is what the operator can do, and no plan is offered', async () => {
  const { page } = await browser.visit(unsold.server.origin, { as: unsold.alice });
  await openBilling(page, 'Free plan');
  await page.getByText(/^Payments are not set up on this server.*STRIPE_SECRET_KEY/).waitFor();
  expect(await page.getByRole('main').getByRole('button').count()).toBe(0);
  expect(await page.getByRole('link', { name: 'Upgrade to Pro' }).count()).toBe(0);
  expect(await page.getByText('Test mode').count()).toBe(0);
});
