import { createCheckout, expireSession, listCheckouts, retrieveCheckout } from './api-checkout.ts';
import {
  createCustomer,
  deleteCustomer,
  listCustomers,
  retrieveCustomer,
  updateCustomer,
} from './api-customers.ts';
import { listInvoices, payOpenInvoice, retrieveInvoice } from './api-invoices.ts';
import {
  createPortal,
  listEvents,
  listPrices,
  listProducts,
  retrieveEvent,
  retrievePrice,
  retrieveProduct,
} from './api-rest.ts';
import {
  cancelSubscription,
  listItems,
  listSubscriptions,
  retrieveItem,
  retrieveSubscription,
  updateSubscription,
} from './api-subscriptions.ts';
import type { ParamReader } from './read-params.ts';
import type { World } from './world.ts';

/** @param id the part of the path that names an object; empty where none does */
export type ApiCall = { world: World; id: string; reader: ParamReader };

const route = (method: string, path: string, handle: (call: ApiCall) => unknown) => ({
  method,
  path: path.split('/'),
  handle,
});

/** Everything under `/v1/` that the double plays. */
export const API_ROUTES = [
  route('GET', 'products', listProducts),
  route('GET', 'products/:id', retrieveProduct),
  route('GET', 'prices', listPrices),
  route('GET', 'prices/:id', retrievePrice),
  route('POST', 'customers', createCustomer),
  route('GET', 'customers', listCustomers),
  route('GET', 'customers/:id', retrieveCustomer),
  route('POST', 'customers/:id', updateCustomer),
  route('DELETE', 'customers/:id', deleteCustomer),
  route('POST', 'checkout/sessions', createCheckout),
  route('GET', 'checkout/sessions', listCheckouts),
  route('GET', 'checkout/sessions/:id', retrieveCheckout),
  route('POST', 'checkout/sessions/:id/expire', expireSession),
  route('GET', 'subscriptions', listSubscriptions),
  route('GET', 'subscriptions/:id', retrieveSubscription),
  route('POST', 'subscriptions/:id', updateSubscription),
  route('DELETE', 'subscriptions/:id', cancelSubscription),
  route('GET', 'subscription_items', listItems),
  route('GET', 'subscription_items/:id', retrieveItem),
  route('GET', 'invoices', listInvoices),
  route('GET', 'invoices/:id', retrieveInvoice),
  route('POST', 'invoices/:id/pay', payOpenInvoice),
  route('POST', 'billing_portal/sessions', createPortal),
  route('GET', 'events', listEvents),
  route('GET', 'events/:id', retrieveEvent),
];
