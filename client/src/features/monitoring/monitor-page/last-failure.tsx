import { createMemo, lazy, Show, Suspense } from 'solid-js';
import type { Monitor } from '../../../../../shared/monitoring/monitor.ts';
import { createHeldError } from '../../../api/held-error.ts';
import { queries } from '../../../api/queries.ts';
import { readRefusal } from '../../../api/refusal.ts';
import { useQuery } from '../../../api/use-query.ts';
import { Button } from '../../../ui/button.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { Ago } from '../../../ui/time/ago.tsx';
import { isKeptOneOlder } from './kept-failures.ts';
import { OutcomeMark } from './outcome-mark.tsx';
import { PageSection } from './page-section.tsx';
import { ResultDetails } from './result-details.tsx';

const ExchangeView = lazy(async () => ({
  default: (await import('../exchange/exchange-view.tsx')).ExchangeView,
}));

/** The newest check that was not up, open while the monitor is not: what there is to find out why. */
export function LastFailure(props: { monitor: Monitor }) {
  const failure = useQuery(() => ({
    ...queries.results.lastFailure.queryOptions({ monitorId: props.monitor.id }),
    // Who comes back to the page must not find it as it was when he left.
    staleTime: 0,
    // What is past stays as it is: what the cache holds is shown so.
    reconcile: false as const,
    select: undefined,
  }));
  const last = () => failure.data;
  const isOpen = () => props.monitor.state === 'down' || props.monitor.state === 'degraded';
  const failed = createHeldError(failure);
  // Once said it stays for the outage: it must not come and go with each check that is kept.
  const saidOf = createMemo<string | null>((before) => {
    const { stateSince } = props.monitor;
    if (before === stateSince) return before;
    const keptAt = last()?.checkedAt;
    return keptAt !== undefined && isKeptOneOlder(props.monitor, keptAt) ? stateSince : null;
  }, null);
  return (
    <Show
      when={last()}
      fallback={
        <Show when={failed()}>
          <div class="mt-5">
            <Notice
              tone="neutral"
              action={
                <Button size="small" busy={failure.isFetching} onClick={() => void failure.refetch()}>
                  Try again
                </Button>
              }
            >
              The last failed check could not be loaded. {readRefusal(failed()).sentence}
            </Notice>
          </div>
        </Show>
      }
    >
      {(result) => (
        <PageSection
          title={result().outcome === 'degraded' ? 'Last degraded check' : 'Last failed check'}
          aside={<Ago at={result().checkedAt} class="text-13 text-muted" />}
        >
          <details open={isOpen()} class="group">
            <summary class="-m-4 flex items-start gap-3 rounded-8 p-4 group-open:pb-3">
              <span class="flex h-5 items-center">
                <OutcomeMark outcome={result().outcome} />
              </span>
              <span class="min-w-0 flex-1 break-words">{result().reason}</span>
              <span class="shrink-0 text-13 text-muted group-open:hidden">Show</span>
              <span class="hidden shrink-0 text-13 text-muted group-open:inline">Hide</span>
            </summary>
            <div class="mt-4 border-t border-line pt-4">
              <Show when={saidOf() !== null}>
                <p class="mb-4 text-13 text-muted">
                  Of a long outage, one failed check a minute is kept with all it sent and got.
                </p>
              </Show>
              <ResultDetails result={result()} />
              <Show when={result().exchange}>
                {(record) => (
                  <div class="mt-5">
                    <Suspense fallback={<Skeleton class="h-32 w-full" />}>
                      <ExchangeView record={record()} />
                    </Suspense>
                  </div>
                )}
              </Show>
            </div>
          </details>
        </PageSection>
      )}
    </Show>
  );
}
