import Eye from 'lucide-solid/icons/eye';
import EyeOff from 'lucide-solid/icons/eye-off';
import { createSignal, type JSX, Show } from 'solid-js';
import { Button } from '../../ui/button.tsx';
import { TextInput } from '../../ui/text-input.tsx';

/** A password, hidden until asked to be shown. `autocomplete` tells password managers whether it is new. */
export function PasswordInput(
  props: Omit<JSX.InputHTMLAttributes<HTMLInputElement>, 'size' | 'type'> & {
    autocomplete: 'new-password' | 'current-password';
  },
) {
  const [visible, setVisible] = createSignal(false);
  return (
    <div class="relative">
      <TextInput
        {...props}
        type={visible() ? 'text' : 'password'}
        size="large"
        class="pr-12"
        autocapitalize="none"
        spellcheck={false}
      />
      <Button
        variant="ghost"
        square
        class="absolute! top-1.5 right-1.5"
        aria-label={visible() ? 'Hide password' : 'Show password'}
        aria-pressed={visible()}
        onClick={() => setVisible((shown) => !shown)}
      >
        <Show when={visible()} fallback={<Eye class="size-4" aria-hidden="true" />}>
          <EyeOff class="size-4" aria-hidden="true" />
        </Show>
      </Button>
    </div>
  );
}
