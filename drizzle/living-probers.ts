import { PROBER_LOCK_CLASS } from '../shared/jobs/wake-channel.ts';

/**
 * Who lives, as a part of a `with`: each instance holds an advisory lock in its session, in this database, and `pg_locks` shows
 * those of all to every role. Looked up in the statement that claims, and where it is told how regions do.
 */
export const LIVING_PROBERS = `living as materialized (
  select array(
    select l.objid::int from pg_locks l
    where l.locktype = 'advisory' and l.classid = ${PROBER_LOCK_CLASS} and l.objsubid = 2 and l.granted
      and l.database = (select oid from pg_database where datname = current_database())
  ) as ids
)`;
