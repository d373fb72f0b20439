/** How long a row `s` of check_schedule may go without a word before its region counts as silent. */
const PATIENCE = `make_interval(secs => greatest(2 * s.interval_seconds, 30))`;

/** What makes a region silent, of a row `s` of check_schedule and its row `o` of region_outcomes. */
export const SILENCE_SQL = {
  /** Its slot has no result. */
  overdue: `s.due_at < now() - ${PATIENCE}`,
  /** Its prober is cut off, and has had nothing to say. */
  cutOff: `o.void_since < now() - ${PATIENCE}`,
};
