import type { ApiCall } from './api-routes.ts';
import { findIn, newestFirst } from './find-object.ts';
import { payInvoice } from './invoices.ts';
import { listPage, readCreated } from './list-page.ts';
import type { Invoice } from './stripe-objects.ts';

export function listInvoices({ world, reader }: ApiCall) {
  const customer = reader.text('customer');
  const subscription = reader.text('subscription');
  const status = reader.choice('status', ['draft', 'open', 'paid', 'uncollectible', 'void']);
  const isWanted = readCreated(reader);
  if (customer) findIn(world.state.customers, 'customer', customer, 'customer');
  const found = newestFirst(world.state.invoices).filter(
    (each) =>
      (!customer || each.customer === customer) &&
      (!subscription || each.parent?.subscription_details?.subscription === subscription) &&
      (!status || each.status === status) &&
      isWanted(each.created),
  );
  return listPage(found, reader, '/v1/invoices', 'invoice');
}

export function retrieveInvoice({ world, id, reader }: ApiCall): Invoice {
  reader.end();
  return findIn(world.state.invoices, 'invoice', id);
}

export function payOpenInvoice({ world, id, reader }: ApiCall): Invoice {
  reader.end();
  const invoice = findIn(world.state.invoices, 'invoice', id);
  payInvoice(world, invoice);
  return invoice;
}
