-- What drizzle-kit does not write: row-level security for the owner too, grants, operators' schema, storage settings.

ALTER TABLE tenants FORCE ROW LEVEL SECURITY;
ALTER TABLE members FORCE ROW LEVEL SECURITY;
ALTER TABLE monitors FORCE ROW LEVEL SECURITY;
ALTER TABLE monitor_states FORCE ROW LEVEL SECURITY;
ALTER TABLE region_outcomes FORCE ROW LEVEL SECURITY;
ALTER TABLE state_changes FORCE ROW LEVEL SECURITY;
ALTER TABLE state_spans FORCE ROW LEVEL SECURITY;
ALTER TABLE monitor_removals FORCE ROW LEVEL SECURITY;
ALTER TABLE check_schedule FORCE ROW LEVEL SECURITY;
ALTER TABLE check_results FORCE ROW LEVEL SECURITY;
--> statement-breakpoint

-- The server's tenant work. Organizations are made by the identity role; the update right on two columns is also what
-- lets the app lock its organization's row before it counts.
GRANT SELECT, UPDATE (name, updated_at) ON tenants TO statuswatch_app;
GRANT SELECT, UPDATE (role), DELETE ON members TO statuswatch_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON monitors, monitor_states, region_outcomes, check_schedule, monitor_removals TO statuswatch_app;
GRANT SELECT, INSERT ON state_changes TO statuswatch_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON state_spans TO statuswatch_app;
GRANT SELECT ON check_results, prober_instances TO statuswatch_app;
--> statement-breakpoint

GRANT SELECT, INSERT, UPDATE, DELETE ON users, sessions TO statuswatch_identity;
GRANT SELECT, INSERT, UPDATE, DELETE ON tenants, members TO statuswatch_identity;
--> statement-breakpoint

GRANT SELECT (id) ON tenants TO statuswatch_system;
GRANT SELECT (tenant_id, monitor_id, region, verification, due_at, interval_seconds, overdue_noted_at) ON check_schedule TO statuswatch_system;
GRANT SELECT ON prober_instances TO statuswatch_system;
--> statement-breakpoint

GRANT SELECT (tenant_id, id, kind, target, http, assertions, timeout_ms, degraded_after_ms) ON monitors TO statuswatch_prober;
GRANT SELECT, UPDATE, DELETE ON check_schedule TO statuswatch_prober;
GRANT SELECT, INSERT ON check_results TO statuswatch_prober;
GRANT SELECT, UPDATE ON region_outcomes TO statuswatch_prober;
GRANT SELECT, INSERT, UPDATE ON prober_instances TO statuswatch_prober;
GRANT USAGE ON SEQUENCE prober_instances_id_seq TO statuswatch_prober;
--> statement-breakpoint

-- Each check updates its schedule row twice and its region's outcome once: leave room on the page, vacuum early.
ALTER TABLE check_schedule SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0);
ALTER TABLE region_outcomes SET (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0);
--> statement-breakpoint

CREATE SCHEMA ops;
GRANT USAGE ON SCHEMA ops TO statuswatch_ops, statuswatch_system;
--> statement-breakpoint

-- One partition of check_results a UTC day. Row-level security on each, and no grants: they are reached through their parent.
CREATE FUNCTION ops.ensure_partitions(
  first_day date DEFAULT (now() AT TIME ZONE 'utc')::date - 1,
  last_day date DEFAULT (now() AT TIME ZONE 'utc')::date + 7
) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  day date;
  partition text;
  made integer := 0;
BEGIN
  IF last_day - first_day > 120 THEN
    RAISE EXCEPTION 'ensure_partitions: % days asked for, 120 at most', last_day - first_day;
  END IF;
  PERFORM pg_advisory_xact_lock(hashtext('ops.partitions'));
  FOR day IN SELECT generate_series(first_day, last_day, interval '1 day')::date LOOP
    partition := 'check_results_' || to_char(day, 'YYYYMMDD');
    IF to_regclass('public.' || partition) IS NULL THEN
      EXECUTE format(
        'CREATE TABLE public.%I PARTITION OF public.check_results FOR VALUES FROM (%L) TO (%L)',
        partition, day::text || ' 00:00:00+00', (day + 1)::text || ' 00:00:00+00');
      EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', partition);
      EXECUTE format('ALTER TABLE public.%I FORCE ROW LEVEL SECURITY', partition);
      made := made + 1;
    END IF;
  END LOOP;
  RETURN made;
END
$$;
--> statement-breakpoint

-- Drops what is older than every plan keeps. Refuses to reach into the last week, whatever it is asked.
CREATE FUNCTION ops.drop_partitions(keep_days integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  partition text;
  dropped integer := 0;
BEGIN
  IF keep_days IS NULL OR keep_days < 7 THEN
    RAISE EXCEPTION 'drop_partitions: keep_days is %, 7 at least', keep_days;
  END IF;
  PERFORM pg_advisory_xact_lock(hashtext('ops.partitions'));
  FOR partition IN
    SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'public.check_results'::regclass
      AND c.relname ~ '^check_results_\d{8}$'
      AND to_date(right(c.relname, 8), 'YYYYMMDD') < (now() AT TIME ZONE 'utc')::date - keep_days
  LOOP
    EXECUTE format('DROP TABLE public.%I', partition);
    dropped := dropped + 1;
  END LOOP;
  RETURN dropped;
END
$$;
--> statement-breakpoint

REVOKE ALL ON FUNCTION ops.ensure_partitions(date, date) FROM PUBLIC;
REVOKE ALL ON FUNCTION ops.drop_partitions(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ops.ensure_partitions(date, date) TO statuswatch_system;
GRANT EXECUTE ON FUNCTION ops.drop_partitions(integer) TO statuswatch_system;
--> statement-breakpoint

-- For people with psql: sums only, never a row of an organization.
CREATE VIEW ops.schedule AS
  SELECT region,
    count(*) FILTER (WHERE NOT verification) AS scheduled,
    count(*) FILTER (WHERE verification) AS verifications,
    count(*) FILTER (WHERE leased_by IS NOT NULL) AS leased,
    count(*) FILTER (WHERE due_at < now() - interval '5 seconds') AS late,
    coalesce(extract(epoch FROM now() - min(due_at) FILTER (WHERE due_at < now())), 0)::double precision AS oldest_late_seconds
  FROM check_schedule GROUP BY region;
CREATE VIEW ops.outcomes AS
  SELECT region, coalesce(outcome, 'none') AS outcome, count(*) AS monitors, max(last_checked_at) AS last_checked_at
  FROM region_outcomes GROUP BY region, outcome;
CREATE VIEW ops.queues AS
  SELECT name, state::text AS state, count(*) AS jobs, min(created_on) AS oldest
  FROM pgboss.job GROUP BY name, state;
CREATE VIEW ops.probers AS
  SELECT id, region, version, host, started_at, last_seen_at, lateness_p99_ms, checks_running
  FROM prober_instances WHERE last_seen_at > now() - interval '1 day';
GRANT SELECT ON ops.schedule, ops.outcomes, ops.queues, ops.probers TO statuswatch_ops;
GRANT SELECT ON ops.queues, ops.schedule TO statuswatch_system;
--> statement-breakpoint

-- The backup role bypasses row-level security and may only read, now and in what comes later.
GRANT USAGE ON SCHEMA public, ops, pgboss TO statuswatch_backup;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO statuswatch_backup;
GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO statuswatch_backup;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO statuswatch_backup;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON SEQUENCES TO statuswatch_backup;
--> statement-breakpoint

SELECT ops.ensure_partitions();
