/** Postgres channel that wakes probers when something is due at once; the payload is the region. */
export const CHECK_DUE_CHANNEL = 'check_due';

/** Postgres channel that wakes probers when somebody wants a draft tried; the payload is the region. */
export const CHECK_REQUESTED_CHANNEL = 'check_requested';

/**
 * First key of the two-part advisory lock a prober holds in its session for as long as it lives; the second is its
 * instance id. Arbitrary, but fixed: claims look for it in `pg_locks`.
 */
export const PROBER_LOCK_CLASS = 21_335;
