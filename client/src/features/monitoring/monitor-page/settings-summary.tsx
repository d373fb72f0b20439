import { type JSX, Show } from 'solid-js';
import type { Assertion } from '../../../../../shared/checks/assertion-input.ts';
import type { Monitor } from '../../../../../shared/monitoring/monitor.ts';
import { formatLatency, formatRhythm } from '../../../ui/time/duration.ts';
import { heldBackWords } from '../over-plan.ts';
import { degradedWords, downWords, flapWords } from '../settings-form/alerting-words.ts';
import { AUTH_WORDS, BODY_WORDS, HTTP_WORDS, IP_WORDS } from '../settings-form/request-words.ts';

/** The settings in words, for reading. */
export function SettingsSummary(props: { monitor: Monitor }) {
  const monitor = () => props.monitor;
  const http = () => props.monitor.http;
  const headers = () => Object.keys(http().headers);
  const who = () => {
    const { auth } = monitor().http;
    return 'username' in auth ? auth.username : 'clientId' in auth ? auth.clientId : null;
  };
  const connection = () =>
    [
      http().clientCertificate === null ? null : 'Client certificate',
      http().ipVersion === 'either' ? null : IP_WORDS[http().ipVersion],
      http().httpVersion === 'auto' ? null : HTTP_WORDS[http().httpVersion],
    ]
      .filter((word) => word !== null)
      .join(', ');
  return (
    <dl class="grid gap-x-10 gap-y-2.5 text-14 lg:grid-cols-2">
      <Line name="Request">
        <span class="mono text-13">{http().method}</span>
        {http().followRedirects ? ', redirects followed' : ', redirects not followed'}
      </Line>
      <Line name="Expected status">
        <span class="mono text-13">{expectedStatus(monitor().assertions)}</span>
      </Line>
      <Line name="Interval">
        <span class="inline-block first-letter:uppercase">{formatRhythm(monitor().intervalSeconds)}</span>
      </Line>
      <Show when={heldBackWords(monitor())}>{(words) => <Line name="Again on Pro">{words()}</Line>}</Show>
      <Line name="Deadline">{formatLatency(monitor().timeoutMs)}</Line>
      <Line name="Rule">
        {downWords({ ...monitor(), regions: monitor().regions.length })} {degradedWords(monitor())}
      </Line>
      <Line name="Flapping">{flapWords(monitor())}</Line>
      <Show when={http().auth.type !== 'none'}>
        <Line name="Authentication">
          {AUTH_WORDS[http().auth.type]}
          <Show when={who()}>
            {(name) => (
              <>
                , as <span class="mono text-13 break-all">{name()}</span>
              </>
            )}
          </Show>
        </Line>
      </Show>
      <Show when={headers().length > 0}>
        <Line name="Headers">
          <span class="mono text-13 break-all">{headers().join(', ')}</span>
        </Line>
      </Show>
      <Show when={http().body !== null}>
        <Line name="Body">
          {BODY_WORDS[http().bodyType]}, {http().body?.length} characters
        </Line>
      </Show>
      <Show when={connection()}>{(words) => <Line name="Connection">{words()}</Line>}</Show>
      <Show when={monitor().assertions.length > 0}>
        <Line name="Assertions">{monitor().assertions.length}</Line>
      </Show>
    </dl>
  );
}

function Line(props: { name: string; children: JSX.Element }) {
  return (
    <div class="grid grid-cols-[8rem_minmax(0,1fr)] gap-4">
      <dt class="text-muted">{props.name}</dt>
      <dd class="min-w-0">{props.children}</dd>
    </div>
  );
}

function expectedStatus(assertions: readonly Assertion[]): string {
  const sets = assertions
    .filter(
      ({ subject, comparator }) => subject === 'status' && (comparator === 'in' || comparator === 'equals'),
    )
    .map(({ value }) => String(value));
  return sets.length === 0 ? '200-399' : sets.join(', ');
}
