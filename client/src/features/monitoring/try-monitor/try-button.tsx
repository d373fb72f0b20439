import Play from 'lucide-solid/icons/play';
import { Show } from 'solid-js';
import { Button } from '../../../ui/button.tsx';
import { Spinner } from '../../../ui/spinner.tsx';
import type { TryMonitor } from './use-try-monitor.ts';

/** Tries the draft; while one is under way, tries it anew. */
export function TryButton(props: { trial: TryMonitor }) {
  return (
    <Button aria-busy={props.trial.isRunning() ? 'true' : undefined} onClick={() => void props.trial.run()}>
      <Show when={props.trial.isRunning()} fallback={<Play class="size-4" aria-hidden="true" />}>
        <Spinner />
      </Show>
      Try it
    </Button>
  );
}
