import * as Popper from '@kobalte/core/popper';
import { createSignal } from 'solid-js';
import { Portal } from 'solid-js/web';
import { layerMount } from './layer-mount.ts';
import type { ShownTooltip } from './tooltip.tsx';

/** The words of a tooltip, beside the element they explain. */
export default function TooltipBubble(props: { tooltip: ShownTooltip }) {
  const [content, setContent] = createSignal<HTMLElement>();
  return (
    <Portal mount={layerMount()}>
      <Popper.Root
        anchorRef={() => props.tooltip.anchor}
        contentRef={content}
        placement="top"
        gutter={6}
        overflowPadding={8}
      >
        <Popper.Positioner class="pointer-events-none z-50">
          <div
            ref={setContent}
            id={props.tooltip.id}
            role="tooltip"
            class="max-w-xs rounded-6 bg-inverse px-2 py-1 text-12 text-on-inverse shadow-raised"
          >
            {props.tooltip.text()}
          </div>
        </Popper.Positioner>
      </Popper.Root>
    </Portal>
  );
}
