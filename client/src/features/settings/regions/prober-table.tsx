import { For, type JSX, Show } from 'solid-js';
import type { ProberStatus, RegionStatus } from '../../../../../shared/monitoring/region-status.ts';
import { classNames } from '../../../ui/class-names.ts';
import { Ago } from '../../../ui/time/ago.tsx';
import { formatDuration, formatLatency } from '../../../ui/time/duration.ts';
import { Lasting } from '../../../ui/time/lasting.tsx';
import { useNow } from '../../../ui/time/ticker.ts';

/** Who has not reported for so long is not counted on any more. */
const GONE_AFTER_MS = 15_000;

const COLUMNS = ['Prober', 'Version', 'Up for', 'Last seen', 'Lateness p99', 'Running', 'CPU', 'Memory'];

/** The probers of a region and what they say of themselves; where it is narrow, each as a few lines with their names. */
export function ProberTable(props: { region: RegionStatus }) {
  return (
    <table
      aria-label={`Probers in ${props.region.name}`}
      class="w-full border-collapse border-t border-line text-left text-13 @3xl:table-fixed"
    >
      <thead class="sr-only @3xl:not-sr-only @3xl:table-header-group">
        <tr>
          <For each={COLUMNS}>
            {(name, index) => (
              <th
                scope="col"
                class={classNames(
                  'h-8 px-3 text-12 font-medium whitespace-nowrap text-faint first:pl-4 last:pr-4',
                  index() > 3 && 'text-right',
                )}
              >
                {name}
              </th>
            )}
          </For>
        </tr>
      </thead>
      <tbody>
        <For each={props.region.probers}>{(prober) => <ProberRow prober={prober} />}</For>
      </tbody>
    </table>
  );
}

function ProberRow(props: { prober: ProberStatus }) {
  const now = useNow();
  const prober = () => props.prober;
  const seenMs = () => Date.parse(prober().lastSeenAt);
  const isGone = () => now() - seenMs() > GONE_AFTER_MS;
  return (
    <tr
      class={classNames(
        'border-t border-line @max-3xl:grid @max-3xl:grid-cols-2 @max-3xl:gap-x-4 @max-3xl:gap-y-2 @max-3xl:px-4 @max-3xl:py-3 @max-3xl:first:border-t-0 @lg:@max-3xl:grid-cols-4',
        isGone() && 'text-muted',
      )}
    >
      <th scope="row" class="text-left font-normal whitespace-nowrap @3xl:h-10 @3xl:pr-3 @3xl:pl-4">
        <Label>Prober</Label>
        <span class="figures">{prober().instanceId}</span>
      </th>
      <Figure name="Version" mono>
        {prober().version}
      </Figure>
      <Figure name={isGone() ? 'Was up for' : 'Up for'}>
        <Show when={isGone()} fallback={<Lasting since={prober().startedAt} />}>
          {formatDuration(seenMs() - Date.parse(prober().startedAt))}
          <span class="sr-only"> until it was last seen</span>
        </Show>
      </Figure>
      <Figure name="Last seen">
        <Ago at={prober().lastSeenAt} />
      </Figure>
      <Figure name="Lateness p99" right>
        {isGone() || prober().latenessP99Ms === null ? NONE : formatLatency(prober().latenessP99Ms ?? 0)}
      </Figure>
      <Figure name="Running" right>
        {isGone() ? NONE : prober().checksRunning.toLocaleString('en')}
      </Figure>
      <Figure name="CPU" right>
        {isGone() || prober().cpuRatio === null ? NONE : `${((prober().cpuRatio ?? 0) * 100).toFixed(1)} %`}
      </Figure>
      <Figure name="Memory" right>
        {isGone() || prober().memoryMib === null ? NONE : `${prober().memoryMib} MiB`}
      </Figure>
    </tr>
  );
}

const NONE = '–';

function Figure(props: { name: string; mono?: boolean; right?: boolean; children: JSX.Element }) {
  return (
    <td
      class={classNames(
        'min-w-0 break-words @3xl:px-3 @3xl:whitespace-nowrap @3xl:last:pr-4',
        props.mono ? 'mono text-12' : 'figures',
        props.right && '@3xl:text-right',
      )}
    >
      <Label>{props.name}</Label>
      {props.children}
    </td>
  );
}

/** The name of a figure, where there is no head of a column above it. The head is there for screen readers all the same. */
function Label(props: { children: JSX.Element }) {
  return (
    <span class="block font-sans text-12 text-faint @3xl:hidden" aria-hidden="true">
      {props.children}
    </span>
  );
}
