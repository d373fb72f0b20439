import { useSearchParams } from '@solidjs/router';
import { createMemo, Match, Show, Switch } from 'solid-js';
import { createHeldError } from '../../../api/held-error.ts';
import { queries } from '../../../api/queries.ts';
import { readRefusal } from '../../../api/refusal.ts';
import { useQuery } from '../../../api/use-query.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { usePageTitle } from '../../../ui/page-title.ts';
import { mayAdminister, useMe } from '../../../ui/shell/me.ts';
import { type AuditFilters, isFiltered, NO_FILTERS, readFilters, writeFilters } from './audit-filters.ts';
import { AuditList, AuditSkeleton } from './audit-list.tsx';
import { useAuditLog } from './audit-query.ts';
import { AuditTools } from './audit-tools.tsx';

/** Who changed what in the organization, when and from where. */
export default function AuditPage() {
  usePageTitle(() => 'Audit log');
  const me = useMe();
  return (
    <>
      <h2 class="text-16 font-semibold">Audit log</h2>
      <Show
        when={mayAdminister(me())}
        fallback={
          <EmptyState
            title="This is for admins and owners"
            sentence="The log of who changed what is read by those who look after the organization. Ask one of them, if you miss something."
          />
        }
      >
        <p class="mt-1 max-w-2xl text-14 text-muted text-pretty">
          Who changed what, when and from where. Nobody can change or delete what stands here.
        </p>
        <AuditLog />
      </Show>
    </>
  );
}

function AuditLog() {
  const [search, setSearch] = useSearchParams();
  const filters = createMemo(() => readFilters(search), undefined, {
    equals: (before, now) => JSON.stringify(before) === JSON.stringify(now),
  });
  const change = (part: Partial<AuditFilters>) => {
    setSearch(writeFilters({ ...filters(), ...part }), { replace: true });
  };
  const log = useAuditLog(filters);
  // Asked anew with each visit: whoever did something for the first time is not in what is held.
  const actors = useQuery(() => ({ ...queries.audit.actors.queryOptions(), staleTime: 0 }));
  const failed = createHeldError(log);
  const pages = () => log.data?.pages;
  const entries = createMemo(() => pages()?.flatMap((page) => page.items) ?? []);
  return (
    <>
      <div class="mt-5">
        <AuditTools filters={filters()} actors={actors.data} onChange={change} />
      </div>
      <Show when={log.isError && pages()}>
        <div class="mt-4">
          <Notice
            tone="neutral"
            action={
              <Button size="small" busy={log.isFetching} onClick={() => void log.refetch()}>
                Try again
              </Button>
            }
          >
            What you see may be incomplete. {readRefusal(log.error).sentence}
          </Notice>
        </div>
      </Show>
      <div class="mt-4">
        <Switch>
          <Match when={entries().length > 0}>
            <AuditList
              entries={entries()}
              hasOlder={log.hasNextPage}
              busy={log.isFetchingNextPage}
              onOlder={() => void log.fetchNextPage()}
            />
          </Match>
          <Match when={pages() && isFiltered(filters())}>
            <EmptyState
              title="No entry matches"
              sentence="Nothing that was done has all of this."
              action={<Button onClick={() => change(NO_FILTERS)}>Clear filters</Button>}
            />
          </Match>
          <Match when={pages()}>
            <EmptyState
              title="Nothing has been changed yet"
              sentence="As soon as somebody adds a monitor, invites a person or changes a setting, it is written down here."
            />
          </Match>
          <Match when={failed()}>
            <ErrorState error={failed()} onRetry={() => void log.refetch()} busy={log.isFetching} />
          </Match>
          <Match when={log.isPending}>
            <AuditSkeleton />
          </Match>
        </Switch>
      </div>
    </>
  );
}
