import * as v from 'valibot';
import type { PlanName } from './plans.ts';
import type { SubscriptionState } from './subscription-state.ts';

export const PRICE_INTERVALS = ['day', 'week', 'month', 'year'] as const;

/** What Pro costs, as Stripe has it. */
export type Price = {
  /** In the currency's smallest unit, as Stripe counts: cents, or yen. */
  amount: number;
  /** ISO 4217, in lower case. */
  currency: string;
  interval: (typeof PRICE_INTERVALS)[number];
  /** How many of these: 3 with `month` is a quarter. */
  intervalCount: number;
};

/** How much of its plan an organization uses; held against `PLANS[plan]`. */
export type PlanUsage = {
  monitors: number;
  /** Those that are not paused. */
  checkedMonitors: number;
  members: number;
};

/** What `billing.status` answers. */
export type BillingStatus = {
  /** Whether anything can be bought here; when not, billing is not shown. */
  available: boolean;
  /** Payments are played, and no money moves. */
  testMode: boolean;
  /** The plan in force. */
  plan: PlanName;
  state: SubscriptionState;
  /** Whether there is a subscription to be managed. Pro without one is given by whoever runs this server. */
  subscribed: boolean;
  /** When the period ends that is paid for, and the next payment is due unless `cancelAt` says that there is none. */
  currentPeriodEnd: string | null;
  /** When Pro ends, since somebody cancelled. */
  cancelAt: string | null;
  /** When Pro ends unless the payment that failed is made. */
  graceEndsAt: string | null;
  /** Null while Stripe does not say. */
  price: Price | null;
  usage: PlanUsage;
};

/** Of invoices that are shown; `void` ones were withdrawn. */
export const INVOICE_STATUSES = ['open', 'paid', 'uncollectible', 'void'] as const;

/** An invoice, as `billing.invoices` answers it. */
export type Invoice = {
  id: string;
  /** As printed on it. */
  number: string | null;
  createdAt: string;
  /** In the currency's smallest unit. */
  amount: number;
  currency: string;
  status: (typeof INVOICE_STATUSES)[number];
  /** Whether somebody is asked to pay it: it is open, and its subscription has not ended. */
  payable: boolean;
  /** Stripe's page of it, where an open one can be paid. */
  url: string | null;
  pdfUrl: string | null;
};

/** What `billing.startCheckout` takes. */
export const startCheckoutInput = v.object({ plan: v.literal('pro', 'The plan to buy is pro.') });
