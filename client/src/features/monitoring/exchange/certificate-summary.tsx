import { createMemo, type JSX, Show } from 'solid-js';
import type { CertificateRecord } from '../../../../../shared/checks/exchange-record.ts';
import { Instant } from '../../../ui/time/instant.tsx';
import { calendarDate, exactTime } from '../../../ui/time/relative-time.ts';
import { useNow } from '../../../ui/time/ticker.ts';
import { CertificateChain } from '../certificate/certificate-chain.tsx';
import { daysLeft, daysLeftHeadline } from '../certificate/days-left.ts';

/** Whose certificate it is, who says so, up to whom, and for how long; what is wrong with it comes first. */
export function CertificateSummary(props: { certificate: CertificateRecord }) {
  const now = useNow();
  const certificate = () => props.certificate;
  const left = createMemo(() => daysLeftHeadline(daysLeft(Date.parse(certificate().validTo), now(), null)));
  return (
    <div class="rounded-8 border border-line bg-surface px-3 py-2.5 text-13">
      <Show when={certificate().problem}>
        {(problem) => <p class="mb-2 break-words text-down-text text-pretty">{problem()}</p>}
      </Show>
      <dl class="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1">
        <Line name="Subject">{certificate().subject}</Line>
        <Line name="Issuer">{certificate().issuer}</Line>
        <Line name="Chain">
          <CertificateChain chain={certificate().chain} />
        </Line>
        <Line name="Names">{certificate().names.join(', ') || 'None'}</Line>
        <Line name="Valid until">
          <Instant at={certificate().validTo} exact={exactTime(Date.parse(certificate().validTo))}>
            {calendarDate(Date.parse(certificate().validTo))} · {left()}
          </Instant>
        </Line>
      </dl>
    </div>
  );
}

function Line(props: { name: string; children: JSX.Element }) {
  return (
    <>
      <dt class="text-muted">{props.name}</dt>
      <dd class="min-w-0 break-words">{props.children}</dd>
    </>
  );
}
