import type { Assertion } from '../assertion-input.ts';
import type { Timings } from '../check-result.ts';

/** `isWhole` is false for what was cut off at the mebibyte that is read of a body. */
export type Body = { text: string; isWhole: boolean };

/** What a check found, as far as assertions look at it. `body` is null when nobody asked for it. */
export type Exchange = {
  statusCode: number;
  /** Names in lower case. */
  headers: Record<string, string | string[] | undefined>;
  body: Body | null;
  timings: Timings;
  /** Until the certificate of the last hop ends; negative once it has. Null on plain HTTP. */
  certificateDaysLeft: number | null;
};

/** Whether any assertion wants to see the body. */
export function needsBody(assertions: readonly Assertion[]): boolean {
  return assertions.some(looksAtBody);
}

export const looksAtBody = ({ subject }: Assertion) =>
  subject === 'body' || subject === 'json' || subject === 'selector';
