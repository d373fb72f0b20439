import { type JSX, Show } from 'solid-js';
import type { Result } from '../../../../../shared/checks/check-result.ts';
import { PhaseWaterfall } from '../../../ui/charts/phase-bar.tsx';
import { exactTime } from '../../../ui/time/relative-time.ts';

/** Everything that is kept of one check. */
export function ResultDetails(props: { result: Result }) {
  return (
    <div class="grid gap-x-10 gap-y-4 lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
      <PhaseWaterfall timings={props.result.timings} />
      <dl class="grid grid-cols-[auto_minmax(0,1fr)] content-start gap-x-4 gap-y-1 text-13">
        <Detail name="Found">{props.result.reason ?? 'Everything as expected.'}</Detail>
        <Detail name="Code">
          <span class="mono">{props.result.code}</span>
        </Detail>
        <Show when={props.result.statusCode !== null}>
          <Detail name="Status">
            <span class="mono">{props.result.statusCode}</span>
          </Detail>
        </Show>
        <Detail name="Region">
          <span class="mono">{props.result.region}</span>
        </Detail>
        <Detail name="Due">
          <span class="figures">{exactTime(Date.parse(props.result.slotAt))}</span>
        </Detail>
        <Detail name="Began">
          <span class="figures">{exactTime(Date.parse(props.result.checkedAt))}</span>
        </Detail>
        <Show when={props.result.verification}>
          <Detail name="Why">Verification, off the schedule: to confirm a turn, or asked for by hand.</Detail>
        </Show>
      </dl>
    </div>
  );
}

function Detail(props: { name: string; children: JSX.Element }) {
  return (
    <>
      <dt class="text-muted">{props.name}</dt>
      <dd class="min-w-0 break-words">{props.children}</dd>
    </>
  );
}
