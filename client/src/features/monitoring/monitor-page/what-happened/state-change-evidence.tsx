import { createUniqueId, For, Show } from 'solid-js';
import type {
  DecisionGrounds,
  StateChangeEvidence,
} from '../../../../../../shared/monitoring/state-change.ts';
import { createHeldError } from '../../../../api/held-error.ts';
import { queries } from '../../../../api/queries.ts';
import { useQuery } from '../../../../api/use-query.ts';
import { ErrorState } from '../../../../ui/error-state.tsx';
import { formatDuration } from '../../../../ui/time/duration.ts';
import { exactTime } from '../../../../ui/time/relative-time.ts';
import { AttemptEntry } from './attempt-entry.tsx';
import { EvidenceSkeleton } from './evidence-skeleton.tsx';
import { flapWords, ruleWords } from './rule-words.ts';
import { VoteTable } from './vote-table.tsx';

/** What a change rests on: the rule in force, what each region had said, and every check that counted, in order. */
export default function StateChangeEvidenceView(props: { monitorId: string; stateChangeId: string }) {
  const evidence = useQuery(() => ({
    ...queries.stateChanges.get.queryOptions({
      monitorId: props.monitorId,
      stateChangeId: props.stateChangeId,
    }),
    // What is past stays as it is.
    staleTime: Number.POSITIVE_INFINITY,
    reconcile: false as const,
    select: undefined,
  }));
  const known = () => evidence.data;
  const failed = createHeldError(evidence);
  return (
    <Show
      when={known()}
      fallback={
        <Show when={failed()} fallback={<EvidenceSkeleton />}>
          <ErrorState error={failed()} onRetry={() => void evidence.refetch()} busy={evidence.isFetching} />
        </Show>
      }
    >
      {(found) => <Evidence evidence={found()} />}
    </Show>
  );
}

function Evidence(props: { evidence: StateChangeEvidence }) {
  const id = createUniqueId();
  const attempts = () => props.evidence.attempts;
  /** What says it best is open at once: the last check that found what the state then was. */
  const telling = () =>
    props.evidence.to === 'up'
      ? -1
      : attempts().findLastIndex(({ outcome }) => outcome === props.evidence.to);
  return (
    <div class="flex flex-col gap-5">
      <Show when={props.evidence.grounds}>
        {(grounds) => (
          <div>
            <p class="text-pretty">{ruleWords(props.evidence, grounds())}</p>
            <p class="mt-0.5 text-13 text-muted text-pretty">{courseWords(props.evidence, grounds())}</p>
            <Show when={props.evidence.flapping}>
              <p class="mt-2 text-pretty">{flapWords(grounds().rule)}</p>
            </Show>
          </div>
        )}
      </Show>
      <Show when={props.evidence.grounds?.votes.length}>
        <div>
          <p id={`${id}-votes`} class="mb-1.5 text-13 font-medium">
            What each region had said
          </p>
          <VoteTable votes={props.evidence.grounds?.votes ?? []} labelledBy={`${id}-votes`} />
        </div>
      </Show>
      <Show
        when={attempts().length > 0}
        fallback={<p class="text-13 text-muted text-pretty">{noAttemptsWords(props.evidence)}</p>}
      >
        <div>
          <p id={`${id}-attempts`} class="mb-1.5 text-13 font-medium">
            {attempts().length === 1
              ? 'The check that counted'
              : `The ${attempts().length} checks that counted, in order`}
          </p>
          <ol
            aria-labelledby={`${id}-attempts`}
            class="divide-y divide-line overflow-hidden rounded-8 border border-line bg-surface"
          >
            <For each={attempts()}>
              {(attempt, index) => (
                <AttemptEntry
                  attempt={attempt}
                  beganAt={attempts()[0]?.checkedAt ?? attempt.checkedAt}
                  scaleMs={Math.max(1, ...attempts().map(({ timings }) => timings.totalMs))}
                  open={index() === telling()}
                />
              )}
            </For>
          </ol>
        </div>
      </Show>
    </div>
  );
}

/** When it was doubted, how often it was asked again, and when it was decided. */
function courseWords(
  { at, decidedAt }: StateChangeEvidence,
  { suspectSince, rounds }: DecisionGrounds,
): string {
  const tookMs = Date.parse(decidedAt) - Date.parse(suspectSince ?? at);
  const took = tookMs < 1000 ? 'at once' : `${formatDuration(tookMs).replaceAll(' ', '\u00a0')} later`;
  if (suspectSince === null) return `It holds from ${exactTime(Date.parse(at))}, and was decided ${took}.`;
  const asked =
    rounds === 0
      ? 'not asked again'
      : rounds === 1
        ? 'every region asked again once'
        : `every region asked again ${rounds === 2 ? 'twice' : `${rounds} times`}`;
  return `First doubted ${exactTime(Date.parse(suspectSince))}; ${asked}; decided ${took}.`;
}

function noAttemptsWords({ to, grounds }: StateChangeEvidence): string {
  if (to === 'unknown') return 'A silence rests on no check: none was made, or none could say anything.';
  if (grounds === null) return 'No check decided this: a person did, or it lies too far back to be kept.';
  return 'What the checks sent and got is not kept any more: it goes when single results do.';
}
