import {
  createEffect,
  createRoot,
  createSelector,
  createSignal,
  createUniqueId,
  type JSX,
  lazy,
  onCleanup,
  Show,
  Suspense,
} from 'solid-js';

/** What a tooltip needs of the element it belongs to, whichever that is: spread it there. */
export type TooltipTrigger = {
  readonly 'aria-describedby'?: string;
  onPointerEnter: JSX.EventHandler<HTMLElement, PointerEvent>;
  onPointerLeave: JSX.EventHandler<HTMLElement, PointerEvent>;
  onPointerDown: JSX.EventHandler<HTMLElement, PointerEvent>;
  onFocus: JSX.EventHandler<HTMLElement, FocusEvent>;
  onBlur: JSX.EventHandler<HTMLElement, FocusEvent>;
};

export type ShownTooltip = { id: string; anchor: HTMLElement; text: () => JSX.Element };

/** A pointer that only passes by asks for nothing. */
const POINTER_REST_MS = 400;

const [shown, setShown] = createSignal<ShownTooltip | null>(null);
const isShown = createRoot(() => createSelector(() => shown()?.id ?? null));
const TooltipBubble = lazy(() => import('./tooltip-bubble.tsx'));

/**
 * A few words on hover and on focus, Escape hides them: `<Tooltip text="Check now">{(trigger) => <Button {...trigger} />}</Tooltip>`.
 * They add to a label and never take its place. One bubble serves the page: a list has hundreds of instants to explain.
 */
export function Tooltip(props: { text: JSX.Element; children: (trigger: TooltipTrigger) => JSX.Element }) {
  const id = createUniqueId();
  let rest: ReturnType<typeof setTimeout> | undefined;
  const show = (anchor: HTMLElement) => setShown({ id, anchor, text: () => props.text });
  const hide = () => {
    clearTimeout(rest);
    if (shown()?.id === id) setShown(null);
  };
  onCleanup(hide);
  return props.children({
    get 'aria-describedby'() {
      return isShown(id) ? id : undefined;
    },
    onPointerEnter: (event) => {
      if (event.pointerType === 'touch') return;
      const anchor = event.currentTarget;
      rest = setTimeout(() => show(anchor), POINTER_REST_MS);
    },
    onPointerLeave: hide,
    onPointerDown: hide,
    onFocus: (event) => {
      if (event.currentTarget.matches(':focus-visible')) show(event.currentTarget);
    },
    onBlur: hide,
  });
}

/** Where the bubble appears. Mounted once, by the app. */
export function TooltipLayer() {
  createEffect(() => {
    if (shown() === null) return;
    const hide = (event: Event) => {
      if (!(event instanceof KeyboardEvent) || event.key === 'Escape') setShown(null);
    };
    document.addEventListener('keydown', hide);
    document.addEventListener('scroll', hide, { capture: true, passive: true });
    onCleanup(() => {
      document.removeEventListener('keydown', hide);
      document.removeEventListener('scroll', hide, { capture: true });
    });
  });
  return (
    <Show when={shown()} keyed>
      {(tooltip) => (
        <Suspense>
          <TooltipBubble tooltip={tooltip} />
        </Suspense>
      )}
    </Show>
  );
}
