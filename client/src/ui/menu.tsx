import { createSignal, type JSX, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
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
async function importParts() {
  const { OpenedMenu, MenuItem, MenuChoice, MenuSeparator, MenuHeading } = await import('./menu-parts.tsx');
  return { OpenedMenu, MenuItem, MenuChoice, MenuSeparator, MenuHeading };
}

const [parts, setParts] = createSignal<Awaited<ReturnType<typeof importParts>>>();

/** @throws when the code cannot be had now; asked again, it is tried again */
async function load(): Promise<void> {
  if (parts() !== undefined) return;
  setParts(await importParts());
}

/** What does not arrive is missed when the menu is opened, and said then. */
const loadAhead = () => void load().catch(() => undefined);

export function MenuItem(props: MenuItemProps) {
  return <Dynamic component={parts()?.MenuItem} {...props} />;
}

/** One choice of several; the one that holds has a tick. `label` names the group. */
export function MenuChoice<T extends string>(props: MenuChoiceProps<T>) {
  return <Dynamic component={parts()?.MenuChoice<T>} {...props} />;
}

export function MenuSeparator() {
  return <Dynamic component={parts()?.MenuSeparator} />;
}

/** Text at the head of a menu that says what it is about. */
export function MenuHeading(props: { children: JSX.Element }) {
  return <Dynamic component={parts()?.MenuHeading} {...props} />;
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
      <Dynamic component={parts()?.OpenedMenu} {...props} />
    </Show>
  );
}
