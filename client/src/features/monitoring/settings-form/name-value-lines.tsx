import Plus from 'lucide-solid/icons/plus';
import Trash from 'lucide-solid/icons/trash';
import { type Accessor, Index, type JSX, Show } from 'solid-js';
import { Button } from '../../../ui/button.tsx';

/** Lines of a name and a value each, with a way to add one and to take one away. `one` is what a line is called. */
export function NameValueLines(props: {
  title: string;
  one: string;
  items: readonly string[];
  most: number;
  none: JSX.Element;
  /** What is wrong with all of them together. */
  error: string | null;
  onAdd: () => void;
  onRemove: (index: number) => void;
  children: (index: number) => JSX.Element;
}) {
  let list: HTMLDivElement | undefined;
  const add = () => {
    props.onAdd();
    const inputs = list?.querySelectorAll('input');
    inputs?.item(inputs.length - 2).focus();
  };
  return (
    <div class="flex flex-col gap-2" ref={list}>
      <div class="flex items-center justify-between gap-2">
        <span class="text-13 font-medium">{props.title}</span>
        <Button variant="ghost" size="small" disabled={props.items.length >= props.most} onClick={add}>
          <Plus class="size-4" aria-hidden="true" />
          Add {props.one}
        </Button>
      </div>
      <div aria-live="polite" class="contents">
        <Show when={props.error}>{(sentence) => <p class="text-13 text-down-text">{sentence()}</p>}</Show>
      </div>
      <Show when={props.items.length > 0} fallback={<p class="text-13 text-faint">{props.none}</p>}>
        <Index each={props.items}>
          {(_item: Accessor<string>, index) => (
            <div class="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-2 rounded-8 border border-line p-2 [&>:nth-child(2)]:col-span-2 [&>:nth-child(2)]:row-start-2 @md:grid-cols-[minmax(0,2fr)_minmax(0,3fr)_auto] @md:border-0 @md:p-0 @md:[&>:nth-child(2)]:col-[2/3] @md:[&>:nth-child(2)]:row-start-1">
              {props.children(index)}
              <Button
                variant="ghost"
                square
                aria-label={`Remove ${props.one} ${index + 1}`}
                onClick={() => props.onRemove(index)}
              >
                <Trash class="size-4" aria-hidden="true" />
              </Button>
            </div>
          )}
        </Index>
      </Show>
    </div>
  );
}
