import CircleAlert from 'lucide-solid/icons/circle-alert';
import CircleCheck from 'lucide-solid/icons/circle-check';
import Info from 'lucide-solid/icons/info';
import { type JSX, Match, Show, Switch } from 'solid-js';
import { classNames } from './class-names.ts';

/** A sentence that stands in the page: what went wrong, what went well, or what to know before going on. */
export function Notice(props: {
  tone: 'problem' | 'success' | 'neutral';
  children: JSX.Element;
  action?: JSX.Element;
}) {
  return (
    <div
      role={props.tone === 'problem' ? 'alert' : 'status'}
      class={classNames(
        'flex items-start gap-2.5 rounded-8 border px-3 py-2.5 text-14',
        props.tone === 'problem'
          ? 'border-down/30 bg-down-soft text-down-text'
          : 'border-line bg-sunken text-text',
      )}
    >
      <span class="flex h-5 items-center" aria-hidden="true">
        <Switch>
          <Match when={props.tone === 'problem'}>
            <CircleAlert class="size-4" />
          </Match>
          <Match when={props.tone === 'success'}>
            <CircleCheck class="size-4" />
          </Match>
          <Match when={props.tone === 'neutral'}>
            <Info class="size-4 text-muted" />
          </Match>
        </Switch>
      </span>
      <div class="min-w-0 flex-1 break-words">{props.children}</div>
      <Show when={props.action}>
        {/* As high as the line it stands in, so that a sentence beside a button stays in the middle. */}
        <div class="-my-1 flex shrink-0">{props.action}</div>
      </Show>
    </div>
  );
}
