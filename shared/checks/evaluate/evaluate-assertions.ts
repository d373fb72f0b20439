import type { JSONValue } from 'json-p3';
import type { Assertion, AssertionComparator } from '../assertion-input.ts';
import type { ResultCode } from '../result-code.ts';
import { findPattern } from './find-pattern.ts';
import { harmless } from './harmless.ts';
import { firstAt } from './json-path.ts';
import { isInStatusSet } from './status-set.ts';

/** `isWhole` is false for what was cut off at the mebibyte that is read of a body. */
export type Body = { text: string; isWhole: boolean };

/** What a check found, as far as assertions look at it. `body` is null when nobody asked for it. */
export type Exchange = {
  statusCode: number;
  /** Names in lower case. */
  headers: Record<string, string | string[] | undefined>;
  body: Body | null;
  totalMs: number;
};

export type AssertionFailure = { code: ResultCode; reason: string };

/** Whether any assertion wants to see the body. */
export function needsBody(assertions: readonly Assertion[]): boolean {
  return assertions.some(({ subject }) => subject === 'body' || subject === 'json');
}

/**
 * The first assertion that fails, with what was expected and what came, in one sentence; null when all hold. Without an
 * assertion about the status, 200 to 399 is good.
 */
export function evaluateAssertions(
  assertions: readonly Assertion[],
  exchange: Exchange,
): AssertionFailure | null {
  const { statusCode } = exchange;
  if (!assertions.some(({ subject }) => subject === 'status') && (statusCode < 200 || statusCode > 399)) {
    return { code: 'unexpected_status', reason: `Status ${statusCode}, expected 200 to 399.` };
  }
  for (const assertion of assertions) {
    const failure = evaluate(assertion, exchange);
    if (failure !== null) {
      return {
        code: assertion.subject === 'status' ? 'unexpected_status' : 'assertion_failed',
        reason: failure,
      };
    }
  }
  return null;
}

function evaluate(assertion: Assertion, exchange: Exchange): string | null {
  switch (assertion.subject) {
    case 'status':
      return compare(assertion, exchange.statusCode, 'Status');
    case 'latency':
      return compare(assertion, Math.round(exchange.totalMs), 'Latency in ms');
    case 'header': {
      const found = exchange.headers[(assertion.name ?? '').toLowerCase()];
      const value = Array.isArray(found) ? found.join(', ') : found;
      const subject = `Header ${harmless(assertion.name ?? '', 60)}`;
      if (value !== undefined) return compare(assertion, value, subject);
      const negated = assertion.comparator === 'not_equals' || assertion.comparator === 'not_contains';
      return negated ? null : `${subject} is missing, expected it ${phrase(assertion)}.`;
    }
    case 'body': {
      const { text, isWhole } = exchange.body ?? NO_BODY;
      return compare(assertion, text, 'Body', isWhole ? '' : ' within its first mebibyte');
    }
    case 'json':
      return evaluateJson(assertion, exchange.body ?? NO_BODY);
    default:
      return assertion.subject satisfies never;
  }
}

const NO_BODY: Body = { text: '', isWhole: true };

function evaluateJson(assertion: Assertion, body: Body): string | null {
  let document: JSONValue;
  try {
    document = JSON.parse(body.text) as JSONValue; // JSON.parse gives nothing else
  } catch {
    return body.isWhole
      ? 'The body is not JSON.'
      : 'The body is larger than the mebibyte that is read of it.';
  }
  const path = assertion.name ?? '$';
  const subject = `JSON path ${harmless(path, 60)}`;
  let found: string | number | boolean | undefined;
  try {
    found = scalarOf(firstAt(path, document));
  } catch {
    return `${subject} cannot be followed: the body is nested too deeply.`;
  }
  if (found === undefined) return `${subject} leads to nothing, expected it ${phrase(assertion)}.`;
  return compare(assertion, found, subject);
}

/** Objects, arrays and null are compared as they are written. */
function scalarOf(value: JSONValue | undefined): string | number | boolean | undefined {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return value === undefined ? undefined : JSON.stringify(value);
}

const WORDS: Record<AssertionComparator, string> = {
  equals: 'to equal',
  not_equals: 'not to equal',
  contains: 'to contain',
  not_contains: 'not to contain',
  matches: 'to match',
  less_than: 'to be less than',
  greater_than: 'to be more than',
  in: 'to be one of',
};

const phrase = ({ comparator, value }: Assertion) => `${WORDS[comparator]} ${harmless(String(value))}`;

function compare(
  assertion: Assertion,
  found: string | number | boolean,
  subject: string,
  within = '',
): string | null {
  const short = typeof found === 'string' ? `“${harmless(found)}”` : String(found);
  if (assertion.comparator === 'matches') {
    const text = String(found);
    const { found: matches, lookedAt } = findPattern(String(assertion.value), text);
    if (matches) return null;
    const seen = lookedAt < text.length ? ` within its first ${lookedAt} characters` : within;
    return `${subject} is ${short}, expected it ${phrase(assertion)}${seen}.`;
  }
  if (holds(assertion, assertion.comparator, found)) return null;
  return `${subject} is ${short}, expected it ${phrase(assertion)}${within}.`;
}

function holds(
  { subject, value }: Assertion,
  comparator: Exclude<AssertionComparator, 'matches'>,
  found: string | number | boolean,
): boolean {
  switch (comparator) {
    case 'equals':
      return String(found) === String(value);
    case 'not_equals':
      return String(found) !== String(value);
    case 'contains':
      return String(found).includes(String(value));
    case 'not_contains':
      return !String(found).includes(String(value));
    case 'less_than':
      return Number(found) < Number(value);
    case 'greater_than':
      return Number(found) > Number(value);
    case 'in':
      return subject === 'status'
        ? isInStatusSet(Number(found), String(value))
        : String(value)
            .split(',')
            .some((item) => item.trim() === String(found));
    default:
      return comparator satisfies never;
  }
}
