import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { openBillingWorld } from '../support/billing-world.ts';
import { openBrowser } from '../support/browser.ts';
import { hearOfStripe } from '../support/hear-of-stripe.ts';

const world = await openBillingWorld();
const browser = await openBrowser();
hearOfStripe(world);
const { alice, server, stripe } = world;

const watch = (name: string) =>
  alice.call('monitors.create', { name, kind: 'http', target: `https://${name}.example.com/` });
const row = (page: Page, state: string, name: string) =>
  page.getByRole('row', { name: new RegExp(`^${state}: ${name}`) });
const badge = (page: Page) => page.getByRole('banner').getByRole('link', { name: 'Pro plan, see billing' });

/** From the button on the billing page to the word of the server, by the payment page. */
async function pay(page: Page): Promise<void> {
  await page.getByRole('main').getByRole('button', { name: 'Upgrade to Pro' }).click();
  await page.getByRole('button', { name: 'Pay US$19.00' }).click();
  await page.getByRole('heading', { name: 'Pro is on' }).waitFor();
  expect(new URL(page.url()).origin + new URL(page.url()).pathname).toBe(`${server.origin}/billing/success`);
}

test('Free, a fourth monitor refused, Pro paid and everywhere at once, cancelled, ended, what is over the limit paused, paid again, resumed', async () => {
  for (const name of ['one', 'two', 'three']) await watch(name);
  const { page, context } = await browser.visit(server.origin, { as: alice });

  // Free is full: the page says so before anybody tries, and the server says no to who tries all the same.
  await page.goto('/dashboard');
  await page.getByText('3 of 3 used').waitFor();
  await page.getByRole('button', { name: 'Add monitor' }).click();
  const dialog = page.getByRole('dialog', { name: 'All 3 monitors of the Free plan are in use' });
  await dialog.waitFor();
  const refused = await alice.refused('monitors.create', {
    name: 'four',
    kind: 'http',
    target: 'https://four.example.com/',
  });
  expect(refused.data.reason).toBe('plan_limit_reached');
  await dialog.getByRole('link', { name: 'Upgrade to Pro' }).click();
  await page.getByRole('heading', { name: 'Free plan' }).waitFor();
  await dialog.waitFor({ state: 'detached' });

  // Paid: both tabs are on Pro, and nobody has loaded the second one again.
  const second = await context.newPage();
  await second.goto('/dashboard');
  await row(second, 'pending', 'three').waitFor();
  await pay(page);
  await badge(page).waitFor();
  await badge(second).waitFor();
  await second.getByRole('button', { name: 'Add monitor' }).click();
  await second.getByLabel('Address', { exact: true }).fill('https://four.example.com/');
  await second.keyboard.press('Enter');
  await row(second, 'pending', 'four.example.com').waitFor();
  await watch('five');
  await row(second, 'pending', 'five').waitFor();

  // Cancelled: all stays as it is until the period ends.
  await page.goto('/billing');
  await page.getByRole('button', { name: 'Cancel subscription' }).click();
  await page
    .getByRole('alertdialog')
    .getByText(/^After that.* The newest 2 of your 5 monitors are paused/)
    .waitFor();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel subscription' }).click();
  await page.getByRole('heading', { name: 'Pro plan, cancelled' }).waitFor();
  await badge(second).waitFor();

  // Ended: the newest two rest, and say why.
  stripe.moveOn({ months: 1 });
  await page.getByRole('heading', { name: 'Free plan' }).waitFor();
  for (const name of ['four.example.com', 'five']) {
    await row(second, 'paused', name).filter({ hasText: "Over the Free plan's 3 monitors" }).waitFor();
  }
  for (const name of ['one', 'two', 'three']) await row(second, 'pending', name).waitFor();
  await badge(second).waitFor({ state: 'detached' });
  await second.getByText(/^The Free plan checks 3 of your 5 monitors\./).waitFor();

  // Paid again: they go on by themselves.
  await pay(page);
  for (const name of ['four.example.com', 'five']) await row(second, 'pending', name).waitFor();
  await badge(second).waitFor();

  const plans = server.logLines
    .filter(({ event, tenantId }) => event === 'billing.plan_changed' && tenantId === alice.tenant.id)
    .map(({ before, after }) => [before, after]);
  expect(plans).toMatchObject([
    [{ plan: 'free' }, { plan: 'pro' }],
    [{ plan: 'pro' }, { plan: 'free' }],
    [{ plan: 'free' }, { plan: 'pro' }],
  ]);
});
