import { useParams } from '@solidjs/router';
import { useQuery } from '@tanstack/solid-query';
import { Show } from 'solid-js';
import { forSolid } from '../../../api/for-solid.ts';
import { queries } from '../../../api/queries.ts';
import { StateBadge } from '../../../ui/state-mark.tsx';

export default function MonitorPage() {
  const params = useParams();
  const monitor = useQuery(() =>
    forSolid(queries.monitors.get.queryOptions({ monitorId: params.monitorId ?? '' })),
  );
  return (
    <Show when={monitor.isSuccess ? monitor.data : undefined}>
      {(known) => (
        <h1 class="flex items-center gap-2 text-20 font-semibold">
          <StateBadge state={known().state} /> {known().name}
        </h1>
      )}
    </Show>
  );
}
