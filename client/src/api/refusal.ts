import { TRPCClientError } from '@trpc/client';
import type { ErrorData, ErrorReason, FieldErrors } from '../../../shared/error-reason.ts';

const AWAY = 'StatusWatch cannot be reached right now. Check your connection, and try again.';
const UNEXPECTED = 'Something went wrong on our side. Nothing was lost; try again in a moment.';

/** What a failed call comes to, for a screen: why (by the closed list), in which words, and at which fields. */
export type ReadRefusal = {
  /** `offline`: no answer came at all. */
  reason: ErrorReason | 'offline';
  sentence: string;
  fields: FieldErrors;
  limit: number | null;
  limitOf: ErrorData['limitOf'] | null;
  /** When it may be tried again, where it was tried too often. */
  retryAfterSeconds: number | null;
};

/** Reads any error a call can end with. Total: what is not an answer of ours is `offline` or `internal`. */
export function readRefusal(error: unknown): ReadRefusal {
  if (!(error instanceof TRPCClientError)) return plain('internal', UNEXPECTED);
  const data = error.data as Partial<ErrorData> | null | undefined; // what the server's errorFormatter sends
  if (data?.reason === undefined) return plain('offline', AWAY);
  return {
    reason: data.reason,
    sentence: error.message,
    fields: data.fields ?? {},
    limit: data.limit ?? null,
    limitOf: data.limitOf ?? null,
    retryAfterSeconds: data.retryAfterSeconds ?? null,
  };
}

/** Whether asking again, unchanged, may end differently. */
export function mayPass(error: unknown): boolean {
  const { reason } = readRefusal(error);
  return reason === 'offline' || reason === 'unavailable' || reason === 'internal';
}

function plain(reason: ReadRefusal['reason'], sentence: string): ReadRefusal {
  return { reason, sentence, fields: {}, limit: null, limitOf: null, retryAfterSeconds: null };
}
