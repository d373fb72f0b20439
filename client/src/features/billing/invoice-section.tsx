import ExternalLink from 'lucide-solid/icons/external-link';
import { For, Match, Show, Switch } from 'solid-js';
import type { Invoice } from '../../../../shared/billing/billing-status.ts';
import { moneyWords } from '../../../../shared/billing/money-words.ts';
import { createHeldError } from '../../api/held-error.ts';
import { queries } from '../../api/queries.ts';
import { readRefusal } from '../../api/refusal.ts';
import { useQuery } from '../../api/use-query.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Loading, Skeleton } from '../../ui/skeleton.tsx';
import { Cell, HeaderCell, Row, Table } from '../../ui/table.tsx';
import { Instant } from '../../ui/time/instant.tsx';
import { calendarDate, exactTime } from '../../ui/time/relative-time.ts';

const STATUS_WORDS: Record<Invoice['status'], string> = {
  open: 'To be paid',
  paid: 'Paid',
  uncollectible: 'Not paid',
  void: 'Withdrawn',
};

const statusWords = ({ status, payable }: Invoice) =>
  STATUS_WORDS[status === 'open' && !payable ? 'uncollectible' : status];

/** What was charged, newest first. The payment provider may be away when the rest of the page is not. */
export function InvoiceSection() {
  const asked = useQuery(() => ({ ...queries.billing.invoices.queryOptions(), staleTime: 0 }));
  const known = () => asked.data;
  const failed = createHeldError(asked);
  const again = (
    <Button size="small" busy={asked.isFetching} onClick={() => void asked.refetch()}>
      Try again
    </Button>
  );
  return (
    <section aria-labelledby="invoices" class="mt-2">
      <h3 id="invoices" class="mb-2 text-14 font-semibold">
        Invoices
      </h3>
      <Switch>
        <Match when={known()}>
          {(list) => (
            <>
              <Show when={asked.isError}>
                <div class="mb-3">
                  <Notice tone="neutral" action={again}>
                    What you see may be out of date. {readRefusal(asked.error).sentence}
                  </Notice>
                </div>
              </Show>
              <Show
                when={list().items.length > 0}
                fallback={
                  <p class="rounded-8 border border-line bg-surface px-4 py-3 text-14 text-muted">
                    There are none: nothing was charged yet.
                  </p>
                }
              >
                <InvoiceTable invoices={list().items} />
              </Show>
            </>
          )}
        </Match>
        <Match when={failed()}>
          <Notice tone="neutral" action={again}>
            The invoices cannot be shown. {readRefusal(failed()).sentence}
          </Notice>
        </Match>
        <Match when={asked.isPending}>
          <Loading label="Loading the invoices">
            <Skeleton class="h-20 w-full rounded-8!" />
          </Loading>
        </Match>
      </Switch>
    </section>
  );
}

function InvoiceTable(props: { invoices: Invoice[] }) {
  return (
    <Table label="Invoices">
      <thead>
        <tr>
          <HeaderCell>Date</HeaderCell>
          <HeaderCell class="max-sm:hidden">Number</HeaderCell>
          <HeaderCell class="text-right">Amount</HeaderCell>
          <HeaderCell class="max-sm:hidden">Status</HeaderCell>
          <HeaderCell>
            <span class="sr-only">Open</span>
          </HeaderCell>
        </tr>
      </thead>
      <tbody>
        <For each={props.invoices}>
          {(invoice) => (
            <Row>
              <Cell class="whitespace-nowrap">
                <Instant at={invoice.createdAt} exact={exactTime(Date.parse(invoice.createdAt))}>
                  {calendarDate(Date.parse(invoice.createdAt))}
                </Instant>
                <span class="block text-12 text-muted sm:hidden">{statusWords(invoice)}</span>
              </Cell>
              <Cell class="mono text-12 whitespace-nowrap text-muted max-sm:hidden">
                {invoice.number ?? 'none'}
              </Cell>
              <Cell class="text-right whitespace-nowrap figures">
                {moneyWords(invoice.amount, invoice.currency)}
              </Cell>
              <Cell class="whitespace-nowrap text-muted max-sm:hidden">{statusWords(invoice)}</Cell>
              <Cell class="whitespace-nowrap">
                <span class="flex justify-end gap-4">
                  <InvoiceLinks invoice={invoice} />
                </span>
              </Cell>
            </Row>
          )}
        </For>
      </tbody>
    </Table>
  );
}

/** To the provider's own page of it, where an open one is paid, and to the file. */
function InvoiceLinks(props: { invoice: Invoice }) {
  const named = () => `of ${calendarDate(Date.parse(props.invoice.createdAt))}`;
  return (
    <>
      <Show when={props.invoice.url}>
        {(url) => (
          <a
            href={url()}
            target="_blank"
            rel="noopener noreferrer"
            class="touch-target inline-flex items-center gap-1 font-medium text-accent-text hover:underline"
          >
            {props.invoice.payable ? 'Pay' : 'View'}
            <span class="sr-only"> the invoice {named()}, in a new tab</span>
            <ExternalLink class="size-3.5" aria-hidden="true" />
          </a>
        )}
      </Show>
      <Show when={props.invoice.pdfUrl}>
        {(url) => (
          <a
            href={url()}
            target="_blank"
            rel="noopener noreferrer"
            class="touch-target font-medium text-accent-text hover:underline"
          >
            PDF<span class="sr-only"> of the invoice {named()}, in a new tab</span>
          </a>
        )}
      </Show>
    </>
  );
}
