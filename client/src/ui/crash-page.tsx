import { Button } from './button.tsx';
import { Wordmark } from './wordmark.tsx';

type CrashProps = { error: unknown; onReset: () => void };

/** A page failed to draw. What was saved is safe; drawing it anew is all there is to do. */
export function Crash(props: CrashProps) {
  return (
    <div class="max-w-md py-8" role="alert">
      <h1 class="text-20 font-semibold">This page could not be drawn</h1>
      <p class="mt-2 text-14 text-muted">
        Nothing you saved was lost, and your monitors go on being checked. Draw the page again; if that does
        not help, reload it.
      </p>
      <pre class="mt-4 max-w-full overflow-x-auto rounded-6 bg-sunken px-3 py-2 text-12 text-muted">
        {props.error instanceof Error ? props.error.message : String(props.error)}
      </pre>
      <div class="mt-6 flex gap-2">
        <Button variant="primary" onClick={props.onReset}>
          Draw again
        </Button>
        <Button onClick={() => location.reload()}>Reload</Button>
      </div>
    </div>
  );
}

/** The last net, when not even the shell around the page could be drawn. */
export function CrashPage(props: CrashProps) {
  return (
    <main class="mx-auto flex min-h-dvh max-w-md flex-col items-start justify-center px-6">
      <Wordmark />
      <Crash error={props.error} onReset={props.onReset} />
    </main>
  );
}
