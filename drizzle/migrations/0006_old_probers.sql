-- A job folds the rows of probers that are long gone into one a region, which stands for all of them.
GRANT DELETE, UPDATE (started_at, checks_up, checks_degraded, checks_down, checks_void) ON prober_instances TO statuswatch_system;
--> statement-breakpoint

CREATE OR REPLACE VIEW ops.probers AS
  SELECT id, region, version, host, started_at, last_seen_at, lateness_p99_ms, checks_running, cpu_ratio, memory_mib
  FROM prober_instances WHERE last_seen_at > now() - interval '1 day';
