import { type JSX, Show } from 'solid-js';
import type { Assertion } from '../../../../../shared/checks/assertion-input.ts';
import type { Monitor } from '../../../../../shared/monitoring/monitor.ts';
import { formatDuration, formatLatency, formatRhythm } from '../../../ui/time/duration.ts';

/** The settings in words, for reading. */
export function SettingsSummary(props: { monitor: Monitor }) {
  const monitor = () => props.monitor;
  const http = () => props.monitor.http;
  const headers = () => Object.keys(http().headers);
  return (
    <dl class="grid gap-x-10 gap-y-2.5 text-14 lg:grid-cols-2">
      <Line name="Request">
        <span class="mono text-13">{http().method}</span>
        {http().followRedirects ? ', redirects followed' : ', redirects not followed'}
      </Line>
      <Line name="Expected status">
        <span class="mono text-13">{expectedStatus(monitor().assertions)}</span>
      </Line>
      <Line name="Interval">
        <span class="inline-block first-letter:uppercase">{formatRhythm(monitor().intervalSeconds)}</span>
      </Line>
      <Line name="Deadline">{formatLatency(monitor().timeoutMs)}</Line>
      <Line name="Confirmation">{confirmation(monitor())}</Line>
      <Line name="Degraded">
        {monitor().degradedAfterMs === null
          ? 'Never for being slow'
          : `When slower than ${formatLatency(monitor().degradedAfterMs ?? 0)}`}
      </Line>
      <Show when={headers().length > 0}>
        <Line name="Headers">
          <span class="mono text-13 break-all">{headers().join(', ')}</span>
        </Line>
      </Show>
      <Show when={http().body !== null}>
        <Line name="Body">{http().body?.length} characters</Line>
      </Show>
      <Show when={monitor().assertions.length > 0}>
        <Line name="Assertions">{monitor().assertions.length}</Line>
      </Show>
    </dl>
  );
}

function Line(props: { name: string; children: JSX.Element }) {
  return (
    <div class="grid grid-cols-[8rem_minmax(0,1fr)] gap-4">
      <dt class="text-muted">{props.name}</dt>
      <dd class="min-w-0">{props.children}</dd>
    </div>
  );
}

function expectedStatus(assertions: readonly Assertion[]): string {
  const sets = assertions
    .filter(
      ({ subject, comparator }) => subject === 'status' && (comparator === 'in' || comparator === 'equals'),
    )
    .map(({ value }) => String(value));
  return sets.length === 0 ? '200-399' : sets.join(', ');
}

function confirmation({ retries, retryDelaySeconds, recovery }: Monitor): string {
  const down =
    retries === 0
      ? 'Down at the first failure'
      : `Down after ${retries === 1 ? 'one retry' : `${retries} retries`}, ${formatDuration(retryDelaySeconds * 1000)} apart`;
  return recovery === 1 ? down : `${down}; up after ${recovery} good checks`;
}
