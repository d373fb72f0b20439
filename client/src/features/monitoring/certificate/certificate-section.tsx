import { createMemo, Index, Match, Show, Switch } from 'solid-js';
import type { Monitor } from '../../../../../shared/monitoring/monitor.ts';
import { createHeldError } from '../../../api/held-error.ts';
import { queries } from '../../../api/queries.ts';
import { useQuery } from '../../../api/use-query.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Loading, Skeleton } from '../../../ui/skeleton.tsx';
import { serverNow } from '../../../ui/time/server-clock.ts';
import { PageSection } from '../monitor-page/page-section.tsx';
import { CertificateCard } from './certificate-card.tsx';
import { groupCertificates } from './group-certificates.ts';

/** What a check saw is written a moment after its result: for so long it may still come, and is asked for so often. */
const UNDER_WAY_MS = 10_000;
const ASK_EVERY_MS = 1000;

/** The certificate a monitor's target shows, once for all regions that see the same. Nothing for plain http. */
export function CertificateSection(props: { monitor: Monitor }) {
  return (
    <Show when={props.monitor.target.startsWith('https:')}>
      <Certificates monitor={props.monitor} />
    </Show>
  );
}

function Certificates(props: { monitor: Monitor }) {
  const certificates = useQuery(() => ({
    ...queries.certificates.list.queryOptions({ monitorId: props.monitor.id }),
    reconcile: false as const,
    select: undefined,
    refetchInterval: (query: { state: { data?: { items: unknown[] } | undefined } }) =>
      query.state.data?.items.length === 0 && isJustChecked(props.monitor) ? ASK_EVERY_MS : false,
  }));
  const known = () => certificates.data?.items;
  const failed = createHeldError(certificates);
  const groups = createMemo(() => groupCertificates(known() ?? []));
  return (
    <PageSection title={groups().length > 1 ? 'Certificates' : 'Certificate'} bare>
      <Switch>
        <Match when={groups().length > 0}>
          <Show when={groups().length > 1}>
            <p class="mb-3 text-13 text-muted text-pretty">
              Not every region is shown the same: this is what each saw last.
            </p>
          </Show>
          <div class="flex flex-col gap-4">
            <Index each={groups()}>
              {(seen) => (
                <CertificateCard
                  seen={seen()}
                  thresholdDays={props.monitor.certificateDays}
                  namesRegions={groups().length > 1 || props.monitor.regions.length > 1}
                />
              )}
            </Index>
          </div>
        </Match>
        <Match when={known()}>
          <p class="rounded-8 border border-line bg-surface px-4 py-8 text-center text-14 text-muted text-pretty">
            No certificate has been seen yet. The first check that gets as far as TLS brings it here: whose it
            is, who vouches for it, and how many days are left.
          </p>
        </Match>
        <Match when={failed()}>
          <ErrorState
            error={failed()}
            onRetry={() => void certificates.refetch()}
            busy={certificates.isFetching}
          />
        </Match>
        <Match when={certificates.isPending}>
          <Loading label="Loading the certificate">
            <Skeleton class="h-52 w-full rounded-8" />
          </Loading>
        </Match>
      </Switch>
    </PageSection>
  );
}

function isJustChecked({ lastCheckedAt }: Monitor): boolean {
  return lastCheckedAt !== null && serverNow(Date.now()) - Date.parse(lastCheckedAt) < UNDER_WAY_MS;
}
