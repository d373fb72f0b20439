import ChevronDown from 'lucide-solid/icons/chevron-down';
import { createUniqueId, Show } from 'solid-js';
import type { Result } from '../../../../../shared/checks/check-result.ts';
import { Button } from '../../../ui/button.tsx';
import { PhaseBar } from '../../../ui/charts/phase-bar.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { Ago } from '../../../ui/time/ago.tsx';
import { formatLatency } from '../../../ui/time/duration.ts';
import { OutcomeMark } from './outcome-mark.tsx';
import { ResultDetails } from './result-details.tsx';

/** One check: a row of a table, two lines on a phone, and what is kept of it underneath when opened. */
export function ResultRow(props: { result: Result; scaleMs: number; open: boolean; onToggle: () => void }) {
  const id = createUniqueId();
  const found = () =>
    props.result.reason ??
    (props.result.statusCode === null ? 'Answered' : `Status ${props.result.statusCode}`);
  return (
    <tbody class="border-b border-line last:border-b-0">
      <tr class="max-lg:grid max-lg:grid-cols-[minmax(0,1fr)_auto_2.75rem] max-lg:items-center max-lg:gap-x-3 max-lg:py-2 max-lg:pl-3">
        <td class="max-lg:col-start-1 max-lg:row-start-1 lg:h-11 lg:px-3">
          <OutcomeMark outcome={props.result.outcome} />
          <Show when={props.result.reason === null}>
            <span class="ml-2 text-muted lg:hidden">{found()}</span>
          </Show>
        </td>
        <td
          class={classNames(
            'max-lg:col-span-3 max-lg:col-start-1 max-lg:row-start-2 max-lg:pr-3 lg:px-3 lg:py-2',
            props.result.reason === null && 'text-muted max-lg:hidden',
          )}
        >
          <span class="break-words">{found()}</span>
          <Show when={props.result.verification}>
            <span class="ml-2 text-12 whitespace-nowrap text-faint">verification</span>
          </Show>
        </td>
        <td class="mono text-13 whitespace-nowrap text-muted max-lg:hidden lg:px-3">{props.result.region}</td>
        <td class="max-lg:col-start-1 max-lg:col-end-4 max-lg:row-start-3 max-lg:pt-1 max-lg:pr-3 lg:px-3">
          <div class="flex items-center gap-3">
            <span class="figures w-16 shrink-0 whitespace-nowrap lg:text-right">
              {formatLatency(props.result.timings.totalMs)}
            </span>
            <div class="min-w-0 flex-1">
              <PhaseBar timings={props.result.timings} scaleMs={props.scaleMs} />
            </div>
          </div>
        </td>
        <td class="text-13 text-muted max-lg:col-start-2 max-lg:row-start-1 lg:px-3">
          <Ago at={props.result.checkedAt} />
        </td>
        <td class="max-lg:col-start-3 max-lg:row-start-1 max-lg:pr-1 lg:pr-2 lg:text-right">
          <Button
            variant="ghost"
            size="small"
            square
            aria-expanded={props.open}
            aria-controls={id}
            aria-label={props.open ? 'Hide details' : 'Show details'}
            onClick={() => props.onToggle()}
          >
            <ChevronDown
              class={classNames('size-4 transition-transform', props.open && 'rotate-180')}
              aria-hidden="true"
            />
          </Button>
        </td>
      </tr>
      <Show when={props.open}>
        <tr id={id} class="max-lg:block">
          <td colspan="6" class="bg-sunken/60 px-4 py-4 max-lg:block">
            <ResultDetails result={props.result} />
          </td>
        </tr>
      </Show>
    </tbody>
  );
}
