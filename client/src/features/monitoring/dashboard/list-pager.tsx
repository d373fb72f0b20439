import ChevronLeft from 'lucide-solid/icons/chevron-left';
import ChevronRight from 'lucide-solid/icons/chevron-right';
import { Show } from 'solid-js';
import { Button } from '../../../ui/button.tsx';

/** Which part of the list is shown, and the way to the parts before and after it. */
export function ListPager(props: {
  first: number;
  last: number;
  total: number;
  onPrevious: (() => void) | null;
  onNext: (() => void) | null;
  busy: boolean;
}) {
  const figure = (count: number) => count.toLocaleString('en');
  return (
    <nav aria-label="Pages" class="flex items-center justify-between gap-3 pt-3 text-13 text-muted figures">
      <span>
        <Show
          when={props.onPrevious !== null || props.onNext !== null}
          fallback={`${figure(props.total)} ${props.total === 1 ? 'monitor' : 'monitors'}`}
        >
          {figure(props.first)} to {figure(props.last)} of {figure(props.total)}
        </Show>
      </span>
      <Show when={props.onPrevious !== null || props.onNext !== null}>
        <span class="flex gap-2">
          <Button size="small" disabled={props.onPrevious === null} onClick={() => props.onPrevious?.()}>
            <ChevronLeft class="size-4" aria-hidden="true" />
            Previous
          </Button>
          <Button
            size="small"
            disabled={props.onNext === null}
            busy={props.busy}
            onClick={() => props.onNext?.()}
          >
            Next
            <ChevronRight class="size-4" aria-hidden="true" />
          </Button>
        </span>
      </Show>
    </nav>
  );
}
