import type { CheckFinding, Timings } from '../../../shared/checks/check-result.ts';
import type { Behaviour } from './behaviour.ts';
import type { DemoService } from './services.ts';

const NOTHING: Timings = {
  dnsMs: null,
  connectMs: null,
  tlsMs: null,
  firstByteMs: null,
  transferMs: null,
  totalMs: 0,
};

/** What a check of a service that behaves so would have found, in the words the prober has for it. */
export function findingOf(
  service: DemoService,
  behaviour: Behaviour,
  check: { host: string; timeoutMs: number },
): CheckFinding {
  const secure = service.target.startsWith('https:');
  // The way to a host abroad, and to one on this machine.
  const way = behaviour.firstByteMs / service.baseMs;
  const dnsMs = secure ? rounded(9 * way) : null;
  const connectMs = rounded((secure ? 19 : 0.4) * way);
  const tlsMs = secure ? rounded(27 * way) : null;
  const arrived = (dnsMs ?? 0) + connectMs + (tlsMs ?? 0);
  const { trouble } = behaviour;
  switch (trouble?.kind) {
    case 'refused':
      return down('connect_refused', `Connection refused by ${check.host}.`, null, {
        ...NOTHING,
        dnsMs,
        connectMs,
        totalMs: rounded((dnsMs ?? 0) + connectMs),
      });
    case 'certificate_expired':
      return down('certificate_expired', 'The certificate has expired.', null, {
        ...NOTHING,
        dnsMs,
        connectMs,
        tlsMs,
        totalMs: rounded(arrived),
      });
    case 'timeout':
      return down(
        'timeout',
        `No answer within ${check.timeoutMs / 1000} s: the connection was made, but no response came.`,
        null,
        {
          ...NOTHING,
          dnsMs,
          connectMs,
          tlsMs,
          firstByteMs: check.timeoutMs - arrived,
          totalMs: check.timeoutMs,
        },
      );
  }
  const firstByteMs = rounded(behaviour.firstByteMs);
  const transferMs = rounded(behaviour.transferMs);
  const totalMs = rounded(arrived + firstByteMs + transferMs);
  const timings = { dnsMs, connectMs, tlsMs, firstByteMs, transferMs, totalMs };
  if (trouble?.kind === 'status') {
    const { statusCode } = trouble;
    return down('unexpected_status', `Status ${statusCode}, expected 200 to 399.`, statusCode, timings);
  }
  if (service.degradedAfterMs !== null && totalMs > service.degradedAfterMs) {
    const reason = `Answered in ${seconds(totalMs)}, slower than ${seconds(service.degradedAfterMs)}.`;
    return { outcome: 'degraded', code: 'slow', reason, statusCode: 200, timings };
  }
  return { outcome: 'up', code: 'ok', reason: null, statusCode: 200, timings };
}

function down(
  code: CheckFinding['code'],
  reason: string,
  statusCode: number | null,
  timings: Timings,
): CheckFinding {
  return { outcome: 'down', code, reason, statusCode, timings };
}

const rounded = (ms: number) => Math.round(ms * 100) / 100;
const seconds = (ms: number) => (ms < 1000 ? `${Math.round(ms)} ms` : `${Math.round(ms / 100) / 10} s`);
