/** True of a row `s` of check_schedule whose slot is overdue: two intervals, 30 s at least, and no result. */
export const OVERDUE_SQL = `s.due_at < now() - make_interval(secs => greatest(2 * s.interval_seconds, 30))`;
