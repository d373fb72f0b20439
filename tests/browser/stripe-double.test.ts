import { expect, test } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { axeFindings, sticksOut } from '../support/browser-axe.ts';
import { listenHttp } from '../support/listen.ts';
import { openStripe, orderOf, startCheckout, subscribe } from '../support/open-stripe.ts';

const browser = await openBrowser();

/** Where StatusWatch would be. */
const listenAsApp = () =>
  listenHttp((response, { url }) => {
    response.setHeader('content-type', 'text/html').end(`<title>app</title><h1>Back at ${url}</h1>`);
  });

test('a person is declined, pays then, and comes back to where the checkout was begun', async () => {
  const open = await openStripe();
  const { double, stripe } = open;
  const app = await listenAsApp();
  const customer = await stripe.customers.create({ name: 'Acme <b>&</b> Co' });
  const order = orderOf(double, customer.id);
  const urls = { success_url: `${app.url}/ok?s={CHECKOUT_SESSION_ID}`, cancel_url: `${app.url}/no` };
  const session = await stripe.checkout.sessions.create({ ...order, ...urls });
  const { page } = await browser.visit(double.origin);

  await page.goto(session.url ?? '');
  await expect.poll(() => page.getByRole('banner').textContent()).toBe('Test mode: no money moves');
  expect(await page.getByText('Acme <b>&</b> Co').count()).toBe(1);
  await page.getByRole('link', { name: 'Back' }).click();
  await page.waitForURL(`${app.url}/no`);

  await page.goto(session.url ?? '');
  await page.getByRole('button', { name: 'Pay with a card that is declined' }).click();
  await expect.poll(() => page.getByRole('alert').textContent()).toMatch(/^Your card was declined\./);
  expect(double.subscriptionsOf(customer.id)).toEqual([]);
  await page.getByRole('button', { name: 'Pay US$19.00' }).click();
  await page.waitForURL(`${app.url}/ok?s=${session.id}`);
  expect(double.subscriptionsOf(customer.id)).toMatchObject([{ status: 'active' }]);

  await page.goto(session.url ?? '');
  await expect.poll(() => page.getByRole('heading').textContent()).toBe('This checkout is paid');
  await page.getByRole('link', { name: 'Back to StatusWatch' }).click();
  await page.waitForURL(`${app.url}/ok?s=${session.id}`);
});

test('in the portal a person cancels, resumes, lets a payment fail, pays, and goes back', async () => {
  const open = await openStripe();
  const { double, stripe } = open;
  const app = await listenAsApp();
  const { customerId: customer, read } = await subscribe(open);
  const portal = await stripe.billingPortal.sessions.create({ customer, return_url: `${app.url}/billing` });
  const { page } = await browser.visit(double.origin);
  await page.goto(portal.url);
  const press = (name: string) => page.getByRole('button', { name }).click();
  const says = (text: RegExp) => expect.poll(() => page.getByText(text).count()).toBe(1);

  await says(/^It renews on /);
  await press('Cancel the subscription');
  await says(/^It ends on .*, and nothing more is charged\.$/);
  expect((await read()).cancel_at).not.toBeNull();
  await press('Resume the subscription');
  await says(/^It renews on /);

  await press('It declines');
  await press('By a month');
  await says(/^The last payment failed; it is tried again on /);
  expect((await read()).status).toBe('past_due');
  await press('Pay now');
  await says(/^It renews on /);
  expect((await read()).status).toBe('active');
  expect(await page.getByRole('button', { name: 'It accepts' }).getAttribute('aria-pressed')).toBe('true');

  await press('Cancel the subscription');
  for (const span of ['By a week', 'By a day', 'By a month']) await press(span);
  await says(/^It ended on /);
  await page.getByRole('link', { name: 'Back to StatusWatch' }).click();
  await page.waitForURL(`${app.url}/billing`);
});

test('an invoice has a page on which an open one is paid, and a file', async () => {
  const open = await openStripe();
  const { double } = open;
  const { customerId } = await subscribe(open);
  double.setCard(customerId, 'bad');
  double.moveOn({ months: 1 });
  const [invoice] = double.invoicesOf(customerId);
  const { page } = await browser.visit(double.origin);
  await page.goto(invoice?.hosted_invoice_url ?? '');
  await page.getByRole('button', { name: 'Pay US$19.00' }).click();
  await expect.poll(() => page.getByRole('button').count()).toBe(0);
  expect(double.invoicesOf(customerId)[0]?.status).toBe('paid');

  const file = await fetch(invoice?.invoice_pdf ?? '');
  expect(file.headers.get('content-type')).toBe('application/pdf');
  const text = Buffer.from(await file.arrayBuffer()).toString('latin1');
  expect(text).toMatch(/^%PDF-1\.4\n/);
  expect(text).toContain(`(Invoice ${invoice?.number}) Tj`);
  const table = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(text)?.[1]);
  expect(text.slice(table, table + 4)).toBe('xref');
});

test('what is not there says so, and tells nothing of others', async () => {
  const { double } = await openStripe();
  for (const path of [
    '/',
    '/c/pay/cs_test_no',
    '/p/session/bps_no',
    '/i/in_no',
    '/i/in_no/pdf',
    '/c/pay/__proto__',
  ]) {
    const answer = await fetch(double.origin + path);
    expect(answer.status, path).toBe(404);
    expect(await answer.text(), path).toContain('Test mode: no money moves');
  }
});

test('axe finds nothing, and nothing sticks out, on a phone and at a desk', async () => {
  const open = await openStripe();
  const { double, stripe } = open;
  const { customerId: customer } = await subscribe(open);
  const { session } = await startCheckout(open);
  const portal = await stripe.billingPortal.sessions.create({
    customer,
    return_url: 'https://watch.example/',
  });
  double.setCard(customer, 'bad');
  double.moveOn({ months: 1 }, customer);
  const urls = [session.url ?? '', portal.url, double.invoicesOf(customer)[0]?.hosted_invoice_url ?? ''];
  for (const width of [360, 1280]) {
    for (const theme of ['light', 'dark'] as const) {
      const { page } = await browser.visit(double.origin, { width, theme });
      for (const url of urls) {
        await page.goto(url);
        expect(await axeFindings(page), url).toEqual([]);
        expect(await sticksOut(page), url).toEqual([]);
      }
    }
  }
});
