import * as v from 'valibot';
import { expect, test } from 'vitest';
import type { Assertion } from '../../../../../shared/checks/assertion-input.ts';
import { assertionLine, assertionLineOf } from './assertion-line-schema.ts';

test.each<[string, Assertion]>([
  ['a JSON value', { subject: 'json', name: '$.status', comparator: 'equals', value: 'ok' }],
  ['a size', { subject: 'json', name: '$.count', comparator: 'less_than', value: 5 }],
  ['an element that is there', { subject: 'selector', name: 'h1', comparator: 'contains', value: '' }],
  ['a header that is not', { subject: 'header', name: 'X-Debug', comparator: 'not_contains', value: '' }],
  ['one phase', { subject: 'latency', name: 'tls', comparator: 'less_than', value: 200 }],
  ['the whole latency', { subject: 'latency', comparator: 'less_than', value: 2000 }],
  ['days of a certificate', { subject: 'certificate', comparator: 'greater_than', value: 14 }],
])('%s comes out of its line as it went in', (_case, assertion) => {
  expect(v.parse(assertionLine, assertionLineOf(assertion))).toEqual(assertion);
});

test('that something is there is asked without a value', () => {
  const line = assertionLineOf({ subject: 'selector', name: 'h1', comparator: 'contains', value: '' });
  expect(line.comparator).toBe('is_there');
});

test('an empty text in a body is no question about its presence', () => {
  const line = assertionLineOf({ subject: 'body', comparator: 'contains', value: '' });
  expect(line.comparator).toBe('contains');
});
