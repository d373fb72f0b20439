import type { JSX } from 'solid-js';
import { Tooltip } from '../tooltip.tsx';

/** Words about an instant, and the exact one on hover and on focus. */
export function Instant(props: { at: string; exact: string; class?: string; children: JSX.Element }) {
  return (
    <Tooltip text={<span class="figures">{props.exact}</span>}>
      {(trigger) => (
        <span
          {...trigger}
          tabindex="0"
          class={`figures cursor-default rounded-4 whitespace-nowrap ${props.class ?? ''}`}
        >
          <time datetime={props.at}>{props.children}</time>
        </span>
      )}
    </Tooltip>
  );
}
