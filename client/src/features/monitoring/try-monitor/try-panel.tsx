import X from 'lucide-solid/icons/x';
import { createEffect, createMemo, createUniqueId, on, onMount, Show } from 'solid-js';
import type { TriedCheck } from '../../../../../shared/monitoring/try-monitor.ts';
import { queries } from '../../../api/queries.ts';
import { useQuery } from '../../../api/use-query.ts';
import { Button } from '../../../ui/button.tsx';
import { PhaseWaterfall } from '../../../ui/charts/phase-bar.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { Loading, Skeleton } from '../../../ui/skeleton.tsx';
import { ExchangeView } from '../exchange/exchange-view.tsx';
import { OUTCOME_WORDS, OutcomeMark } from '../monitor-page/outcome-mark.tsx';
import { SelectInput } from '../settings-form/select-input.tsx';
import { listedVerdicts, triedWords } from './tried-words.ts';
import type { TryMonitor } from './use-try-monitor.ts';
import { VerdictList } from './verdict-list.tsx';

/** What trying a draft found: the outcome and why, what held and what did not, where the time went, and the exchange. */
export default function TryPanel(props: { trial: TryMonitor }) {
  const id = createUniqueId();
  const regions = useQuery(() => queries.regions.list.queryOptions());
  const choices = createMemo(() =>
    (regions.data?.regions ?? []).map(({ name, condition }) => ({
      value: name,
      label: condition === 'silent' ? `${name} · silent` : name,
      disabled: condition === 'silent',
    })),
  );
  const title = () => {
    if (props.trial.isRunning()) return 'Trying';
    return props.trial.problem() === null ? 'Tried, not saved' : 'Could not be tried';
  };
  let panel: HTMLElement | undefined;
  // Once it is asked for, and once more when there is enough of it to come up. Later answers come in place.
  const comeUp = () => panel?.scrollIntoView({ block: 'start' });
  onMount(comeUp);
  createEffect(
    on(
      () => props.trial.check() !== null,
      (found) => found && comeUp(),
      { defer: true },
    ),
  );

  return (
    <section
      ref={panel}
      aria-labelledby={`${id}-title`}
      aria-busy={props.trial.isRunning() ? 'true' : undefined}
      class="scroll-mt-16 rounded-8 border border-line bg-canvas"
    >
      <div class="flex items-center gap-2 min-h-11 border-b border-line py-1.5 pr-1.5 pl-4">
        <h3 id={`${id}-title`} class="min-w-0 flex-1 text-13 font-medium">
          {title()}
        </h3>
        <Show when={props.trial.region()}>
          {(region) => (
            <span class="flex min-w-0 items-center gap-2 text-13 text-muted">
              <Show
                when={choices().length > 1}
                fallback={
                  <>
                    From <span class="mono text-text">{region()}</span>
                  </>
                }
              >
                <label for={`${id}-region`}>From</label>
                <SelectInput
                  id={`${id}-region`}
                  value={region()}
                  options={choices()}
                  onChange={(event) => void props.trial.tryFrom(event.currentTarget.value)}
                  mono
                  class="min-w-0"
                />
              </Show>
            </span>
          )}
        </Show>
        <Button
          variant="ghost"
          size="small"
          square
          aria-label="Close what was tried"
          onClick={props.trial.close}
        >
          <X class="size-4" aria-hidden="true" />
        </Button>
      </div>
      <p role="status" class="sr-only">
        {spoken(props.trial)}
      </p>
      <div class="p-4">
        <Show when={props.trial.problem()}>{(sentence) => <Notice tone="problem">{sentence()}</Notice>}</Show>
        <Show
          when={props.trial.problem() === null && props.trial.check()}
          fallback={
            <Show when={props.trial.problem() === null}>
              <FirstTrial />
            </Show>
          }
        >
          {(check) => (
            <div class="transition-opacity" classList={{ 'opacity-50': props.trial.isRunning() }}>
              <Found check={check()} isOutdated={props.trial.isOutdated()} />
            </div>
          )}
        </Show>
      </div>
    </section>
  );
}

/** What it found, for those who do not see it. A problem says itself. */
function spoken(trial: TryMonitor): string {
  const check = trial.check();
  if (trial.isRunning()) return 'Trying';
  if (trial.problem() !== null) return '';
  return check === null ? '' : `${OUTCOME_WORDS[check.finding.outcome]}. ${triedWords(check)}`;
}

function Found(props: { check: TriedCheck; isOutdated: boolean }) {
  return (
    <div class="@container flex min-w-0 flex-col gap-5">
      <div>
        <div class="flex items-start gap-3">
          <OutcomeMark outcome={props.check.finding.outcome} />
          <p class="min-w-0 flex-1 break-words">{triedWords(props.check)}</p>
        </div>
        <Show when={props.isOutdated}>
          <p class="mt-1 text-13 text-muted">
            The settings were changed since. Try it again to see what they find.
          </p>
        </Show>
      </div>
      <Show when={listedVerdicts(props.check).length > 0}>
        <VerdictList verdicts={listedVerdicts(props.check)} />
      </Show>
      <PhaseWaterfall timings={props.check.finding.timings} />
      <ExchangeView record={props.check.exchange} />
    </div>
  );
}

/** As high as what most trials find, so that little moves when it comes. */
function FirstTrial() {
  return (
    <Loading label="Trying">
      <div class="flex flex-col gap-4">
        <Skeleton class="h-5 w-2/3" />
        <Skeleton class="h-32 w-full max-w-xl" />
        <Skeleton class="h-14 w-full" />
      </div>
    </Loading>
  );
}
