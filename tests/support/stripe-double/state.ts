import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type {
  CheckoutSession,
  Customer,
  DeletedCustomer,
  Event,
  Invoice,
  PortalSession,
  Price,
  Product,
  Subscription,
} from './stripe-objects.ts';

/** Whether the bank says yes to the next payment. */
export type Card = 'good' | 'bad';

/** An event with what became of its delivery. */
export type KeptEvent = {
  event: Event;
  customerId: string | null;
  /** `none`: the endpoint does not listen to events of this type. */
  delivery: 'pending' | 'delivered' | 'failed' | 'none';
  attempts: number;
};

/** Which subscription a checkout session makes when it is paid. */
export type Order = { priceId: string; quantity: number; metadata: Record<string, string> };

export type KeptAnswer = {
  fingerprint: string;
  status: number;
  body: unknown;
  requestId: string;
  at: number;
};

/** Everything the double knows; plain JSON, so that it can lie in a file. */
export type State = {
  /** Where its pages are; every object has its address there. */
  origin: string;
  /** By how many seconds its time is ahead of everybody's, and each customer's time ahead of that. */
  aheadSeconds: number;
  customerAheadSeconds: Record<string, number>;
  products: Record<string, Product>;
  prices: Record<string, Price>;
  customers: Record<string, Customer | DeletedCustomer>;
  cards: Record<string, Card>;
  subscriptions: Record<string, Subscription>;
  /** What each checkout sells. */
  orders: Record<string, Order>;
  invoices: Record<string, Invoice>;
  checkoutSessions: Record<string, CheckoutSession>;
  portalSessions: Record<string, PortalSession>;
  /** Oldest first. */
  events: KeptEvent[];
  answers: Record<string, KeptAnswer>;
};

function emptyState(origin: string): State {
  return {
    origin,
    aheadSeconds: 0,
    customerAheadSeconds: {},
    products: {},
    prices: {},
    customers: {},
    cards: {},
    subscriptions: {},
    orders: {},
    invoices: {},
    checkoutSessions: {},
    portalSessions: {},
    events: [],
    answers: {},
  };
}

/** What a file has kept, or nothing yet. @param origin where its pages are now: addresses of a former place are moved there */
export function readState(file: string | undefined, origin: string): State {
  if (file === undefined || !existsSync(file)) return emptyState(origin);
  const text = readFileSync(file, 'utf8');
  const { origin: former }: State = JSON.parse(text); // written by writeState, and by nobody else
  return JSON.parse(text.replaceAll(`${former}/`, `${origin}/`).replaceAll(`"${former}"`, `"${origin}"`));
}

/** Writes it whole or not at all, before anybody gets an answer: what was answered survives any end. */
export function writeState(file: string | undefined, state: State): void {
  if (file === undefined) return;
  const half = `${file}.half-made`;
  writeFileSync(half, JSON.stringify(state), { mode: 0o600, flush: true });
  renameSync(half, file);
}
