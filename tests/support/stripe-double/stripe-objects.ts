import type Stripe from 'stripe';

/** Fields that hold an id, or null, until somebody asks to have them expanded. */
type WithIds<T, Field extends keyof T> = Omit<T, Field> & { [F in Field]: Extract<T[F], string | null> };

/** As they go over the wire: a decimal is a string there, and an object of the SDK is made from it. */
export type Price = Omit<WithIds<Stripe.Price, 'product'>, 'unit_amount_decimal'> & {
  unit_amount_decimal: string | null;
};
export type Plan = Omit<WithIds<Stripe.Plan, 'product'>, 'amount_decimal'> & {
  amount_decimal: string | null;
};
export type Product = WithIds<Stripe.Product, 'default_price' | 'tax_code'>;

export type Customer = WithIds<Stripe.Customer, 'default_source' | 'test_clock'>;

export type SubscriptionItem = Omit<Stripe.SubscriptionItem, 'plan' | 'price'> & { plan: Plan; price: Price };
export type Subscription = Omit<
  WithIds<Stripe.Subscription, 'customer' | 'latest_invoice' | 'default_payment_method'>,
  'items'
> & { items: List<SubscriptionItem> };

export type InvoiceLine = Omit<WithIds<Stripe.InvoiceLineItem, 'subscription'>, 'pricing'> & {
  pricing: Omit<Stripe.InvoiceLineItem.Pricing, 'unit_amount_decimal'> & {
    unit_amount_decimal: string | null;
  };
};
export type Invoice = Omit<WithIds<Stripe.Invoice, 'customer' | 'latest_revision'>, 'lines'> & {
  customer: string;
  lines: List<InvoiceLine>;
};

export type CheckoutSession = WithIds<Stripe.Checkout.Session, 'customer' | 'subscription' | 'invoice'>;
export type PortalSession = Stripe.BillingPortal.Session;

export type EventType =
  | 'billing_portal.session.created'
  | 'checkout.session.completed'
  | 'checkout.session.expired'
  | 'customer.created'
  | 'customer.deleted'
  | 'customer.updated'
  | 'customer.subscription.created'
  | 'customer.subscription.deleted'
  | 'customer.subscription.updated'
  | 'invoice.created'
  | 'invoice.finalized'
  | 'invoice.paid'
  | 'invoice.payment_failed'
  | 'invoice.payment_succeeded'
  | 'invoice.voided';

/** What an event tells of. */
export type Told = Customer | DeletedCustomer | Subscription | Invoice | CheckoutSession | PortalSession;

export type Event = Omit<Stripe.EventBase, 'type' | 'data'> & {
  type: EventType;
  data: { object: Told; previous_attributes?: Record<string, unknown> };
};

export type DeletedCustomer = { id: string; object: 'customer'; deleted: true };

export type List<T> = { object: 'list'; data: T[]; has_more: boolean; url: string };

/** The version whose shapes these are. The SDK's type knows one, so that it cannot be forgotten when the SDK is renewed. */
export const API_VERSION: typeof Stripe.API_VERSION = '2026-10-28.endive';
