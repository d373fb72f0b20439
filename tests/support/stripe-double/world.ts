import { makeId } from './make-id.ts';
import type { State } from './state.ts';
import { API_VERSION, type Event, type EventType, type Told } from './stripe-objects.ts';

/** What happens to a subscription when the last attempt to be paid has failed; an account chooses it in its settings. */
export type AfterLastAttempt = 'cancel' | 'unpaid' | 'past_due';

/** `flexible` is what an account gets that asks for nothing: https://docs.stripe.com/billing/subscriptions/billing-mode. */
export type BillingMode = 'flexible' | 'classic';

/** What every part of the double works on: the state, and the ways to tell of a change. */
export type World = {
  state: State;
  afterLastAttempt: AfterLastAttempt;
  /** Of new subscriptions; it decides which fields say that one is to end (subscriptions.ts). */
  billingMode: BillingMode;
  /** The request that is being answered; events carry its id. */
  request: Event['request'];
  /** Which events the webhook's endpoint listens to. */
  listensTo: (type: EventType) => boolean;
  /** Gives an event to the endpoint, later. */
  send: (eventId: string) => void;
};

/** The time there, in seconds since 1970: everybody's, or that of one customer, who may be ahead. */
export function nowOf({ state }: Pick<World, 'state'>, customerId?: string | null): number {
  const ahead = customerId ? (state.customerAheadSeconds[customerId] ?? 0) : 0;
  return Math.floor(Date.now() / 1000) + state.aheadSeconds + ahead;
}

/** Writes an event down and sends it. @param previous the values that an update replaced */
export function tell(
  world: World,
  type: EventType,
  object: Told,
  at: number,
  previous?: Record<string, unknown>,
): void {
  const listens = world.listensTo(type);
  const event: Event = {
    id: makeId('evt'),
    object: 'event',
    api_version: API_VERSION,
    created: at,
    // As it is now: what comes later is told by later events.
    data: structuredClone(previous === undefined ? { object } : { object, previous_attributes: previous }),
    livemode: false,
    pending_webhooks: listens ? 1 : 0,
    request: world.request ?? { id: null, idempotency_key: null },
    type,
  };
  world.state.events.push({
    event,
    customerId: customerIdOf(object),
    delivery: listens ? 'pending' : 'none',
    attempts: 0,
  });
  if (listens) world.send(event.id);
}

function customerIdOf(object: Told): string | null {
  return object.object === 'customer' ? object.id : object.customer;
}

/** Changes an object and tells what was there before; nothing is told where nothing changes. */
export function change<T extends Told & object>(
  world: World,
  type: EventType,
  object: T,
  patch: Partial<T>,
  at: number,
): void {
  const before = object as Record<string, unknown>; // looked at by name below
  const previous = Object.fromEntries(
    Object.entries(patch)
      .filter(([name, value]) => JSON.stringify(before[name]) !== JSON.stringify(value))
      .map(([name]) => [name, structuredClone(before[name])]),
  );
  if (Object.keys(previous).length === 0) return;
  Object.assign(object, patch);
  tell(world, type, object, at, previous);
}
