import { createUniqueId, For, Show } from 'solid-js';
import type { ExchangeRecord } from '../../../../../shared/checks/exchange-record.ts';
import { BodyExcerpt } from './body-excerpt.tsx';
import { CertificateSummary } from './certificate-summary.tsx';
import { HopView } from './hop-view.tsx';

/**
 * What a check sent and what came back, in the order in which it happened: each request with its answer, the
 * certificate, and the body. Everything in it is the target's word: it is shown as text, and as nothing else. It fits
 * itself to the width it is given.
 */
export function ExchangeView(props: { record: ExchangeRecord }) {
  const id = createUniqueId();
  const record = () => props.record;
  return (
    <div class="@container flex min-w-0 flex-col gap-4">
      <Show
        when={record().hops.length > 0}
        fallback={<p class="text-13 text-muted">Nothing was sent: it did not come to a request.</p>}
      >
        <div>
          <PartTitle id={`${id}-requests`}>
            {record().hops.length === 1 ? 'Request' : `${record().hops.length} requests`}
          </PartTitle>
          <ol
            aria-labelledby={`${id}-requests`}
            class="divide-y divide-line overflow-hidden rounded-8 border border-line bg-surface"
          >
            <For each={record().hops}>{(hop) => <HopView hop={hop} />}</For>
          </ol>
        </div>
      </Show>
      <Show when={record().certificate}>
        {(certificate) => (
          <div>
            <PartTitle id={`${id}-certificate`}>Certificate</PartTitle>
            <CertificateSummary certificate={certificate()} />
          </div>
        )}
      </Show>
      <Show when={record().body}>
        {(body) => (
          <div>
            <PartTitle id={`${id}-body`}>Body</PartTitle>
            <BodyExcerpt body={body()} labelledBy={`${id}-body`} />
          </div>
        )}
      </Show>
    </div>
  );
}

/** No heading: whoever shows an exchange has headings of its own, and may show several. */
function PartTitle(props: { id: string; children: string }) {
  return (
    <p id={props.id} class="mb-1.5 text-13 font-medium">
      {props.children}
    </p>
  );
}
