import type { ApiCall } from './api-routes.ts';
import { findCustomer, findIn, newestFirst } from './find-object.ts';
import { listPage, readCreated } from './list-page.ts';
import { makeCustomer } from './make-customer.ts';
import { mergeMetadata, type ParamReader } from './read-params.ts';
import type { Customer, DeletedCustomer } from './stripe-objects.ts';
import { endSubscription, isEnded } from './subscriptions.ts';
import { change, nowOf, tell } from './world.ts';

export function createCustomer({ world, reader }: ApiCall): Customer {
  const given = readFields(reader);
  const metadata = mergeMetadata({}, reader.metadata());
  reader.end();
  const at = nowOf(world);
  const customer = makeCustomer({ ...given, metadata }, at);
  world.state.customers[customer.id] = customer;
  tell(world, 'customer.created', customer, at);
  return customer;
}

/** A deleted one is still found, as a stump that says so. */
export function retrieveCustomer({ world, id, reader }: ApiCall): Customer | DeletedCustomer {
  reader.end();
  return findIn(world.state.customers, 'customer', id);
}

export function updateCustomer({ world, id, reader }: ApiCall): Customer {
  const given = readFields(reader);
  const sent = reader.metadata();
  reader.end();
  const customer = findCustomer(world, id);
  const metadata = mergeMetadata(customer.metadata, sent);
  change(world, 'customer.updated', customer, { ...given, metadata }, nowOf(world, id));
  return customer;
}

/** Ends its subscriptions too. */
export function deleteCustomer({ world, id, reader }: ApiCall): DeletedCustomer {
  reader.end();
  const customer = findCustomer(world, id);
  const at = nowOf(world, id);
  for (const subscription of Object.values(world.state.subscriptions)) {
    if (subscription.customer !== id || isEnded(subscription)) continue;
    endSubscription(world, subscription, 'cancellation_requested', at);
  }
  tell(world, 'customer.deleted', customer, at);
  const deleted: DeletedCustomer = { id, object: 'customer', deleted: true };
  world.state.customers[id] = deleted;
  return deleted;
}

export function listCustomers({ world, reader }: ApiCall) {
  const email = reader.text('email');
  const isWanted = readCreated(reader);
  const living = Object.entries(world.state.customers).flatMap(([id, customer]) =>
    'created' in customer ? [[id, customer] as const] : [],
  );
  const found = newestFirst(Object.fromEntries(living)).filter(
    (customer) => (!email || customer.email === email) && isWanted(customer.created),
  );
  return listPage(found, reader, '/v1/customers', 'customer');
}

function readFields(reader: ParamReader): Partial<Customer> {
  const fields: Partial<Customer> = {};
  for (const name of ['email', 'name', 'description', 'phone'] as const) {
    const value = reader.text(name);
    if (value !== undefined) fields[name] = value;
  }
  if (reader.has('preferred_locales')) fields.preferred_locales = reader.texts('preferred_locales');
  return fields;
}
