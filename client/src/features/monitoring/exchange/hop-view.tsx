import ChevronDown from 'lucide-solid/icons/chevron-down';
import { Show } from 'solid-js';
import type { RecordedHop } from '../../../../../shared/checks/exchange-record.ts';
import { Badge } from '../../../ui/badge.tsx';
import { HeaderTable } from './header-table.tsx';

/** One request and its answer in two lines; the headers of both underneath when opened. */
export function HopView(props: { hop: RecordedHop }) {
  const hop = () => props.hop;
  const way = () =>
    [
      hop().address ?? 'no connection',
      hop().httpVersion === null ? null : `HTTP/${hop().httpVersion}`,
      hop().tlsVersion?.replace(/^TLSv/, 'TLS ') ?? null,
    ]
      .filter((part) => part !== null)
      .join(' · ');
  return (
    <li>
      <details class="group/hop">
        <summary class="flex items-start gap-3 px-3 py-2.5 hover:bg-hover">
          <span class="flex h-5 items-center">
            <Badge mono>{hop().statusCode ?? '–'}</Badge>
            <span class="sr-only">{hop().statusCode === null ? 'No answer.' : ''}</span>
          </span>
          <span class="min-w-0 flex-1">
            <span class="mono block text-13 break-all">
              <span class="font-medium">{hop().method}</span> {hop().url}
            </span>
            <span class="mono mt-0.5 block text-12 break-words text-muted">{way()}</span>
          </span>
          <span class="flex h-5 shrink-0 items-center gap-1 text-13 text-muted">
            <span class="hidden @md:inline">Headers</span>
            <span class="sr-only @md:hidden">Headers</span>
            <ChevronDown class="size-4 transition-transform group-open/hop:rotate-180" aria-hidden="true" />
          </span>
        </summary>
        <div class="grid gap-x-8 gap-y-4 border-t border-line bg-sunken/60 px-3 py-3 @3xl:grid-cols-2">
          <HeaderTable title="Sent" headers={hop().requestHeaders} none="Nothing was sent." />
          <Show
            when={hop().statusCode !== null || hop().responseHeaders.length > 0}
            fallback={<HeaderTable title="Came back" headers={[]} none="No answer came." />}
          >
            <HeaderTable
              title="Came back"
              headers={hop().responseHeaders}
              none="The answer had no headers."
            />
          </Show>
        </div>
      </details>
    </li>
  );
}
