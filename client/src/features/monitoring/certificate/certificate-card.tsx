import CircleAlert from 'lucide-solid/icons/circle-alert';
import { createMemo, For, type JSX, Show } from 'solid-js';
import { Badge } from '../../../ui/badge.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { stateTextClass } from '../../../ui/state-mark.tsx';
import { Ago } from '../../../ui/time/ago.tsx';
import { Instant } from '../../../ui/time/instant.tsx';
import { calendarDate, exactTime } from '../../../ui/time/relative-time.ts';
import { useNow } from '../../../ui/time/ticker.ts';
import { CertificateChain } from './certificate-chain.tsx';
import { type DaysLeft, daysLeft, daysLeftHeadline, isStillSeen, thresholdWords } from './days-left.ts';
import type { SeenCertificate } from './group-certificates.ts';
import { ValidityBar } from './validity-bar.tsx';

/** More names than this are a list for machines: the rest is one press away. */
const SHOWN_NAMES = 6;

/** What these days left make of a monitor says which state's colour they wear. */
const TONES: Record<DaysLeft['standing'], string> = {
  valid: 'text-text',
  expiring: stateTextClass('degraded'),
  expired: stateTextClass('down'),
};

/** One certificate: how long it lasts first, then whose it is and who vouches for it. */
export function CertificateCard(props: {
  seen: SeenCertificate;
  thresholdDays: number | null;
  namesRegions: boolean;
}) {
  const now = useNow();
  const certificate = () => props.seen.certificate;
  const validToMs = () => Date.parse(certificate().validTo);
  const left = createMemo(() => daysLeft(validToMs(), now(), props.thresholdDays));
  return (
    <div class="rounded-8 border border-line bg-surface">
      <Show when={certificate().problem}>
        {(problem) => (
          <p class="flex items-start gap-2.5 rounded-t-8 border-b border-down/30 bg-down-soft px-4 py-2.5 text-down-text">
            <span class="flex h-5 items-center" aria-hidden="true">
              <CircleAlert class="size-4" />
            </span>
            <span class="min-w-0 break-words text-pretty">{problem()}</span>
          </p>
        )}
      </Show>
      <div class="grid gap-x-10 gap-y-5 p-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
        <div class="min-w-0">
          <p class={classNames('text-20 font-semibold figures', TONES[left().standing])}>
            {daysLeftHeadline(left())}
          </p>
          <p class="mt-0.5 text-13 text-muted text-pretty">{thresholdWords(left(), props.thresholdDays)}</p>
          <div class="mt-3">
            <ValidityBar
              fromMs={Date.parse(certificate().validFrom)}
              toMs={validToMs()}
              nowMs={now()}
              thresholdDays={props.thresholdDays}
            />
            <p class="mt-1.5 flex justify-between gap-3 text-12 text-muted">
              <Instant
                at={certificate().validFrom}
                exact={`Valid from ${exactTime(Date.parse(certificate().validFrom))}`}
              >
                {calendarDate(Date.parse(certificate().validFrom))}
              </Instant>
              <Instant at={certificate().validTo} exact={`Valid until ${exactTime(validToMs())}`}>
                {calendarDate(validToMs())}
              </Instant>
            </p>
          </div>
        </div>
        <dl class="grid min-w-0 grid-cols-[auto_minmax(0,1fr)] content-start gap-x-4 gap-y-1.5 text-13">
          <Line name="For">{certificate().subject}</Line>
          <Line name="Names">
            <Names names={certificate().names} />
          </Line>
          <Line name="Issuer">{certificate().issuer}</Line>
          <Line name="Chain">
            <CertificateChain chain={certificate().chain} />
          </Line>
          <Show when={props.namesRegions}>
            <Line name="Seen from">
              <span class="flex flex-wrap gap-1">
                <For each={props.seen.regions}>{(region) => <Badge mono>{region}</Badge>}</For>
              </span>
            </Line>
          </Show>
          <Line name="First seen">
            <Ago at={certificate().firstSeenAt} />
            <Show when={!isStillSeen(Date.parse(props.seen.lastSeenAt), now())}>
              {', last '}
              <Ago at={props.seen.lastSeenAt} />
            </Show>
          </Line>
          <Line name="SHA-256">
            <span class="mono text-12 break-all text-muted">{certificate().fingerprint}</span>
          </Line>
        </dl>
      </div>
    </div>
  );
}

function Names(props: { names: readonly string[] }) {
  const first = () => props.names.slice(0, SHOWN_NAMES);
  const rest = () => props.names.slice(SHOWN_NAMES);
  return (
    <Show when={props.names.length > 0} fallback="None: no host can be what it is for.">
      <span class="mono text-12 break-words">{first().join(', ')}</span>
      <Show when={rest().length > 0}>
        <details class="group">
          <summary class="inline rounded-4 text-13 text-muted hover:text-text group-open:hidden">
            and {rest().length} more
          </summary>
          <span class="mono text-12 break-words">{rest().join(', ')}</span>
        </details>
      </Show>
    </Show>
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
