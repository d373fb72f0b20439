import { createUniqueId, For } from 'solid-js';

/** One of a few, all in sight: radio buttons that look like one control. `label` says what is chosen. */
export function Segmented<T extends string>(props: {
  label: string;
  value: T;
  choices: readonly { value: T; label: string }[];
  onChange: (value: T) => void;
}) {
  const name = createUniqueId();
  return (
    <fieldset
      aria-label={props.label}
      class="inline-flex max-w-full overflow-x-auto rounded-6 bg-sunken p-0.5"
    >
      <For each={props.choices}>
        {(choice) => (
          <label class="inline-flex h-7 shrink-0 cursor-pointer items-center rounded-4 px-2.5 text-13 font-medium text-muted select-none hover:text-text has-checked:bg-surface has-checked:text-text has-checked:ring-1 has-checked:ring-line-strong has-focus-visible:outline-2 has-focus-visible:outline-focus pointer-coarse:h-10">
            <input
              type="radio"
              name={name}
              class="sr-only"
              checked={props.value === choice.value}
              onChange={() => props.onChange(choice.value)}
            />
            {choice.label}
          </label>
        )}
      </For>
    </fieldset>
  );
}
