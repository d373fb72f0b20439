import ChevronDown from 'lucide-solid/icons/chevron-down';
import { For, type JSX, splitProps } from 'solid-js';
import { classNames } from '../../../ui/class-names.ts';
import { controlClass } from '../../../ui/text-input.tsx';

export type SelectOption = { value: string; label: string; disabled?: boolean };

type SelectInputProps = Omit<JSX.SelectHTMLAttributes<HTMLSelectElement>, 'value'> & {
  value: string;
  options: SelectOption[];
  mono?: boolean;
};

/** One of a few: the browser's own list, which every phone and screen reader knows. */
export function SelectInput(props: SelectInputProps) {
  const [own, rest] = splitProps(props, ['value', 'options', 'mono', 'class']);
  return (
    <div class={classNames('relative', own.class)}>
      <select {...rest} class={classNames(controlClass(), 'appearance-none pr-8', own.mono && 'mono')}>
        <For each={own.options}>
          {(option) => (
            <option value={option.value} disabled={option.disabled} selected={option.value === own.value}>
              {option.label}
            </option>
          )}
        </For>
      </select>
      <ChevronDown
        class="pointer-events-none absolute top-1/2 right-2.5 size-4 -translate-y-1/2 text-faint"
        aria-hidden="true"
      />
    </div>
  );
}
