import { JSONPathRecursionLimitError, type JSONValue } from 'json-p3';
import type { Verdict } from '../../monitoring/try-monitor.ts';
import type { Assertion, LatencyPhase } from '../assertion-input.ts';
import type { Timings } from '../check-result.ts';
import { compare, compareMissing, expectation, type Judgement, type Scalar } from './compare.ts';
import type { Body, Exchange } from './exchange.ts';
import { harmless } from './harmless.ts';
import { isSingular, valuesAt } from './json-path.ts';
import type { openPage, Page, PageRefused } from './open-page.ts';

/** What reads HTML, handed in by who needs it: a prober whose monitors ask for none does not carry it. */
export type PageReader = { openPage: typeof openPage; PageRefused: typeof PageRefused };

/** Judges each assertion by itself, in their order: what came, or what was expected and what came. */
export function judgeAssertions(
  assertions: readonly Assertion[],
  exchange: Exchange,
  reader: PageReader | null = null,
): Verdict[] {
  return [...eachVerdict(assertions, exchange, reader)];
}

/** The verdicts one after the other, each judged when it is asked for. */
export function* eachVerdict(
  assertions: readonly Assertion[],
  exchange: Exchange,
  reader: PageReader | null = null,
): Generator<Verdict> {
  const documents = documentsOf(exchange.body ?? NO_BODY, reader);
  for (const assertion of assertions) {
    yield { assertion, ...judge(assertion, exchange, documents) };
  }
}

const NO_BODY: Body = { text: '', isWhole: true };

/** What a body is when it is read as something; read once, and only when an assertion asks. A string says why it is none. */
type Documents = { json: () => { value: JSONValue } | string; page: () => Page | string };

function documentsOf(body: Body, reader: PageReader | null): Documents {
  let json: ReturnType<Documents['json']> | null = null;
  let page: ReturnType<Documents['page']> | null = null;
  return {
    json: () => (json ??= readJson(body)),
    page: () => (page ??= readPage(body, reader)),
  };
}

function readJson({ text, isWhole }: Body): { value: JSONValue } | string {
  try {
    return { value: JSON.parse(text) as JSONValue }; // JSON.parse gives nothing else
  } catch {
    return isWhole ? 'The body is not JSON.' : 'The body is larger than the mebibyte that is read of it.';
  }
}

function readPage({ text }: Body, reader: PageReader | null): Page | string {
  if (reader === null) throw new Error('A selector is judged where HTML can be read.');
  try {
    return reader.openPage(text);
  } catch (error) {
    if (error instanceof reader.PageRefused) return error.message;
    throw error;
  }
}

function judge(assertion: Assertion, exchange: Exchange, documents: Documents): Judgement {
  const { subject } = assertion;
  switch (subject) {
    case 'status':
      return compare(assertion, exchange.statusCode, { subject: 'Status' });
    case 'latency':
      return judgeLatency(assertion, exchange.timings);
    case 'certificate':
      return judgeCertificate(assertion, exchange.certificateDaysLeft);
    case 'header':
      return judgeHeader(assertion, exchange.headers);
    case 'body': {
      const { text, isWhole } = exchange.body ?? NO_BODY;
      return compare(assertion, text, { subject: 'Body', within: isWhole ? '' : IN_FIRST_MEBIBYTE });
    }
    case 'json':
      return judgeJson(assertion, documents.json());
    case 'selector':
      return judgeSelector(assertion, documents.page(), exchange.body ?? NO_BODY);
    default:
      return subject satisfies never;
  }
}

const IN_FIRST_MEBIBYTE = ' within its first mebibyte';
const nameOf = ({ name }: Assertion) => harmless(name ?? '', 60);

const PHASES: Record<LatencyPhase, { key: keyof Timings; words: string }> = {
  total: { key: 'totalMs', words: 'The whole answer' },
  dns: { key: 'dnsMs', words: 'The DNS lookup' },
  connect: { key: 'connectMs', words: 'Connecting' },
  tls: { key: 'tlsMs', words: 'The TLS handshake' },
  firstByte: { key: 'firstByteMs', words: 'The first byte' },
  transfer: { key: 'transferMs', words: 'The transfer' },
};

/** A phase that did not happen was neither fast nor slow: it fails, whichever is asked. */
function judgeLatency(assertion: Assertion, timings: Timings): Judgement {
  // The schema lets in no other name and no other comparator.
  const phase = PHASES[(assertion.name ?? 'total') as LatencyPhase];
  const than = assertion.comparator === 'greater_than' ? 'more than' : 'less than';
  const limit = `${than} ${harmless(String(assertion.value))} ms`;
  const ms = timings[phase.key];
  if (ms !== null) {
    const { passed } = compare(assertion, Math.round(ms), { subject: phase.words });
    const took = `${phase.words} took ${Math.round(ms)} ms`;
    return { passed, sentence: passed ? `${took}, ${limit}, as expected.` : `${took}, expected ${limit}.` };
  }
  const why =
    phase.key === 'tlsMs'
      ? ': the target is plain HTTP'
      : phase.key === 'dnsMs'
        ? ': the target is an address'
        : '';
  return { passed: false, sentence: `${phase.words} did not happen${why}, expected ${limit}.` };
}

function judgeCertificate(assertion: Assertion, daysLeft: number | null): Judgement {
  if (daysLeft !== null) {
    return compare(assertion, Math.floor(daysLeft), { subject: 'Time left of the certificate in days' });
  }
  return { passed: false, sentence: 'There is no certificate: the target is plain HTTP.' };
}

function judgeHeader(assertion: Assertion, headers: Exchange['headers']): Judgement {
  const found = headers[(assertion.name ?? '').toLowerCase()];
  const subject = `Header ${nameOf(assertion)}`;
  if (found === undefined) return compareMissing(assertion, `${subject} is missing`);
  return compare(assertion, Array.isArray(found) ? found.join(', ') : found, { subject });
}

function judgeSelector(assertion: Assertion, page: Page | string, { isWhole }: Body): Judgement {
  if (typeof page === 'string') return { passed: false, sentence: page };
  const subject = `Selector ${nameOf(assertion)}`;
  const found = page.textAt(assertion.name ?? '');
  if (found !== undefined) return compare(assertion, found, { subject });
  return compareMissing(assertion, `${subject} finds nothing${isWhole ? '' : IN_FIRST_MEBIBYTE}`);
}

/**
 * What a comparator means at the end of a JSON path:
 * - **Several values**: each of them must satisfy it, and the first that does not is named with its place. To ask for one
 *   among many, filter: `$.services[?@.name=='db'].status`.
 * - **None**: as with a header that is missing, `not_equals` and `not_contains` hold, all others fail. So `contains` with an
 *   empty value asks that something is there, and `not_contains` with one that nothing is:
 *   `$.services[?@.status!='ok']`.
 * - Objects, arrays and null are compared as JSON writes them, without spaces; so null equals "null". Null is a value:
 *   it is there.
 * - A number equals what has its size (1.5 and 1.50), a text what is written the same: "7" equals 7, "7.0" does not.
 *   `less_than` and `greater_than` take numbers and texts that look like one; anything else is neither.
 * - Numbers are doubles: beyond 2^53 the last digits count for nothing.
 */
function judgeJson(assertion: Assertion, document: { value: JSONValue } | string): Judgement {
  if (typeof document === 'string') return { passed: false, sentence: document };
  const path = assertion.name ?? '$';
  const subject = `JSON path ${nameOf(assertion)}`;
  const hasOnePlace = isSingular(path);
  let count = 0;
  let first: Judgement | null = null;
  try {
    for (const { value, at } of valuesAt(path, document.value)) {
      const where = hasOnePlace ? '' : ` at ${harmless(at, 80)}`;
      const judgement = compare(assertion, scalarOf(value), { subject, where });
      if (!judgement.passed) return judgement;
      first ??= judgement;
      count += 1;
    }
  } catch (error) {
    if (!(error instanceof JSONPathRecursionLimitError || error instanceof RangeError)) throw error;
    return { passed: false, sentence: `${subject} cannot be followed: the body is nested too deeply.` };
  }
  if (first === null) return compareMissing(assertion, `${subject} leads to nothing`);
  if (count === 1) return first;
  return {
    passed: true,
    sentence: `All ${count} values of ${subject} are as expected: ${expectation(assertion)}.`,
  };
}

/** Objects, arrays and null are compared as they are written. */
function scalarOf(value: JSONValue): Scalar {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return JSON.stringify(value) ?? '';
}
