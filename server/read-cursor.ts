import * as v from 'valibot';
import { invalidField } from './refusal.ts';

/**
 * The place that `writeCursor` wrote. It comes back through the client, so it is judged like any other input.
 *
 * @throws Refusal `invalid_input` at the field `cursor`
 */
export function readCursor<T>(cursor: string, schema: v.GenericSchema<unknown, T>): T {
  const refused = invalidField('cursor', 'This is no cursor of this list. Start again without one.');
  let decoded: unknown;
  try {
    decoded = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw refused;
  }
  const parsed = v.safeParse(schema, decoded);
  if (!parsed.success) throw refused;
  return parsed.output;
}
