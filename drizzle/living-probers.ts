import { PROBER_LOCK_CLASS } from '../shared/jobs/wake-channel.ts';

/**
 * Who lives, as a part of a `with`: the ids of all instances that hold their advisory lock in this database. `pg_locks` shows
 * the locks of every role to every role.
 */
export const LIVING_PROBERS = `living as materialized (
  select array(
    select l.objid::int from pg_locks l
    where l.locktype = 'advisory' and l.classid = ${PROBER_LOCK_CLASS} and l.objsubid = 2 and l.granted
      and l.database = (select oid from pg_database where datname = current_database())
  ) as ids
)`;
