import { missing } from './api-error.ts';
import type { ApiCall } from './api-routes.ts';
import { findCustomer, findIn, newestFirst } from './find-object.ts';
import { listPage, readCreated } from './list-page.ts';
import { makePortalSession } from './make-sessions.ts';
import type { Event, PortalSession, Price, Product } from './stripe-objects.ts';
import { nowOf, tell } from './world.ts';

export function listProducts({ world, reader }: ApiCall) {
  const active = reader.boolean('active');
  const found = newestFirst(world.state.products).filter(
    (each) => active === undefined || each.active === active,
  );
  return listPage(found, reader, '/v1/products', 'product');
}

export function retrieveProduct({ world, id, reader }: ApiCall): Product {
  reader.end();
  return findIn(world.state.products, 'product', id);
}

export function listPrices({ world, reader }: ApiCall) {
  const active = reader.boolean('active');
  const product = reader.text('product');
  const found = newestFirst(world.state.prices).filter(
    (each) => (active === undefined || each.active === active) && (!product || each.product === product),
  );
  return listPage(found, reader, '/v1/prices', 'price');
}

export function retrievePrice({ world, id, reader }: ApiCall): Price {
  reader.end();
  return findIn(world.state.prices, 'price', id);
}

export function createPortal({ world, reader }: ApiCall): PortalSession {
  const customerId = reader.needed('customer');
  const returnUrl = reader.url('return_url') ?? null;
  const locale = reader.text('locale') ?? null;
  reader.end();
  findCustomer(world, customerId, 'customer');
  const at = nowOf(world, customerId);
  const session = makePortalSession(world.state.origin, customerId, returnUrl, locale, at);
  world.state.portalSessions[session.id] = session;
  tell(world, 'billing_portal.session.created', session, at);
  return session;
}

/** Of the last 30 days. `delivery_success=false` are those that wait to be delivered, and those that never were. */
export function listEvents({ world, reader }: ApiCall) {
  const type = reader.text('type');
  const types = reader.texts('types');
  const success = reader.boolean('delivery_success');
  const isWanted = readCreated(reader);
  const oldest = nowOf(world) - 30 * 86_400;
  const isDelivered = (delivery: string) => delivery === 'delivered' || delivery === 'none';
  const found = world.state.events
    .toReversed()
    .filter(
      ({ event, delivery }) =>
        event.created >= oldest &&
        (!type || matchesType(type, event.type)) &&
        (types.length === 0 || types.includes(event.type)) &&
        (success === undefined || success === isDelivered(delivery)) &&
        isWanted(event.created),
    )
    .map(({ event }) => event);
  return listPage(found, reader, '/v1/events', 'event');
}

export function retrieveEvent({ world, id, reader }: ApiCall): Event {
  reader.end();
  const found = world.state.events.find(({ event }) => event.id === id);
  if (found === undefined) throw missing('event', id);
  return found.event;
}

/** `invoice.*` stands for a whole group. */
function matchesType(wanted: string, type: string): boolean {
  return wanted.endsWith('*') ? type.startsWith(wanted.slice(0, -1)) : type === wanted;
}
