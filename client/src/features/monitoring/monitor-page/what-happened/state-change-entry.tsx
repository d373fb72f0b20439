import ArrowRight from 'lucide-solid/icons/arrow-right';
import ChevronDown from 'lucide-solid/icons/chevron-down';
import { createUniqueId, lazy, Show, Suspense } from 'solid-js';
import type { StateChange } from '../../../../../../shared/monitoring/state-change.ts';
import { classNames } from '../../../../ui/class-names.ts';
import { STATE_WORDS, StateShape, stateTextClass } from '../../../../ui/state-mark.tsx';
import { Ago } from '../../../../ui/time/ago.tsx';
import { formatDuration } from '../../../../ui/time/duration.ts';
import { Lasting } from '../../../../ui/time/lasting.tsx';
import { EvidenceSkeleton } from './evidence-skeleton.tsx';

const StateChangeEvidenceView = lazy(() => import('./state-change-evidence.tsx'));

/** One change of state: from what to what, why, when, and how long it lasted. All of it is the button that opens it. */
export function StateChangeEntry(props: {
  monitorId: string;
  change: StateChange;
  /** When the next change came; null while this state lasts. */
  endedAt: string | null;
  isLast: boolean;
  open: boolean;
  onToggle: () => void;
}) {
  const id = createUniqueId();
  const change = () => props.change;
  const isSame = () => change().from === change().to;
  return (
    <li class="border-b border-line last:border-b-0">
      <div class="relative flex gap-3 px-4 py-3 hover:bg-hover">
        {/* The line of time: it runs from each mark to the one before it. */}
        <span class="relative flex w-3 shrink-0 flex-col items-center" aria-hidden="true">
          <span class="flex h-5 items-center">
            <StateShape state={change().to} />
          </span>
          <Show when={!props.isLast && !props.open}>
            <span class="absolute top-6 -bottom-6 w-px bg-line-strong" />
          </Show>
        </span>
        <div class="grid min-w-0 flex-1 gap-x-4 gap-y-0.5 lg:grid-cols-[11rem_minmax(0,1fr)]">
          <h3 class="min-w-0">
            <button
              type="button"
              aria-expanded={props.open}
              aria-controls={props.open ? id : undefined}
              onClick={() => props.onToggle()}
              class={classNames(
                'flex items-center gap-1.5 text-left text-14 font-medium outline-none after:absolute after:inset-0',
                'focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-focus',
              )}
            >
              <Show when={!isSame()}>
                <span class="font-normal text-muted first-letter:uppercase">
                  {STATE_WORDS[change().from]}
                </span>
                <ArrowRight class="size-3.5 shrink-0 text-faint" aria-hidden="true" />
                <span class="sr-only"> to </span>
              </Show>
              <span class={classNames('first-letter:uppercase', stateTextClass(change().to))}>
                {STATE_WORDS[change().to]}
              </span>
            </button>
          </h3>
          <div class="min-w-0">
            <p class={classNames('break-words text-pretty', change().reason === null && 'text-muted')}>
              {change().reason ?? quietWords(change())}
              <Show when={change().flapping}>
                <span class="ml-2 text-12 whitespace-nowrap text-muted">began to flap</span>
              </Show>
            </p>
            <p class="mt-0.5 text-13 text-muted">
              <Ago at={change().at} class="relative z-10" />
              {' · '}
              <Show
                when={props.endedAt}
                fallback={
                  <>
                    lasting <Lasting since={change().at} class="relative z-10" />
                  </>
                }
              >
                {(endedAt) => (
                  <span class="figures">
                    lasted {formatDuration(Date.parse(endedAt()) - Date.parse(change().at))}
                  </span>
                )}
              </Show>
            </p>
          </div>
        </div>
        <ChevronDown
          class={classNames(
            'mt-0.5 size-4 shrink-0 text-muted transition-transform',
            props.open && 'rotate-180',
          )}
          aria-hidden="true"
        />
      </div>
      <Show when={props.open}>
        <div id={id} class="border-t border-line bg-sunken/60 px-4 py-4">
          <Suspense fallback={<EvidenceSkeleton />}>
            <StateChangeEvidenceView monitorId={props.monitorId} stateChangeId={change().id} />
          </Suspense>
        </div>
      </Show>
    </li>
  );
}

/** A change that needed no reason of its own. */
function quietWords({ from, to }: StateChange): string {
  switch (to) {
    case 'up':
      return from === 'pending' ? 'The first check found everything as expected.' : 'Everything as expected.';
    case 'paused':
      return 'Checks were paused.';
    case 'pending':
      return from === 'paused' ? 'Checks were resumed.' : 'Waiting for a check.';
    case 'maintenance':
      return 'Maintenance began.';
    case 'down':
    case 'degraded':
    case 'unknown':
      return 'No reason was kept.';
    default:
      return to satisfies never;
  }
}
