import { type ComponentProps, splitProps } from 'solid-js';
import { Field } from '../../ui/field.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { type AccountFieldProps, refOf } from './account-field.ts';

type LineFieldProps = AccountFieldProps & {
  label: string;
  /** By which a refusal of the server finds it. */
  name: string;
  hint?: string;
} & Pick<
    ComponentProps<typeof TextInput>,
    'autocapitalize' | 'autocomplete' | 'inputmode' | 'mono' | 'placeholder' | 'spellcheck' | 'type'
  >;

/** One line of text: a name, an address. */
export function LineField(props: LineFieldProps) {
  const [own, input] = splitProps(props, ['field', 'error', 'label', 'hint', 'size', 'control']);
  return (
    <Field class="w-full" label={own.label} hint={own.hint} error={own.error}>
      {(control) => (
        <TextInput
          {...own.field.props}
          {...control}
          {...input}
          ref={refOf(own)}
          value={own.field.input ?? ''}
          size={own.size ?? 'large'}
        />
      )}
    </Field>
  );
}
