import * as v from 'valibot';

/**
 * A queue: its payload and how pg-boss treats it. Payloads hold ids only, since every sender and every operator can read them.
 */
export type QueueDefinition = {
  name: string;
  payload: v.GenericSchema;
  options: {
    policy: 'standard' | 'short' | 'stately' | 'exclusive';
    retryLimit: number;
    retryDelay?: number;
    retryBackoff?: boolean;
    retryDelayMax?: number;
    expireInSeconds: number;
    deleteAfterSeconds: number;
    /** So long a job waits to be worked; two weeks unless told otherwise. */
    retentionSeconds?: number;
    deadLetter?: string;
    /** Wakes workers at once instead of at their next poll. */
    notify?: boolean;
  };
};

export const DAY_SECONDS = 86_400;

/** Jobs that failed for good, from any queue; kept for a person to look at and redrive. */
export const deadLetterQueue = {
  name: 'dead-letter',
  payload: v.unknown(),
  options: {
    policy: 'standard',
    retryLimit: 0,
    expireInSeconds: 60,
    deleteAfterSeconds: 30 * DAY_SECONDS,
    // Nobody works them: they wait for a person.
    retentionSeconds: 30 * DAY_SECONDS,
  },
} as const satisfies QueueDefinition;

/** The payload of a job that says all by being there. */
export const nothing = v.nullish(v.object({}));

/** A mail that cannot be sent is tried again for some hours. */
export const mailOptions = {
  policy: 'standard',
  retryLimit: 8,
  retryDelay: 5,
  retryBackoff: true,
  retryDelayMax: 900,
  expireInSeconds: 60,
  deleteAfterSeconds: 7 * DAY_SECONDS,
  deadLetter: deadLetterQueue.name,
  notify: true,
} as const;
