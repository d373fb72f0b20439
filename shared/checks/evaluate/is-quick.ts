import type { Assertion } from '../assertion-input.ts';
import { type Exchange, looksAtBody } from './exchange.ts';
import { patternSize } from './pattern-size.ts';

/** 5 ms at the 100 ns that a step of RE2 took at worst. */
const QUICK_STEPS = 50_000;
/** Compiling these took 1 ms. */
const QUICK_PATTERN = 300;
/** 5 ms at 0.27 ns, which `includes` took at worst: `aaa…baaa…` of 2,000 characters in a mebibyte of `a` is half a second. */
const QUICK_COMPARISONS = 16_000_000;
/** `JSON.parse` takes 2 ms at worst (nothing but brackets). */
const QUICK_JSON_CHARACTERS = 64 * 1024;

/** A JSON path from name to name, and index to index: it is followed in no time. */
const STEP_BY_STEP = /^\$(\.[A-Za-z_]\w*|\[\d+\]|\['[^'\\]*'\]|\["[^"\\]*"\])*$/;

/** Whether an assertion is judged within about 5 ms, whatever the target answered. */
export function isQuick(assertion: Assertion, { body, headers }: Exchange): boolean {
  const { subject, name = '', comparator } = assertion;
  if (subject === 'selector') return false;
  const length = looksAtBody(assertion)
    ? (body?.text.length ?? 0)
    : subject === 'header'
      ? String(headers[name.toLowerCase()] ?? '').length
      : 0;
  const value = String(assertion.value);
  if (subject === 'json' && (length > QUICK_JSON_CHARACTERS || !STEP_BY_STEP.test(name))) return false;
  if (comparator === 'matches') {
    const size = patternSize(value);
    return size <= QUICK_PATTERN && size * length <= QUICK_STEPS;
  }
  return value.length * length <= QUICK_COMPARISONS;
}
