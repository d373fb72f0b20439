import fc from 'fast-check';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { instantSchema } from './instant.ts';

const read = (text: string) => v.safeParse(instantSchema, text);

test('an instant comes out as the same instant in UTC', () => {
  expect(read('2026-01-31T12:00:00Z').output).toBe('2026-01-31T12:00:00.000Z');
  expect(read('2026-01-31T12:00:00.5+02:00').output).toBe('2026-01-31T10:00:00.500Z');
  const anyDate = fc.date({ min: new Date('1970-01-02'), max: new Date('9998-12-31'), noInvalidDate: true });
  fc.assert(
    fc.property(anyDate, (date) => {
      expect(read(date.toISOString()).output).toBe(date.toISOString());
    }),
  );
});

test.each([
  '2026-02-31T00:00:00Z',
  '2025-02-29T00:00:00Z',
  '0000-01-01T00:00:00Z',
  '1969-12-31T23:59:59Z',
  '9999-12-31T23:59:59Z',
  '+275760-09-13T00:00:00Z',
  '2026-01-31',
  'now',
  '',
])('%j is no instant', (text) => {
  expect(read(text).success).toBe(false);
});
