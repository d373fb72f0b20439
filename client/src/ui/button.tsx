import { type JSX, Show, splitProps } from 'solid-js';
import { classNames } from './class-names.ts';
import { Spinner } from './spinner.tsx';

export type ButtonVariant = 'primary' | 'secondary' | 'ghost' | 'danger';
export type ButtonSize = 'small' | 'medium' | 'large';

export type ButtonProps = JSX.ButtonHTMLAttributes<HTMLButtonElement> & {
  variant?: ButtonVariant;
  size?: ButtonSize;
  /** Work is under way: the button says so, keeps its width and the focus, and acts no second time. */
  busy?: boolean;
  /** Square, for one icon. Needs an `aria-label`. */
  square?: boolean;
};

const VARIANTS: Record<ButtonVariant, string> = {
  primary: 'bg-accent text-on-accent hover:bg-accent-hover shadow-small',
  secondary: 'bg-raised text-text border border-line-strong hover:bg-hover shadow-small',
  ghost: 'text-muted hover:bg-sunken hover:text-text data-[expanded]:bg-sunken data-[expanded]:text-text',
  danger:
    'bg-raised text-down-text border border-line-strong hover:bg-down-soft hover:border-down shadow-small',
};

const SIZES: Record<ButtonSize, { wide: string; square: string }> = {
  small: { wide: 'h-7 px-2 text-13 gap-1', square: 'size-7' },
  medium: { wide: 'h-8 px-3 text-14 gap-1.5', square: 'size-8' },
  large: { wide: 'h-11 px-4 text-16 gap-2', square: 'size-11' },
};

/** The classes of a button, for a link that looks like one. */
export function buttonClass(
  look: { variant?: ButtonVariant; size?: ButtonSize; square?: boolean } = {},
): string {
  const size = SIZES[look.size ?? 'medium'];
  return classNames(
    'touch-target inline-flex shrink-0 items-center justify-center rounded-6 font-medium whitespace-nowrap select-none',
    'transition-colors disabled:opacity-50 aria-disabled:opacity-50 aria-disabled:cursor-default',
    look.square ? size.square : size.wide,
    VARIANTS[look.variant ?? 'secondary'],
  );
}

/** A button that acts. It never submits a form unless told `type="submit"`. */
export function Button(props: ButtonProps) {
  const [own, rest] = splitProps(props, [
    'variant',
    'size',
    'busy',
    'square',
    'class',
    'children',
    'onClick',
    'type',
  ]);
  const click: JSX.EventHandler<HTMLButtonElement, MouseEvent> = (event) => {
    if (own.busy) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    const handler = own.onClick;
    if (typeof handler === 'function') handler(event);
    else if (handler) handler[0](handler[1], event);
  };
  return (
    <button
      type={own.type ?? 'button'}
      aria-busy={own.busy ? 'true' : undefined}
      {...rest}
      onClick={click}
      class={classNames(buttonClass(own), own.class)}
    >
      <Show when={own.busy} fallback={own.children}>
        <span class="grid">
          <span class="invisible col-start-1 row-start-1 inline-flex items-center gap-1.5">
            {own.children}
          </span>
          <span class="col-start-1 row-start-1 grid place-items-center">
            <Spinner />
          </span>
        </span>
      </Show>
    </button>
  );
}
