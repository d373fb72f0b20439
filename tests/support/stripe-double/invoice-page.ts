import { findCustomer, findIn } from './find-object.ts';
import { html } from './html.ts';
import { payInvoice } from './invoices.ts';
import { makePdf } from './make-pdf.ts';
import { dayOf, goTo, layPage, moneyOf, nameOf, type PageAnswer } from './page-layout.ts';
import type { Invoice } from './stripe-objects.ts';
import type { World } from './world.ts';

/** The page of an invoice, on which an open one can be paid. */
export function invoicePage(world: World, id: string, action: string | null): PageAnswer {
  const invoice = findIn(world.state.invoices, 'invoice', id);
  if (action === 'pay' && invoice.status === 'open') {
    payWithGoodCard(world, invoice);
    return goTo(`/i/${id}`);
  }
  return layPage(
    `Invoice ${invoice.number}`,
    html`
<h1>Invoice ${invoice.number}</h1>
<section>
<dl>${factsOf(world, invoice).map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
</section>
<section>
<form method="post">
${invoice.status === 'open' && html`<button class="main" name="action" value="pay">Pay ${moneyOf(invoice.amount_remaining, invoice.currency)}</button>`}
<a class="button" href="/i/${id}/pdf">Download as PDF</a>
</form>
</section>`,
  );
}

/** The same as a file. */
export function invoicePdf(world: World, id: string): PageAnswer {
  const invoice = findIn(world.state.invoices, 'invoice', id);
  const lines = factsOf(world, invoice).map(([name, value]) => `${name}: ${value}`);
  return {
    status: 200,
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="Invoice-${invoice.number}.pdf"`,
    },
    body: makePdf(['Test mode: no money moves', '', `Invoice ${invoice.number}`, '', ...lines]),
  };
}

/** Somebody pays by hand, with a new card that the bank accepts. */
export function payWithGoodCard(world: World, invoice: Invoice): void {
  world.state.cards[invoice.customer] = 'good';
  payInvoice(world, invoice);
}

function factsOf(world: World, invoice: Invoice): [name: string, value: string][] {
  const { state } = world;
  const known = state.customers[invoice.customer];
  const customer =
    known !== undefined && 'created' in known ? nameOf(findCustomer(world, known.id)) : 'deleted';
  const [line] = invoice.lines.data;
  return [
    ['For', customer],
    ['Date', dayOf(invoice.created)],
    ['What', line?.description ?? ''],
    ['Period', line === undefined ? '' : `${dayOf(line.period.start)} to ${dayOf(line.period.end)}`],
    ['Total', moneyOf(invoice.total, invoice.currency)],
    ['Paid', moneyOf(invoice.amount_paid, invoice.currency)],
    ['State', invoice.status ?? ''],
  ];
}
