import { type JSX, splitProps } from 'solid-js';
import { TextInput } from '../../../ui/text-input.tsx';

type QuantityInputProps = Omit<JSX.InputHTMLAttributes<HTMLInputElement>, 'size'> & { unit: string };

/** A number with its unit behind it. What is typed stays as typed, so that nothing is lost when it is no number yet. */
export function QuantityInput(props: QuantityInputProps) {
  const [own, rest] = splitProps(props, ['unit']);
  return (
    <div class="relative">
      <TextInput {...rest} inputmode="numeric" autocomplete="off" class="figures pr-16" />
      <span
        class="pointer-events-none absolute inset-y-0 right-2.5 flex items-center text-13 text-faint"
        aria-hidden="true"
      >
        {own.unit}
      </span>
    </div>
  );
}
