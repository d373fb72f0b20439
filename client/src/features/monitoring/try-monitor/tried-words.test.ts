import { expect, test } from 'vitest';
import type { CheckFinding } from '../../../../../shared/checks/check-result.ts';
import type { Verdict } from '../../../../../shared/monitoring/try-monitor.ts';
import { listedVerdicts, triedWords } from './tried-words.ts';

const up: CheckFinding = {
  outcome: 'up',
  code: 'ok',
  reason: null,
  statusCode: 204,
  timings: { dnsMs: 3, connectMs: 10, tlsMs: null, firstByteMs: 100, transferMs: 29, totalMs: 142 },
};
const down = (reason: string): CheckFinding => ({ ...up, outcome: 'down', reason });
const verdict = (passed: boolean, sentence: string): Verdict => ({
  assertion: { subject: 'body', comparator: 'contains', value: 'ok' },
  passed,
  sentence,
});

test('what is up says what came, and how fast', () => {
  expect(triedWords({ finding: up, verdicts: [] })).toBe('Answered with status 204 in 142 ms.');
});

test('what is not up says why', () => {
  expect(triedWords({ finding: down('No answer.'), verdicts: [verdict(true, 'Fine.')] })).toBe('No answer.');
});

test.each([
  [[verdict(true, 'Fine.'), verdict(false, 'A.')], 'One of 2 assertions does not hold.'],
  [[verdict(false, 'A.'), verdict(false, 'B.'), verdict(true, 'Fine.')], '2 of 3 assertions do not hold.'],
])('what several assertions say of themselves is not said twice', (verdicts, words) => {
  const tried = { finding: down('A.'), verdicts };
  expect(triedWords(tried)).toBe(words);
  expect(listedVerdicts(tried)).toEqual(verdicts);
});

test('an only assertion that fails is the reason, and no list of one', () => {
  const tried = { finding: down('A.'), verdicts: [verdict(false, 'A.')] };
  expect(triedWords(tried)).toBe('A.');
  expect(listedVerdicts(tried)).toEqual([]);
});

test('an only assertion that is not the reason is listed', () => {
  const tried = { finding: down('No answer.'), verdicts: [verdict(false, 'A.')] };
  expect(triedWords(tried)).toBe('No answer.');
  expect(listedVerdicts(tried)).toEqual(tried.verdicts);
});
