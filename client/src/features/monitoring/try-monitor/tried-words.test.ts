import { expect, test } from 'vitest';
import type { CheckFinding } from '../../../../../shared/checks/check-result.ts';
import type { Verdict } from '../../../../../shared/monitoring/try-monitor.ts';
import { triedWords } from './tried-words.ts';

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
  [[verdict(false, 'A.')], 'The assertion does not hold.'],
  [[verdict(true, 'Fine.'), verdict(false, 'A.')], 'One of 2 assertions does not hold.'],
  [[verdict(false, 'A.'), verdict(false, 'B.'), verdict(true, 'Fine.')], '2 of 3 assertions do not hold.'],
])('what an assertion says of itself is not said twice', (verdicts, words) => {
  expect(triedWords({ finding: down('A.'), verdicts })).toBe(words);
});
