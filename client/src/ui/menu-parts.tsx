import * as DropdownMenu from '@kobalte/core/dropdown-menu';
import Check from 'lucide-solid/icons/check';
import { For, type JSX, Show } from 'solid-js';
import { classNames } from './class-names.ts';
import { layerMount } from './layer-mount.ts';
import type { MenuChoiceProps, MenuItemProps, MenuProps, MenuTrigger } from './menu.tsx';

const ITEM = classNames(
  'flex h-8 w-full cursor-default items-center gap-2 rounded-4 px-2 text-14 outline-none select-none',
  'data-[highlighted]:bg-active data-[disabled]:opacity-50 pointer-coarse:h-11',
);

/** The menu itself, opened with its first drawing. */
export function OpenedMenu(props: MenuProps) {
  return (
    <DropdownMenu.Root
      defaultOpen
      placement={props.placement ?? 'bottom-start'}
      gutter={4}
      overflowPadding={8}
      modal={false}
      onOpenChange={(open) => props.onOpenChange?.(open)}
    >
      <DropdownMenu.Trigger as={(trigger: MenuTrigger) => props.trigger(trigger)} />
      <DropdownMenu.Portal mount={layerMount()}>
        <DropdownMenu.Content class="enter z-50 max-h-[min(28rem,80dvh)] min-w-44 max-w-80 overflow-y-auto rounded-8 bg-raised p-1 shadow-raised outline-none">
          {props.children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

export function MenuItem(props: MenuItemProps) {
  return (
    <DropdownMenu.Item
      class={classNames(ITEM, props.danger && 'text-down-text data-[highlighted]:bg-down-soft')}
      disabled={props.disabled}
      onSelect={props.onSelect}
    >
      <Show when={props.icon}>
        <span class="text-muted in-data-highlighted:text-current" aria-hidden="true">
          {props.icon}
        </span>
      </Show>
      <span class="min-w-0 flex-1 truncate">{props.children}</span>
      <Show when={props.shortcut}>
        <kbd class="text-12 text-faint pointer-coarse:hidden">{props.shortcut}</kbd>
      </Show>
    </DropdownMenu.Item>
  );
}

export function MenuChoice<T extends string>(props: MenuChoiceProps<T>) {
  return (
    <DropdownMenu.RadioGroup
      value={props.value}
      // The values are those of `choices`; the menu types them as any text.
      onChange={(value: string) => props.onChange(value as T)}
    >
      <DropdownMenu.GroupLabel class="block px-2 pt-1.5 pb-1 text-12 text-faint">
        {props.label}
      </DropdownMenu.GroupLabel>
      <For each={props.choices}>
        {(choice) => (
          <DropdownMenu.RadioItem value={choice.value} closeOnSelect class={ITEM}>
            <span class="min-w-0 flex-1 truncate">{choice.label}</span>
            <DropdownMenu.ItemIndicator>
              <Check class="size-4 text-accent-text" aria-hidden="true" />
            </DropdownMenu.ItemIndicator>
          </DropdownMenu.RadioItem>
        )}
      </For>
    </DropdownMenu.RadioGroup>
  );
}

export function MenuSeparator() {
  return <DropdownMenu.Separator class="-mx-1 my-1 border-line" />;
}

export function MenuHeading(props: { children: JSX.Element }) {
  return <div class="px-2 pt-1.5 pb-2 text-13 text-muted">{props.children}</div>;
}
