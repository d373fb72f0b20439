import type { FieldElementProps } from '@formisch/solid';
import Eye from 'lucide-solid/icons/eye';
import EyeOff from 'lucide-solid/icons/eye-off';
import { createSignal, Show } from 'solid-js';
import { Button } from '../../../ui/button.tsx';
import type { ControlProps } from '../../../ui/field.tsx';
import { TextInput } from '../../../ui/text-input.tsx';
import { KeepSecret, StoredSecret } from './stored-secret.tsx';

/** A field that holds a secret: null where the stored one is kept. */
export type SecretField = {
  readonly input: string | null | undefined;
  readonly onInput: (value: string | null) => void;
  readonly props: FieldElementProps;
};

/** A secret on one line, hidden until asked to be shown. One that is stored stays away until it is to be replaced. */
export function SecretInput(props: {
  control: ControlProps;
  field: SecretField;
  /** As it is called in a sentence: "password". */
  what: string;
  /** There is a stored one. */
  canKeep: boolean;
}) {
  const [visible, setVisible] = createSignal(false);
  let input: HTMLInputElement | undefined;
  let box: HTMLDivElement | undefined;
  const replace = () => {
    props.field.onInput('');
    input?.focus();
  };
  const keep = () => {
    setVisible(false);
    props.field.onInput(null);
    box?.querySelector('button')?.focus();
  };
  return (
    <div ref={box}>
      <Show
        when={props.field.input !== null}
        fallback={
          <StoredSecret
            control={props.control}
            name={props.field.props.name}
            what={props.what}
            onReplace={replace}
          />
        }
      >
        <div class="relative">
          <TextInput
            {...props.field.props}
            {...props.control}
            ref={(element) => {
              props.field.props.ref(element);
              input = element;
            }}
            type={visible() ? 'text' : 'password'}
            value={props.field.input ?? ''}
            // Nobody's own password: managers that heed it neither fill it in nor offer to save it.
            autocomplete="new-password"
            autocapitalize="none"
            spellcheck={false}
            mono
            class={props.canKeep ? 'pr-24' : 'pr-10'}
          />
          <span class="absolute inset-y-0 right-0.5 flex items-center">
            <Button
              variant="ghost"
              size="small"
              square
              aria-label={`${visible() ? 'Hide' : 'Show'} ${props.what}`}
              aria-pressed={visible()}
              onClick={() => setVisible((shown) => !shown)}
            >
              <Show when={visible()} fallback={<Eye class="size-4" aria-hidden="true" />}>
                <EyeOff class="size-4" aria-hidden="true" />
              </Show>
            </Button>
            <Show when={props.canKeep}>
              <KeepSecret what={props.what} onKeep={keep} />
            </Show>
          </span>
        </div>
      </Show>
    </div>
  );
}
