import { ApiError } from './api-error.ts';
import { declineCheckout, payCheckout } from './checkout.ts';
import { findCustomer, findIn, findPrice } from './find-object.ts';
import { type Html, html } from './html.ts';
import { goTo, layPage, moneyOf, nameOf, type PageAnswer, priceOf } from './page-layout.ts';
import type { CheckoutSession } from './stripe-objects.ts';
import type { World } from './world.ts';

/** The page of a checkout, on which a person pays. */
export function checkoutPage(world: World, id: string, action: string | null): PageAnswer {
  const session = findIn(world.state.checkoutSessions, 'checkout.session', id);
  if (session.status !== 'open') return endedPage(session);
  if (action === 'pay') {
    payCheckout(world, session);
    return goTo(successUrlOf(session));
  }
  if (action === 'decline') return showCheckout(world, session, declinedSentence(session));
  return showCheckout(world, session, null);
}

function showCheckout(world: World, session: CheckoutSession, trouble: Html | null): PageAnswer {
  const customer = findCustomer(world, session.customer ?? '');
  const { priceId } = findIn(world.state.orders, 'checkout.session', session.id);
  const price = findPrice(world, priceId, 'price');
  const total = moneyOf(session.amount_total ?? 0, session.currency ?? 'usd');
  const content = html`
<h1>Subscribe to StatusWatch Pro</h1>
<section>
<p class="price">${priceOf(price)}</p>
<p class="soft">Unlimited monitors, checked every 10 seconds from all regions.</p>
<dl><dt>For</dt><dd>${nameOf(customer)}</dd><dt>Due today</dt><dd>${total}</dd></dl>
</section>
<section>
${trouble}
<p class="soft">This page stands in for Stripe’s. No card is asked for: choose how the payment ends.</p>
<form method="post">
<button class="main" name="action" value="pay">Pay ${total}</button>
<button name="action" value="decline">Pay with a card that is declined</button>
${session.cancel_url === null ? null : html`<a class="button" href="${session.cancel_url}">Back</a>`}
</form>
</section>`;
  return layPage('Checkout', content);
}

function declinedSentence(session: CheckoutSession): Html {
  try {
    return declineCheckout(session);
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 402) throw error;
    return html`<p class="bad" role="alert">${error.message} Nothing was paid; you can try another card.</p>`;
  }
}

function endedPage(session: CheckoutSession): PageAnswer {
  const paid = session.status === 'complete';
  const back = paid ? successUrlOf(session) : session.cancel_url;
  return layPage(
    'Checkout',
    html`
<h1>${paid ? 'This checkout is paid' : 'This checkout has expired'}</h1>
<section>
<p>${paid ? 'It cannot be paid twice.' : 'A new one can be started from StatusWatch.'}</p>
${back === null ? null : html`<p><a class="button" href="${back}">Back to StatusWatch</a></p>`}
</section>`,
  );
}

function successUrlOf({ success_url: url, id }: CheckoutSession): string {
  return (url ?? '').replaceAll('{CHECKOUT_SESSION_ID}', id);
}
