import { createSignal, Show } from 'solid-js';
import { Button } from '../../ui/button.tsx';
import { RefusalNotice } from '../../ui/refusal-notice.tsx';
import { createBillingActions } from './billing-actions.ts';

/** For who has waited long: the word of a payment may have got lost, and then the payment provider is asked for it. */
export function LookAgain(props: { isOn: () => boolean; onFound: () => void }) {
  const actions = createBillingActions();
  const [inVain, setInVain] = createSignal(false);
  const look = async () => {
    setInVain(false);
    await actions.look();
    if (actions.refused() !== null) return;
    if (props.isOn()) props.onFound();
    else setInVain(true);
  };
  return (
    <div class="mt-4 flex flex-col items-start gap-3">
      <Button variant="primary" busy={actions.busy() === 'look'} onClick={() => void look()}>
        Look again now
      </Button>
      <div role="status" class="text-14 text-pretty empty:hidden">
        <Show when={inVain()}>
          Our payment provider was asked just now, and knows of no payment for Pro yet.
        </Show>
      </div>
      <div class="w-full empty:hidden">
        <RefusalNotice refusal={actions.refused()} />
      </div>
    </div>
  );
}
