import { ApiError } from './api-error.ts';
import { declineCheckout, payCheckout } from './checkout.ts';
import type { Faults } from './faults.ts';
import { findIn, newestFirst } from './find-object.ts';
import { payInvoice } from './invoices.ts';
import { moveOn, passTime, type Span } from './pass-time.ts';
import type { Card, State } from './state.ts';
import type { CheckoutSession, Invoice, Subscription } from './stripe-objects.ts';
import { cancelAtPeriodEnd, endSubscription, GOES_ON, resumeSubscription } from './subscriptions.ts';
import type { WebhookSender } from './webhook-sender.ts';
import { change, nowOf, type World } from './world.ts';

type Keys = { secretKey: string; webhookSecrets: readonly string[]; proPriceId: string };

/** Stripe, in the hands of a test: what customers, their banks and time do there. */
export class StripeDouble {
  readonly origin: string;
  /** What goes wrong with the API. */
  readonly faults: Faults;
  /** Holds events back, repeats them, sends false ones. */
  readonly webhooks: WebhookSender;
  /** Method and path of every request to the API so far. */
  readonly requests: readonly string[];
  readonly close: () => Promise<void>;
  readonly #world: World;
  readonly #save: () => void;
  readonly #keys: Keys;

  constructor(parts: {
    world: World;
    sender: WebhookSender;
    faults: Faults;
    requests: string[];
    save: () => void;
    keys: Keys;
    close: () => Promise<void>;
  }) {
    this.#world = parts.world;
    this.#save = parts.save;
    this.#keys = parts.keys;
    this.origin = parts.world.state.origin;
    this.faults = parts.faults;
    this.webhooks = parts.sender;
    this.requests = parts.requests;
    this.close = parts.close;
  }

  /** For the server that is to speak with it. */
  get environment() {
    const { secretKey, webhookSecrets, proPriceId } = this.#keys;
    return {
      STRIPE_SECRET_KEY: secretKey,
      STRIPE_WEBHOOK_SECRET: webhookSecrets.join(','),
      STRIPE_PRO_PRICE_ID: proPriceId,
      STRIPE_API_BASE: this.origin,
    };
  }

  /** What is known there; to be looked at, not changed. */
  get state(): State {
    return this.#world.state;
  }

  /** The time there. */
  now(customerId?: string): Date {
    return new Date(nowOf(this.#world, customerId) * 1000);
  }

  /** The session of a URL that a person was sent to, or of an id. */
  session(urlOrId: string): CheckoutSession {
    const id = urlOrId.split(/[/?#]/).find((part) => part.startsWith('cs_test_')) ?? urlOrId;
    return findIn(this.state.checkoutSessions, 'checkout.session', id);
  }

  /** A person pays on the checkout's page. */
  pay(urlOrId: string): Subscription {
    return this.#do(() => payCheckout(this.#world, this.session(urlOrId)));
  }

  /** A person pays with a card that the bank declines: nothing comes of it. */
  decline(urlOrId: string): void {
    try {
      declineCheckout(this.session(urlOrId));
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 402) throw error;
    }
  }

  /** What the bank will say to the next payment. */
  setCard(customerId: string, card: Card): void {
    this.#do(() => {
      this.state.cards[customerId] = card;
    });
  }

  subscriptionsOf(customerId: string): Subscription[] {
    return newestFirst(this.state.subscriptions).filter(({ customer }) => customer === customerId);
  }

  invoicesOf(customerId: string): Invoice[] {
    return newestFirst(this.state.invoices).filter(({ customer }) => customer === customerId);
  }

  /** A person pays an invoice on its page, with a card that is good. */
  payInvoice(invoiceId: string): void {
    this.#do(() => {
      const invoice = findIn(this.state.invoices, 'invoice', invoiceId);
      this.state.cards[invoice.customer] = 'good';
      payInvoice(this.#world, invoice);
    });
  }

  /** A person cancels in the portal, at the period's end. */
  cancelInPortal(subscriptionId: string): void {
    this.#change(subscriptionId, (subscription, at) =>
      cancelAtPeriodEnd(this.#world, subscription, 'portal', at),
    );
  }

  resumeInPortal(subscriptionId: string): void {
    this.#change(subscriptionId, (subscription, at) =>
      resumeSubscription(this.#world, subscription, GOES_ON, at),
    );
  }

  /** Somebody at Stripe ends it at once. */
  end(subscriptionId: string): void {
    this.#change(subscriptionId, (subscription, at) =>
      endSubscription(this.#world, subscription, 'cancellation_requested', at),
    );
  }

  /** Gives a subscription any status, as somebody could who looks after it at Stripe. */
  setStatus(subscriptionId: string, status: Subscription['status']): void {
    this.#change(subscriptionId, (subscription, at) =>
      change(this.#world, 'customer.subscription.updated', subscription, { status }, at),
    );
  }

  /** Moves the time on, for everybody or for one customer; what was due by then has happened afterwards. */
  moveOn(span: Span, customerId?: string): void {
    this.#do(() => moveOn(this.#world, span, customerId));
  }

  #change(subscriptionId: string, work: (subscription: Subscription, at: number) => void): void {
    this.#do(() => {
      const subscription = findIn(this.state.subscriptions, 'subscription', subscriptionId);
      work(subscription, nowOf(this.#world, subscription.customer));
    });
  }

  #do<T>(work: () => T): T {
    passTime(this.#world);
    const done = work();
    this.#save();
    return done;
  }
}
