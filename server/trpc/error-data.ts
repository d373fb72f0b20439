import type { TRPCError } from '@trpc/server';
import {
  ERROR_STATUS,
  type ErrorData,
  type ErrorReason,
  type FieldErrors,
} from '../../shared/error-reason.ts';
import { isDatabaseAway } from '../database/is-database-away.ts';
import { Refusal } from '../refusal.ts';

type ErrorStatus = (typeof ERROR_STATUS)[ErrorReason];

/** What is told of an error: its data, its HTTP status, and the sentence. */
export type ErrorAnswer = { data: ErrorData; status: ErrorStatus; message: string };

type Issue = { message: string; path?: readonly (PropertyKey | { key: PropertyKey })[] | undefined };

const OF_TRPC_CODE: Partial<Record<TRPCError['code'], ErrorReason>> = {
  PARSE_ERROR: 'invalid_input',
  BAD_REQUEST: 'invalid_input',
  UNSUPPORTED_MEDIA_TYPE: 'invalid_input',
  METHOD_NOT_SUPPORTED: 'invalid_input',
  NOT_FOUND: 'not_found',
  UNAUTHORIZED: 'not_signed_in',
  FORBIDDEN: 'forbidden',
  PAYLOAD_TOO_LARGE: 'too_large',
};

/** Translates every error, once: refusals in their own words, bad input field by field, the rest calmly. */
export function answerOf(error: TRPCError): ErrorAnswer {
  const cause = error.cause;
  if (cause instanceof Refusal) return answer(cause.reason, cause.message, cause.details);
  if (isDatabaseAway(error)) {
    return answer('unavailable', 'The database cannot be reached right now. Try again in a few seconds.');
  }
  const issues = issuesOf(cause);
  if (issues !== null) {
    const fields = fieldsOf(issues);
    return answer('invalid_input', Object.values(fields)[0] ?? 'Some fields are not right.', { fields });
  }
  const reason = OF_TRPC_CODE[error.code] ?? 'internal';
  switch (reason) {
    case 'invalid_input':
      return answer(reason, 'This request could not be read. Send JSON, as docs/api.md shows.', {
        fields: {
          '': 'This is not valid JSON, or not the method and content type that the procedure takes.',
        },
      });
    case 'not_found':
      return answer(reason, 'There is no such procedure.');
    case 'internal':
      return answer(reason, 'Something went wrong on our side. Nothing was lost; try again in a moment.');
    default:
      return answer(reason, error.message);
  }
}

function answer(reason: ErrorReason, message: string, more: Omit<ErrorData, 'reason'> = {}): ErrorAnswer {
  return { data: { reason, ...more }, status: ERROR_STATUS[reason], message };
}

/** The issues of a standard-schema error (valibot's, as tRPC wraps them). */
function issuesOf(cause: unknown): readonly Issue[] | null {
  if (cause instanceof Error && 'issues' in cause && Array.isArray(cause.issues)) return cause.issues;
  return null;
}

function fieldsOf(issues: readonly Issue[]): FieldErrors {
  const fields: FieldErrors = {};
  for (const issue of issues) {
    const path = (issue.path ?? [])
      .map((part) => String(typeof part === 'object' ? part.key : part))
      .join('.');
    fields[path] ??= sentence(issue.message);
  }
  return fields;
}

/** valibot's own messages speak to programmers ("Invalid type: Expected string but received undefined"). */
function sentence(message: string): string {
  const wrongType = /^Invalid (?:type|key): Expected (.+) but received (.+)$/.exec(message);
  if (wrongType === null)
    return wrongLength(message) ?? (message.startsWith('Invalid ') ? 'This does not fit here.' : message);
  return wrongType[2] === 'undefined'
    ? 'This is required.'
    : `This must be ${wrongType[1]}, not ${wrongType[2]}.`;
}

function wrongLength(message: string): string | null {
  const [, bound, length] = /^Invalid length: Expected (<=|>=)(\d+)/.exec(message) ?? [];
  if (length === undefined) return null;
  return bound === '<=' ? `This is too long: ${length} at most.` : `This is too short: ${length} at least.`;
}
