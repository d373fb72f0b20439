import Check from 'lucide-solid/icons/check';
import { For, Show } from 'solid-js';
import { PASSWORD_RULES } from '../../../../shared/accounts/password-rules.ts';

/** The rules of a password, each ticked off the moment it is kept. */
export function PasswordChecklist(props: { id: string; password: string }) {
  return (
    <ul
      id={props.id}
      class="mt-2.5 grid grid-cols-1 gap-x-3 gap-y-1 sm:grid-cols-2"
      aria-label="A password needs"
    >
      <For each={PASSWORD_RULES}>
        {(rule) => {
          const holds = () => rule.holds(props.password);
          return (
            <li
              class="flex items-center gap-1.5 text-13 transition-colors"
              classList={{ 'text-text': holds(), 'text-faint': !holds() }}
            >
              <span
                class="grid size-4 shrink-0 place-items-center rounded-full border transition-colors"
                classList={{
                  'border-text bg-inverse text-on-inverse': holds(),
                  'border-line-field text-transparent': !holds(),
                }}
              >
                <Check class="size-3" aria-hidden="true" />
              </span>
              {rule.label}
              <span class="sr-only">
                <Show when={holds()} fallback="missing">
                  done
                </Show>
              </span>
            </li>
          );
        }}
      </For>
    </ul>
  );
}
