import { expect, test } from 'vitest';
import type { CheckFinding } from '../../../../../shared/checks/check-result.ts';
import { triedWords } from './tried-words.ts';

const finding: CheckFinding = {
  outcome: 'up',
  code: 'ok',
  reason: null,
  statusCode: 204,
  timings: { dnsMs: 3, connectMs: 10, tlsMs: null, firstByteMs: 100, transferMs: 29, totalMs: 142 },
};

test('what is up says what came, and how fast', () => {
  expect(triedWords({ finding })).toBe('Answered with status 204 in 142 ms.');
});

test('what is not up says why', () => {
  const reason = 'Status 500, expected 200 to 399.';
  expect(triedWords({ finding: { ...finding, outcome: 'down', reason } })).toBe(reason);
});
