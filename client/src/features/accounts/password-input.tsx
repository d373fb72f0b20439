import Eye from 'lucide-solid/icons/eye';
import EyeOff from 'lucide-solid/icons/eye-off';
import { createSignal, type JSX, Show } from 'solid-js';
import { Button } from '../../ui/button.tsx';
import { type ControlSize, TextInput } from '../../ui/text-input.tsx';

/** A password, hidden until asked to be shown. `autocomplete` tells password managers whether it is new. */
export function PasswordInput(
  props: Omit<JSX.InputHTMLAttributes<HTMLInputElement>, 'size' | 'type'> & {
    autocomplete: 'new-password' | 'current-password';
    size?: ControlSize;
  },
) {
  const [visible, setVisible] = createSignal(false);
  const isLarge = () => (props.size ?? 'large') === 'large';
  return (
    <div class="relative">
      <TextInput
        {...props}
        type={visible() ? 'text' : 'password'}
        size={props.size ?? 'large'}
        class={isLarge() ? 'pr-12' : 'pr-9 pointer-coarse:pr-12'}
        autocapitalize="none"
        spellcheck={false}
      />
      <span
        class="absolute inset-y-0 flex items-center"
        classList={{ 'right-1.5': isLarge(), 'right-0.5 pointer-coarse:right-1.5': !isLarge() }}
      >
        <Button
          variant="ghost"
          size={isLarge() ? 'medium' : 'small'}
          square
          aria-label={visible() ? 'Hide password' : 'Show password'}
          aria-pressed={visible()}
          onClick={() => setVisible((shown) => !shown)}
        >
          <Show when={visible()} fallback={<Eye class="size-4" aria-hidden="true" />}>
            <EyeOff class="size-4" aria-hidden="true" />
          </Show>
        </Button>
      </span>
    </div>
  );
}
