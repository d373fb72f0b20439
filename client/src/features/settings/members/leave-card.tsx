import { createUniqueId, Show } from 'solid-js';
import { Button } from '../../../ui/button.tsx';
import { SettingsCard } from '../settings-card.tsx';

/** The way out, for everyone but the last owner, who is told what to do first. */
export function LeaveCard(props: {
  organization: string;
  /** Why it cannot be left now; null where it can. */
  held: string | null;
  onLeave: () => void;
}) {
  const heldId = createUniqueId();
  return (
    <SettingsCard
      title={`Leave ${props.organization}`}
      sentence="You see nothing of it any more, and come back by a new invitation only. Your account stays yours."
    >
      <Button
        variant="danger"
        class="max-w-full"
        aria-disabled={props.held === null ? undefined : 'true'}
        aria-describedby={props.held === null ? undefined : heldId}
        onClick={() => props.held === null && props.onLeave()}
      >
        <span class="truncate">Leave {props.organization}</span>
      </Button>
      <Show when={props.held}>
        {(why) => (
          <p id={heldId} class="mt-3 text-13 text-muted text-pretty">
            {why()}
          </p>
        )}
      </Show>
    </SettingsCard>
  );
}
