import fc from 'fast-check';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { readCursor } from './read-cursor.ts';
import { Refusal } from './refusal.ts';
import { writeCursor } from './write-cursor.ts';

const schema = v.object({ key: v.string(), number: v.number() });

test('what was written is read', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer(), (key, number) => {
      const cursor = writeCursor({ key, number });
      expect(cursor).toMatch(/^[\w-]*$/);
      expect(readCursor(cursor, schema)).toEqual({ key, number });
    }),
  );
});

test('whatever else comes is refused at its field, and never our mistake', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.base64String(),
        fc.jsonValue().map((value) => writeCursor([value])),
      ),
      (text) => {
        try {
          readCursor(text, schema);
        } catch (error) {
          expect(error).toBeInstanceOf(Refusal);
          expect((error as Refusal).details.fields).toHaveProperty('cursor');
        }
      },
    ),
  );
});
