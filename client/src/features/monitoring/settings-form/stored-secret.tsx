import { Button } from '../../../ui/button.tsx';
import type { ControlProps } from '../../../ui/field.tsx';
import { TextInput } from '../../../ui/text-input.tsx';

/** In place of a secret that is kept: that it is there, and the way to another. `what` names it on the button. */
export function StoredSecret(props: {
  control: ControlProps;
  name: string;
  what: string;
  onReplace: () => void;
}) {
  return (
    <div class="relative">
      <TextInput
        {...props.control}
        name={props.name}
        value="Stored, not shown"
        readonly
        class="border-dashed bg-sunken! pr-20 text-muted!"
      />
      <Button
        variant="ghost"
        size="small"
        class="absolute! inset-y-0 right-0.5 my-auto"
        aria-label={`Replace ${props.what}`}
        onClick={() => props.onReplace()}
      >
        Replace
      </Button>
    </div>
  );
}

/** Takes back that a stored secret is replaced. */
export function KeepSecret(props: { what: string; onKeep: () => void; class?: string }) {
  return (
    <Button
      variant="ghost"
      size="small"
      class={props.class}
      aria-label={`Keep the stored ${props.what}`}
      onClick={() => props.onKeep()}
    >
      Keep
    </Button>
  );
}
