import { For } from 'solid-js';
import type { CertificateRecord } from '../../../../../shared/checks/exchange-record.ts';
import { calendarDate } from '../../../ui/time/relative-time.ts';

/** From who signed the target's own up to the last that came or was found, each vouched for by the next. */
export function CertificateChain(props: { chain: CertificateRecord['chain'] }) {
  return (
    <ol class="flex flex-col gap-1">
      <For
        each={props.chain}
        fallback={<li class="text-muted">Nothing came with it, and nothing was found above it.</li>}
      >
        {(link) => (
          <li class="min-w-0">
            <span class="break-words">{link.subject}</span>
            <span class="block text-12 text-muted break-words">
              {link.subject === link.issuer ? 'signed by itself' : `signed by ${link.issuer}`}, until{' '}
              {calendarDate(Date.parse(link.validTo))}
            </span>
          </li>
        )}
      </For>
    </ol>
  );
}
