import type { ExchangeRecord, HeaderPair, RecordedHop } from '../../../shared/checks/exchange-record.ts';
import { answerOf } from './answer-of.ts';
import { behaviourAt } from './behaviour.ts';
import { certificateOf } from './certificate-of.ts';
import type { DemoService } from './services.ts';

/** What the prober sends with every check. */
const SENT: HeaderPair[] = [
  ['User-Agent', 'StatusWatch/1 (uptime check)'],
  ['Accept', '*/*'],
  ['Accept-Encoding', 'gzip, br, zstd'],
];
/** Of the addresses that stand for others in documents (RFC 5737). */
const FOREIGN_ADDRESS = '203.0.113.80';

/** What a check of a service would have sent and got at an instant. @param target as its monitor has it */
export function exchangeOf(
  service: DemoService,
  target: string,
  atMs: number,
  madeAtMs: number,
): ExchangeRecord {
  const behaviour = behaviourAt(service, atMs, madeAtMs);
  const answer = answerOf(service, behaviour, atMs);
  const { host, protocol } = new URL(target);
  const secure = protocol === 'https:';
  const connected = behaviour.trouble?.kind !== 'refused';
  const asked = connected && behaviour.trouble?.kind !== 'certificate_expired';
  const hop: RecordedHop = {
    method: 'GET',
    url: target,
    address: secure ? FOREIGN_ADDRESS : '127.0.0.1',
    httpVersion: answer === null ? null : '1.1',
    tlsVersion: secure && connected ? 'TLSv1.3' : null,
    statusCode: answer?.statusCode ?? null,
    requestHeaders: asked ? [['Host', host], ...SENT, ['Connection', 'close']] : [],
    responseHeaders: answer === null ? [] : [...answer.headers, ['date', new Date(atMs).toUTCString()]],
  };
  return {
    hops: [hop],
    certificate: connected ? certificateOf(service, atMs, madeAtMs) : null,
    body: answer === null ? null : { text: answer.body, isWhole: true },
  };
}
