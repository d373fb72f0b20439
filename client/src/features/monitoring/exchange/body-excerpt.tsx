import { Show } from 'solid-js';
import type { ExchangeRecord } from '../../../../../shared/checks/exchange-record.ts';

/** The first of what came as the body, as text: nothing of it is ever drawn, followed or run. */
export function BodyExcerpt(props: { body: NonNullable<ExchangeRecord['body']>; labelledBy: string }) {
  return (
    <Show when={props.body.text !== ''} fallback={<p class="text-13 text-muted">The body was empty.</p>}>
      {/* Scrolls by itself, so the keyboard must be able to get into it. */}
      <figure
        aria-labelledby={props.labelledBy}
        tabindex="0"
        class="max-h-80 overflow-auto rounded-8 border border-line bg-surface px-3 py-2.5"
      >
        <pre dir="auto" class="mono text-12 whitespace-pre-wrap [overflow-wrap:anywhere]">
          {props.body.text}
        </pre>
      </figure>
      <Show when={!props.body.isWhole}>
        <p class="mt-1.5 text-13 text-muted">The body is longer; this is what was kept of it.</p>
      </Show>
    </Show>
  );
}
