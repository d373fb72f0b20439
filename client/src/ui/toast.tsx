import CircleAlert from 'lucide-solid/icons/circle-alert';
import X from 'lucide-solid/icons/x';
import { createSignal, For, onCleanup, Show } from 'solid-js';
import { Button } from './button.tsx';

export type ToastMessage = {
  /** What happened, in a sentence. */
  sentence: string;
  tone?: 'neutral' | 'problem';
  /** The one thing that can be done about it, such as "Undo". */
  action?: { label: string; run: () => void };
};

type Shown = ToastMessage & { id: number };

/** Long enough to read it and to reach the button; it waits while pointed at or focused. */
const STAYS_MS = 7000;

const [shown, setShown] = createSignal<Shown[]>([]);
let lastId = 0;

/** Says what happened, at the lower edge of the screen; on a phone under its top bar. */
export function toast(message: ToastMessage): void {
  lastId += 1;
  const added = { ...message, id: lastId };
  setShown((before) => [...before.slice(-2), added]);
}

function dismiss(id: number): void {
  setShown((before) => before.filter((message) => message.id !== id));
}

/** Where toasts appear. Mounted once, by the app. */
export function Toasts() {
  return (
    <section
      aria-label="Notifications"
      // Not at the lower edge of a phone: there dialogs have their buttons.
      class="pointer-events-none fixed inset-x-0 top-12 z-50 flex flex-col items-center gap-2 p-3 sm:top-auto sm:bottom-0 sm:p-4"
    >
      <For each={shown()}>{(message) => <ToastCard message={message} />}</For>
    </section>
  );
}

function ToastCard(props: { message: Shown }) {
  let timer: ReturnType<typeof setTimeout>;
  const wait = () => clearTimeout(timer);
  const count = () => {
    clearTimeout(timer);
    timer = setTimeout(() => dismiss(props.message.id), STAYS_MS);
  };
  count();
  onCleanup(wait);
  return (
    <div
      role={props.message.tone === 'problem' ? 'alert' : 'status'}
      class="enter-sheet pointer-events-auto flex w-full max-w-md items-center gap-3 rounded-8 bg-raised py-2 pr-2 pl-4 shadow-raised"
      onPointerEnter={wait}
      onPointerLeave={count}
      onFocusIn={wait}
      onFocusOut={count}
    >
      <Show when={props.message.tone === 'problem'}>
        <CircleAlert class="size-4 shrink-0 text-muted" aria-hidden="true" />
      </Show>
      <p class="min-w-0 flex-1 clip-lines py-1 text-14 break-words">{props.message.sentence}</p>
      <Show when={props.message.action}>
        {(action) => (
          <Button
            size="small"
            onClick={() => {
              dismiss(props.message.id);
              action().run();
            }}
          >
            {action().label}
          </Button>
        )}
      </Show>
      <Button
        variant="ghost"
        size="small"
        square
        aria-label="Dismiss"
        onClick={() => dismiss(props.message.id)}
      >
        <X class="size-4" aria-hidden="true" />
      </Button>
    </div>
  );
}
