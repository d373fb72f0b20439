import { findCustomer, findIn, newestFirst } from './find-object.ts';
import { html } from './html.ts';
import { payWithGoodCard } from './invoice-page.ts';
import { itemOf } from './make-subscription.ts';
import { dayOf, goTo, layPage, moneyOf, nameOf, type PageAnswer, priceOf } from './page-layout.ts';
import { moveOn } from './pass-time.ts';
import type { Invoice, Subscription } from './stripe-objects.ts';
import { cancelAtPeriodEnd, endOf, GOES_ON, isEnded, resumeSubscription } from './subscriptions.ts';
import { nowOf, type World } from './world.ts';

/** The page on which a customer looks after plan, card and invoices, and after the time, which no real one offers. */
export function portalPage(world: World, sessionId: string, form: URLSearchParams): PageAnswer {
  const { customer: customerId, return_url: back } = findIn(
    world.state.portalSessions,
    'portal session',
    sessionId,
  );
  const action = form.get('action');
  if (action !== null) {
    act(world, customerId, action, form.get('id') ?? '');
    return goTo(`/p/session/${sessionId}`);
  }
  const customer = findCustomer(world, customerId);
  const subscriptions = subscriptionsOf(world, customerId);
  const live = subscriptions.filter((each) => !isEnded(each));
  const invoices = newestFirst(world.state.invoices).filter((each) => each.customer === customerId);
  const shown = live.length > 0 ? live : subscriptions.slice(0, 1);
  return layPage(
    'Your subscription',
    html`
<h1>${nameOf(customer)}</h1>
${shown.map((each) => planOf(each, invoices))}
${subscriptions.length === 0 && html`<section><h2>Plan</h2><p>There is no subscription.</p></section>`}
${live.length > 0 && cardOf(world, customerId)}
${invoicesOf(invoices)}
${timeOf(world, customerId)}
${back !== null && html`<p><a class="button" href="${back}">Back to StatusWatch</a></p>`}`,
  );
}

function act(world: World, customerId: string, action: string, id: string): void {
  const at = nowOf(world, customerId);
  const live = subscriptionsOf(world, customerId).find((each) => each.id === id && !isEnded(each));
  const invoice = Object.values(world.state.invoices).find(
    (each) => each.id === id && each.customer === customerId,
  );
  switch (action) {
    case 'cancel':
      if (live !== undefined) cancelAtPeriodEnd(world, live, 'portal', at);
      return;
    case 'resume':
      if (live !== undefined) resumeSubscription(world, live, GOES_ON, at);
      return;
    case 'pay':
      if (invoice?.status === 'open') payWithGoodCard(world, invoice);
      return;
    case 'card_good':
    case 'card_bad':
      world.state.cards[customerId] = action === 'card_good' ? 'good' : 'bad';
      return;
    case 'day':
      moveOn(world, { days: 1 }, customerId);
      return;
    case 'week':
      moveOn(world, { days: 7 }, customerId);
      return;
    case 'month':
      moveOn(world, { months: 1 }, customerId);
      return;
  }
}

function subscriptionsOf(world: World, customerId: string): Subscription[] {
  return newestFirst(world.state.subscriptions).filter((each) => each.customer === customerId);
}

function planOf(subscription: Subscription, invoices: Invoice[]) {
  const { id } = subscription;
  const end = endOf(subscription);
  const button = (action: string, words: string) =>
    html`<form method="post"><input type="hidden" name="id" value="${id}"><button name="action" value="${action}">${words}</button></form>`;
  return html`<section>
<h2>Plan</h2>
<p>StatusWatch Pro, ${priceOf(itemOf(subscription).price)}</p>
<p>${stateSentence(subscription, invoices)}</p>
${!isEnded(subscription) && (end === null ? button('cancel', 'Cancel the subscription') : button('resume', 'Resume the subscription'))}
</section>`;
}

function stateSentence(subscription: Subscription, invoices: Invoice[]): string {
  const { status, ended_at: ended } = subscription;
  const end = endOf(subscription);
  if (ended !== null) return `It ended on ${dayOf(ended)}.`;
  if (end !== null) return `It ends on ${dayOf(end)}, and nothing more is charged.`;
  const next = invoices.find((each) => each.status === 'open')?.next_payment_attempt ?? null;
  if (status === 'past_due') {
    return `The last payment failed${next === null ? '.' : `; it is tried again on ${dayOf(next)}.`}`;
  }
  if (status === 'unpaid')
    return 'The last payments failed, and no more are tried: pay an open invoice to go on.';
  return `It renews on ${dayOf(itemOf(subscription).current_period_end)}.`;
}

function cardOf(world: World, customerId: string) {
  const card = world.state.cards[customerId] ?? 'good';
  return html`<section>
<h2>Card</h2>
<p class="soft">What the bank says when the next payment is due.</p>
<form method="post">
<button name="action" value="card_good" aria-pressed="${card === 'good'}">It accepts</button>
<button name="action" value="card_bad" aria-pressed="${card === 'bad'}">It declines</button>
</form>
</section>`;
}

function invoicesOf(invoices: Invoice[]) {
  if (invoices.length === 0) return null;
  return html`<section>
<h2>Invoices</h2>
<ul>${invoices.map(
    (each) => html`<li>
<span><a href="/i/${each.id}">${each.number}</a><br><span class="soft">${dayOf(each.created)}</span></span>
<span class="money">${moneyOf(each.total, each.currency)}<br><span class="soft">${each.status}</span></span>
${
  each.status === 'open' &&
  html`<form method="post"><input type="hidden" name="id" value="${each.id}"><button name="action" value="pay">Pay now</button></form>`
}
</li>`,
  )}</ul>
</section>`;
}

function timeOf(world: World, customerId: string) {
  return html`<section>
<h2>Time</h2>
<p class="soft">For this customer it is ${dayOf(nowOf(world, customerId))}. Move the time on to see what happens then.</p>
<form method="post">
<button name="action" value="day">By a day</button>
<button name="action" value="week">By a week</button>
<button name="action" value="month">By a month</button>
</form>
</section>`;
}
