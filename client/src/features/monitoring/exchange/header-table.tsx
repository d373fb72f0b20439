import { For, Show } from 'solid-js';
import type { HeaderPair } from '../../../../../shared/checks/exchange-record.ts';

/** What stands in a record where a secret was. */
const SECRET = '(secret)';

/** Headers as they went over the wire, in their order; a name that came twice stands twice. */
export function HeaderTable(props: { title: string; headers: readonly HeaderPair[]; none: string }) {
  return (
    <div class="min-w-0">
      <p class="mb-1 text-12 font-medium text-muted">{props.title}</p>
      <Show when={props.headers.length > 0} fallback={<p class="text-13 text-muted">{props.none}</p>}>
        <dl class="flex flex-col gap-1 text-12">
          <For each={props.headers}>
            {([name, value]) => (
              <div class="@md:grid @md:grid-cols-[minmax(0,10rem)_minmax(0,1fr)] @md:gap-x-3">
                <dt class="mono break-all text-muted">{name}</dt>
                <dd class="mono break-all">
                  <Show when={value.includes(SECRET)} fallback={value}>
                    <span class="text-muted italic">{value}</span>
                  </Show>
                </dd>
              </div>
            )}
          </For>
        </dl>
      </Show>
    </div>
  );
}
