import * as Kobalte from '@kobalte/core/tooltip';
import type { JSX } from 'solid-js';
import { layerMount } from './layer-mount.ts';

/** What a tooltip needs of the element it belongs to, whichever that is: spread it there. */
export type TooltipTrigger = {
  ref?: (element: HTMLElement) => void;
  'aria-describedby'?: string;
  onPointerEnter?: JSX.EventHandler<HTMLElement, PointerEvent>;
  onPointerLeave?: JSX.EventHandler<HTMLElement, PointerEvent>;
  onPointerDown?: JSX.EventHandler<HTMLElement, PointerEvent>;
  onClick?: JSX.EventHandler<HTMLElement, MouseEvent>;
  onFocus?: JSX.EventHandler<HTMLElement, FocusEvent>;
  onBlur?: JSX.EventHandler<HTMLElement, FocusEvent>;
};

/**
 * A few words on hover and on focus, Escape hides them: `<Tooltip text="Check now">{(trigger) => <Button {...trigger} />}</Tooltip>`.
 * They add to a label and never take its place.
 */
export function Tooltip(props: { text: JSX.Element; children: (trigger: TooltipTrigger) => JSX.Element }) {
  return (
    <Kobalte.Root openDelay={400} closeDelay={0} gutter={6} overflowPadding={8}>
      <Kobalte.Trigger as={(trigger: TooltipTrigger) => props.children(trigger)} />
      <Kobalte.Portal mount={layerMount()}>
        <Kobalte.Content class="z-50 max-w-xs rounded-6 bg-inverse px-2 py-1 text-12 text-on-inverse shadow-raised">
          {props.text}
        </Kobalte.Content>
      </Kobalte.Portal>
    </Kobalte.Root>
  );
}
