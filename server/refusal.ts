import { ERROR_STATUS, type ErrorData, type ErrorReason, type FieldErrors } from '../shared/error-reason.ts';

/** Details that an answer may carry beside its reason. */
type RefusalDetails = Omit<ErrorData, 'reason'>;

/**
 * An expected "no", in the words the person will read. Verbs throw it; `trpc/error-data.ts` translates it, once. Anything
 * else that is thrown is unexpected: outside it becomes one calm sentence, and its cause goes to the log.
 */
export class Refusal extends Error {
  override name = 'Refusal';
  readonly reason: ErrorReason;
  readonly details: RefusalDetails;

  constructor(reason: ErrorReason, sentence: string, details: RefusalDetails = {}) {
    super(sentence);
    this.reason = reason;
    this.details = details;
  }

  get status(): (typeof ERROR_STATUS)[ErrorReason] {
    return ERROR_STATUS[this.reason];
  }
}

/** What someone else's row and a row that never was have in common. */
export function notFound(
  what: 'monitor' | 'member' | 'invitation' | 'organization' | 'change of state',
): Refusal {
  return new Refusal('not_found', `This ${what} does not exist, or is not yours to see.`);
}

/** @param fields a sentence for each, by its dotted path; the first is told as the answer's own */
export function invalidFields(fields: FieldErrors): Refusal {
  return new Refusal('invalid_input', Object.values(fields)[0] ?? 'Some fields are not right.', { fields });
}

export function invalidField(path: string, sentence: string): Refusal {
  return new Refusal('invalid_input', sentence, { fields: { [path]: sentence } });
}
