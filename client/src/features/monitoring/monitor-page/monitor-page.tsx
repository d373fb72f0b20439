import { A, useNavigate, useParams } from '@solidjs/router';
import { createEffect, createSignal, lazy, Match, Show, Suspense, Switch } from 'solid-js';
import type { Monitor } from '../../../../../shared/monitoring/monitor.ts';
import { createHeldError } from '../../../api/held-error.ts';
import { queries } from '../../../api/queries.ts';
import { readRefusal } from '../../../api/refusal.ts';
import { useQuery } from '../../../api/use-query.ts';
import { buttonClass } from '../../../ui/button.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { usePageTitle } from '../../../ui/page-title.ts';
import { mayChange, useMe } from '../../../ui/shell/me.ts';
import { useShortcuts } from '../../../ui/shortcuts/shortcuts.ts';
import { STATE_WORDS } from '../../../ui/state-mark.tsx';
import { CertificateSection } from '../certificate/certificate-section.tsx';
import { LastFailure } from './last-failure.tsx';
import { LatencySection } from './latency-section.tsx';
import { monitorFromList } from './monitor-from-list.ts';
import { MonitorHead } from './monitor-head.tsx';
import { MonitorSkeleton } from './monitor-skeleton.tsx';
import { RegionsSection } from './regions-section.tsx';
import { ResultsSection } from './results-section.tsx';
import { SettingsPart } from './settings-part.tsx';
import { StatePanel } from './state-panel.tsx';
import { UptimeSection } from './uptime-section.tsx';
import { useFreshFigures } from './use-fresh-figures.ts';
import { useMonitorActions } from './use-monitor-actions.ts';
import { prefetchStateChanges } from './what-happened/state-changes-query.ts';
import { WhatHappenedSection } from './what-happened/what-happened-section.tsx';

const RemoveMonitorDialog = lazy(() => import('../remove-monitor-dialog.tsx'));

export default function MonitorPage() {
  const params = useParams();
  const monitorId = () => params.monitorId ?? '';
  const query = useQuery(() => ({
    ...queries.monitors.get.queryOptions({ monitorId: monitorId() }),
    placeholderData: () => monitorFromList(monitorId()),
  }));
  // Asked for in the same request: what stands above the rest must not come in later and push it down.
  createEffect(() => {
    void queries.results.lastFailure.prefetch({ monitorId: monitorId() });
    prefetchStateChanges(monitorId());
  });
  const navigate = useNavigate();
  const [removing, setRemoving] = createSignal<Monitor | null>(null);
  const known = () => query.data;
  const failed = createHeldError(query);
  const isGone = () => {
    const reason = failed() === null ? null : readRefusal(failed()).reason;
    return reason === 'not_found' || reason === 'invalid_input';
  };
  return (
    <>
      <Switch fallback={<MonitorSkeleton />}>
        {/* Who deletes it here is led away, and need not be told that it is gone. */}
        <Match when={isGone() && removing() === null}>
          <GoneMonitor />
        </Match>
        {/* Another monitor is another page: what was chosen and opened for one says nothing about the other. */}
        <Match when={known()?.id} keyed>
          {(_id) => (
            <Show when={known()}>
              {(monitor) => <MonitorView monitor={monitor()} onRemove={() => setRemoving(monitor())} />}
            </Show>
          )}
        </Match>
        <Match when={failed()}>
          <h1 class="sr-only">Monitor</h1>
          <ErrorState error={failed()} onRetry={() => void query.refetch()} busy={query.isFetching} />
        </Match>
      </Switch>
      <Show when={removing()}>
        <Suspense>
          <RemoveMonitorDialog
            monitor={removing()}
            onClose={() => (isGone() ? navigate('/dashboard') : setRemoving(null))}
            onRemoved={() => navigate('/dashboard')}
          />
        </Suspense>
      </Show>
    </>
  );
}

function MonitorView(props: { monitor: Monitor; onRemove: () => void }) {
  const me = useMe();
  const actions = useMonitorActions(() => props.monitor);
  const summary = useQuery(() => queries.monitors.summary.queryOptions());
  const [editing, setEditing] = createSignal(false);

  usePageTitle(() => {
    const { name, state } = props.monitor;
    return state === 'up' ? name : `${name}, ${STATE_WORDS[state]}`;
  });

  useFreshFigures(() => props.monitor);

  const edit = () => {
    setEditing(true);
    document.querySelector('#settings')?.scrollIntoView();
  };
  useShortcuts(() =>
    mayChange(me()) ? [{ keys: 'e', label: 'Edit the settings of this monitor', run: edit }] : [],
  );

  return (
    <>
      <MonitorHead
        monitor={props.monitor}
        actions={actions}
        mayChange={mayChange(me())}
        summary={summary.data}
        onEdit={edit}
        onRemove={props.onRemove}
      />
      <StatePanel monitor={props.monitor} />
      <LastFailure monitor={props.monitor} />
      <WhatHappenedSection monitor={props.monitor} />
      <UptimeSection monitorId={props.monitor.id} />
      <LatencySection monitorId={props.monitor.id} createdAt={props.monitor.createdAt} />
      <ResultsSection monitorId={props.monitor.id} />
      <RegionsSection monitor={props.monitor} />
      <CertificateSection monitor={props.monitor} />
      <SettingsPart
        monitor={props.monitor}
        mayChange={mayChange(me())}
        editing={editing()}
        onEditing={setEditing}
      />
    </>
  );
}

function GoneMonitor() {
  usePageTitle(() => 'No such monitor');
  return (
    <div class="flex flex-col items-center px-4 py-16 text-center">
      <h1 class="text-20 font-semibold">There is no such monitor</h1>
      <p class="mt-1 mb-5 max-w-md text-14 text-muted text-pretty">
        It was deleted, or it belongs to another organization of yours.
      </p>
      <A href="/dashboard" class={buttonClass({ variant: 'primary' })}>
        Go to your monitors
      </A>
    </div>
  );
}
