import type { FieldElementProps } from '@formisch/solid';
import type { ControlSize } from '../../ui/text-input.tsx';

/** What every field of an account's forms takes. */
export type AccountFieldProps = {
  field: { readonly props: FieldElementProps; readonly input: string | undefined };
  error: string | null;
  label?: string;
  size?: ControlSize;
  /** Called with the control, for a form that gives it the focus. */
  control?: (element: HTMLInputElement) => void;
};

/** Hands a control to the form that owns the field, and to whoever else asks for it. */
export const refOf = (props: AccountFieldProps) => (element: HTMLInputElement) => {
  props.field.props.ref(element);
  props.control?.(element);
};
