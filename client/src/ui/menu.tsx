import { createSignal, type JSX, lazy, Show, Suspense } from 'solid-js';
import { toast } from './toast.tsx';

/** What the button that opens a menu spreads onto itself. */
export type MenuTrigger = JSX.ButtonHTMLAttributes<HTMLButtonElement>;

export type MenuProps = {
  trigger: (trigger: MenuTrigger) => JSX.Element;
  placement?: 'bottom-start' | 'bottom-end';
  onOpenChange?: (open: boolean) => void;
  children: JSX.Element;
};

export type MenuItemProps = {
  onSelect: () => void;
  icon?: JSX.Element;
  /** The key that does the same. */
  shortcut?: string;
  disabled?: boolean;
  danger?: boolean;
  children: JSX.Element;
};

export type MenuChoiceProps<T extends string> = {
  label: string;
  value: T;
  choices: { value: T; label: JSX.Element }[];
  onChange: (value: T) => void;
};

// Menus are drawn, and the code for them is loaded, when one is opened: a list has one in every row.
const parts = () => import('./menu-parts.tsx');
const OpenedMenu = lazy(async () => ({ default: (await parts()).OpenedMenu }));
const Choice = lazy(async () => ({ default: (await parts()).MenuChoice<string> }));

export const MenuItem = lazy(async () => ({ default: (await parts()).MenuItem }));
export const MenuSeparator = lazy(async () => ({ default: (await parts()).MenuSeparator }));
/** Text at the head of a menu that says what it is about. */
export const MenuHeading = lazy(async () => ({ default: (await parts()).MenuHeading }));

const load = () =>
  Promise.all([OpenedMenu, Choice, MenuItem, MenuSeparator, MenuHeading].map((part) => part.preload()));

/** What does not arrive is loaded again when the menu is opened, and missed then. */
const loadAhead = () => void load().catch(() => undefined);

/** One choice of several; the one that holds has a tick. `label` names the group. */
export function MenuChoice<T extends string>(props: MenuChoiceProps<T>) {
  return (
    <Choice
      label={props.label}
      value={props.value}
      choices={props.choices}
      // The value is one of `choices`; a lazy component forgets their type.
      onChange={(value) => props.onChange(value as T)}
    />
  );
}

/** A button that opens a list of actions: `<Menu trigger={(trigger) => <Button {...trigger}>More</Button>}>`. */
export function Menu(props: MenuProps) {
  const [used, setUsed] = createSignal(false);
  const open = async () => {
    try {
      await load();
    } catch {
      toast({
        tone: 'problem',
        sentence: 'This menu could not be loaded. Check your connection, and try again.',
      });
      return;
    }
    setUsed(true);
    props.onOpenChange?.(true);
  };
  const closed = (): JSX.Element =>
    props.trigger({
      'aria-haspopup': 'menu',
      'aria-expanded': 'false',
      onPointerEnter: loadAhead,
      onClick: () => void open(),
      onKeyDown: (event) => {
        if (event.key !== 'ArrowDown') return;
        event.preventDefault();
        void open();
      },
    });
  return (
    <Show when={used()} fallback={closed()}>
      <Suspense>
        <OpenedMenu trigger={props.trigger} placement={props.placement} onOpenChange={props.onOpenChange}>
          {props.children}
        </OpenedMenu>
      </Suspense>
    </Show>
  );
}
