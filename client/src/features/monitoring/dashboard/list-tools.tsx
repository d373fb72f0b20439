import ArrowUpDown from 'lucide-solid/icons/arrow-up-down';
import Search from 'lucide-solid/icons/search';
import Tag from 'lucide-solid/icons/tag';
import { createEffect, createSignal, on, Show } from 'solid-js';
import { Button } from '../../../ui/button.tsx';
import { Menu, MenuChoice } from '../../../ui/menu.tsx';
import { createSettledText } from '../../../ui/settled-text.ts';
import { KeyCaps } from '../../../ui/shortcuts/key-caps.tsx';
import { useShortcuts } from '../../../ui/shortcuts/shortcuts.ts';
import { TextInput } from '../../../ui/text-input.tsx';
import { FIRST_DIRECTION, type ListFilters, type SortKey } from './list-filters.ts';

const ORDERS: { value: SortKey; label: string }[] = [
  { value: 'state', label: 'Worst first' },
  { value: 'name', label: 'Name' },
  { value: 'latency', label: 'Slowest first' },
  { value: 'uptime', label: 'Lowest uptime first' },
  { value: 'createdAt', label: 'Newest first' },
];

/** The same orders the other way round, as a click on a column's head makes them. */
const REVERSED: Record<SortKey, string> = {
  state: 'Best first',
  name: 'Name, from Z',
  latency: 'Fastest first',
  uptime: 'Highest uptime first',
  createdAt: 'Oldest first',
};

const ALL_TAGS = '';

/** Search, tag and order of the list. */
export function ListTools(props: {
  filters: ListFilters;
  tags: string[];
  onChange: (change: Partial<ListFilters>) => void;
}) {
  const [typed, setTyped] = createSignal(props.filters.search);
  const settled = createSettledText(typed);
  let field: HTMLInputElement | undefined;
  createEffect(on(settled, (search) => props.onChange({ search }), { defer: true }));
  // "Clear filters", or the browser's back, changes the search from outside.
  createEffect(
    on(
      () => props.filters.search,
      (search) => {
        if (search !== settled()) setTyped(search);
      },
      { defer: true },
    ),
  );
  const orderLabel = () => {
    const { sort, direction } = props.filters;
    if (direction !== FIRST_DIRECTION[sort]) return REVERSED[sort];
    return ORDERS.find((order) => order.value === sort)?.label;
  };
  useShortcuts([{ keys: '/', label: 'Search monitors', run: () => field?.select() }]);

  return (
    <div class="flex min-w-0 flex-[0_1_26rem] items-center gap-2 max-lg:grow">
      <div class="relative min-w-0 flex-1">
        <Search
          class="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-faint"
          aria-hidden="true"
        />
        <TextInput
          ref={(element) => {
            field = element;
          }}
          type="search"
          class="border-line-strong! pl-8 [&::-webkit-search-cancel-button]:hidden"
          aria-label="Search monitors by name or address"
          aria-keyshortcuts="/"
          placeholder="Search"
          maxlength="200"
          autocomplete="off"
          spellcheck={false}
          value={typed()}
          onInput={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            if (typed() === '') field?.blur();
            setTyped('');
          }}
        />
        <Show when={typed() === ''}>
          <span
            class="pointer-events-none absolute top-1/2 right-1.5 hidden -translate-y-1/2 md:block"
            aria-hidden="true"
          >
            <KeyCaps keys="/" />
          </span>
        </Show>
      </div>
      <Show when={props.tags.length > 0 || props.filters.tag !== null}>
        <Menu
          placement="bottom-end"
          trigger={(trigger) => (
            <Button
              {...trigger}
              class="max-w-48 min-w-0 shrink! pointer-coarse:h-11"
              aria-label={props.filters.tag === null ? 'All tags' : `Tag: ${props.filters.tag}`}
            >
              <Tag class="size-4 shrink-0 text-muted" aria-hidden="true" />
              <span class="truncate" classList={{ 'max-md:hidden': props.filters.tag === null }}>
                {props.filters.tag ?? 'All tags'}
              </span>
            </Button>
          )}
        >
          <MenuChoice
            label="Show only those tagged"
            value={props.filters.tag ?? ALL_TAGS}
            choices={[
              { value: ALL_TAGS, label: 'All tags' },
              ...props.tags.map((tag) => ({ value: tag, label: tag })),
            ]}
            onChange={(tag) => props.onChange({ tag: tag === ALL_TAGS ? null : tag })}
          />
        </Menu>
      </Show>
      <Menu
        placement="bottom-end"
        trigger={(trigger) => (
          <Button {...trigger} class="pointer-coarse:h-11" aria-label={`Order: ${orderLabel()}`}>
            <ArrowUpDown class="size-4 text-muted" aria-hidden="true" />
            <span class="max-md:hidden">{orderLabel()}</span>
          </Button>
        )}
      >
        <MenuChoice
          label="Order"
          value={props.filters.sort}
          choices={ORDERS}
          onChange={(sort) => props.onChange({ sort, direction: FIRST_DIRECTION[sort] })}
        />
      </Menu>
    </div>
  );
}
