import type { Page, Route } from 'playwright-core';
import type { BillingStatus, Invoice } from '../../shared/billing/billing-status.ts';
import type { ApiClient } from '../support/api-client.ts';
import { heading, refuse, type Scene, withhold } from './scene.ts';
import type { Stack } from './stack.ts';

const path = '/billing';
const END = '2026-12-30T12:00:00.000Z';
const PRO: Partial<BillingStatus> = {
  plan: 'pro',
  state: 'pro',
  subscribed: true,
  currentPeriodEnd: END,
  usage: { monitors: 9, checkedMonitors: 8, members: 4 },
};
const ENDING: Partial<BillingStatus> = { ...PRO, state: 'canceled', cancelAt: END };
const PAST_DUE: Partial<BillingStatus> = {
  ...PRO,
  state: 'past_due',
  graceEndsAt: '2026-12-07T12:00:00.000Z',
};

/** What the organization pays, in every standing, and the pages that lead to the payment and back. */
export function billingScenes({ owner, viewer, full, collector }: Stack): Scene[] {
  const shown = (page: Page) => heading(page, /^(Free|Pro) plan/);
  const standing = (name: string, status: Partial<BillingStatus>): Scene => ({
    name: `billing-${name}`,
    as: owner,
    path,
    wholePage: true,
    before: (page) => Promise.all([standsAs(page, owner, status), hasInvoices(page)]),
    play: (page) => Promise.all([shown(page), page.getByText('SW-0002').waitFor({ state: 'attached' })]),
  });
  return [
    { name: 'billing-free', as: full, path, wholePage: true, play: shown },
    { name: 'billing-given', as: collector, path, wholePage: true, play: shown },
    standing('pro', PRO),
    standing('ending', ENDING),
    standing('past-due', PAST_DUE),
    standing('lapsed', { ...PAST_DUE, plan: 'free' }),
    {
      name: 'billing-viewer',
      as: viewer,
      path,
      wholePage: true,
      before: (page) => standsAs(page, owner, PRO),
      play: (page) => page.getByText(/can change the plan\.$/).waitFor(),
    },
    {
      name: 'billing-not-configured',
      as: owner,
      path,
      wholePage: true,
      before: (page) => standsAs(page, owner, { available: false, testMode: false, price: null }),
      play: (page) => page.getByText(/Payments are not set up/).waitFor(),
    },
    {
      name: 'billing-cancelling',
      as: owner,
      path,
      before: (page) => standsAs(page, owner, PRO),
      async play(page) {
        await page.getByRole('button', { name: 'Cancel subscription' }).click();
        await page.getByRole('alertdialog').waitFor();
      },
    },
    {
      name: 'billing-declined',
      as: full,
      path,
      before: (page) =>
        page.route(/\/trpc\/billing\.startCheckout/, (route) =>
          answer(route, 502, {
            error: {
              message:
                'Our payment provider cannot be reached right now, and nothing was charged. Try again in a few minutes.',
              code: -32_603,
              data: { code: 'BAD_GATEWAY', httpStatus: 502, reason: 'billing_unavailable' },
            },
          }),
        ),
      async play(page) {
        await page.getByRole('button', { name: 'Upgrade to Pro' }).click();
        await page.getByRole('alert').waitFor();
      },
    },
    {
      name: 'billing-loading',
      as: owner,
      path,
      before: (page) => withhold(page, 'billing.status'),
      play: (page) => page.getByText('Loading the plan').waitFor({ state: 'attached' }),
    },
    {
      name: 'billing-error',
      as: owner,
      path,
      before: (page) => refuse(page, 'billing.status'),
      play: (page) => heading(page, 'This could not be loaded'),
    },
    {
      name: 'billing-success-waiting',
      as: full,
      path: '/billing/success',
      play: (page) => heading(page, /^Waiting for your payment/),
    },
    {
      name: 'billing-success-late',
      as: full,
      path: '/billing/success',
      before: (page) => page.clock.install(),
      async play(page) {
        await heading(page, /^Waiting for your payment/);
        await page.clock.fastForward(61_000);
        await heading(page, 'This takes longer than usual');
      },
    },
    {
      name: 'billing-success',
      as: owner,
      path: '/billing/success',
      play: (page) => heading(page, 'Pro is on'),
    },
    {
      name: 'billing-cancel',
      as: full,
      path: '/billing/cancel',
      play: (page) => heading(page, 'Nothing was charged'),
    },
    {
      name: 'dashboard-past-due',
      as: owner,
      path: '/dashboard',
      before: (page) => standsAs(page, owner, PAST_DUE),
      play: (page) => page.getByRole('region', { name: 'A payment failed' }).waitFor(),
    },
  ];
}

/** Has the organization stand so, as far as this page hears. What is true is asked for before: a page may be gone before its answer. */
async function standsAs(page: Page, who: ApiClient, status: Partial<BillingStatus>): Promise<void> {
  const data: BillingStatus = { ...(await who.call('billing.status')), ...status };
  await page.route(/\/trpc\/billing\.status/, (route) => answer(route, 200, { result: { data } }));
}

async function hasInvoices(page: Page): Promise<void> {
  const invoice = (id: string, createdAt: string, status: Invoice['status']): Invoice => ({
    id,
    number: id,
    createdAt,
    amount: 1900,
    currency: 'usd',
    status,
    payable: status === 'open',
    url: 'https://invoice.example/1',
    pdfUrl: 'https://invoice.example/1.pdf',
  });
  await page.route(/\/trpc\/billing\.invoices/, (route) =>
    answer(route, 200, {
      result: {
        data: {
          items: [
            invoice('SW-0002', '2026-11-30T12:00:00.000Z', 'open'),
            invoice('SW-0001', '2026-10-30T12:00:00.000Z', 'paid'),
          ],
        },
      },
    }),
  );
}

const answer = (route: Route, status: number, json: unknown) => route.fulfill({ status, json });
