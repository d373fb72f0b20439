CREATE TABLE "daily_rollups" (
	"tenant_id" uuid NOT NULL,
	"monitor_id" uuid NOT NULL,
	"day_at" timestamp with time zone NOT NULL,
	"up" integer NOT NULL,
	"degraded" integer NOT NULL,
	"down" integer NOT NULL,
	"void" integer NOT NULL,
	"up_seconds" real NOT NULL,
	"degraded_seconds" real NOT NULL,
	"down_seconds" real NOT NULL,
	"excluded_seconds" real NOT NULL,
	"p50_ms" real,
	"p95_ms" real,
	"p99_ms" real,
	"dns_ms" real,
	"connect_ms" real,
	"tls_ms" real,
	"first_byte_ms" real,
	"transfer_ms" real,
	"digest" "bytea" NOT NULL,
	CONSTRAINT "daily_rollups_tenant_id_monitor_id_day_at_pk" PRIMARY KEY("tenant_id","monitor_id","day_at")
);
--> statement-breakpoint
ALTER TABLE "daily_rollups" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "hourly_rollups" (
	"tenant_id" uuid NOT NULL,
	"monitor_id" uuid NOT NULL,
	"hour_at" timestamp with time zone NOT NULL,
	"up" integer NOT NULL,
	"degraded" integer NOT NULL,
	"down" integer NOT NULL,
	"void" integer NOT NULL,
	"up_seconds" real NOT NULL,
	"degraded_seconds" real NOT NULL,
	"down_seconds" real NOT NULL,
	"excluded_seconds" real NOT NULL,
	"p50_ms" real,
	"p95_ms" real,
	"p99_ms" real,
	"dns_ms" real,
	"connect_ms" real,
	"tls_ms" real,
	"first_byte_ms" real,
	"transfer_ms" real,
	"digest" "bytea" NOT NULL,
	CONSTRAINT "hourly_rollups_tenant_id_monitor_id_hour_at_pk" PRIMARY KEY("tenant_id","monitor_id","hour_at")
);
--> statement-breakpoint
ALTER TABLE "hourly_rollups" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "packed_results" (
	"tenant_id" uuid NOT NULL,
	"monitor_id" uuid NOT NULL,
	"hour_at" timestamp with time zone NOT NULL,
	"region" text NOT NULL,
	"outcomes" smallint NOT NULL,
	"results" "bytea" NOT NULL,
	CONSTRAINT "packed_results_tenant_id_monitor_id_hour_at_region_pk" PRIMARY KEY("tenant_id","monitor_id","hour_at","region")
);
--> statement-breakpoint
ALTER TABLE "packed_results" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "daily_rollups" ADD CONSTRAINT "daily_rollups_tenant_id_monitor_id_monitors_tenant_id_id_fk" FOREIGN KEY ("tenant_id","monitor_id") REFERENCES "public"."monitors"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hourly_rollups" ADD CONSTRAINT "hourly_rollups_tenant_id_monitor_id_monitors_tenant_id_id_fk" FOREIGN KEY ("tenant_id","monitor_id") REFERENCES "public"."monitors"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "packed_results" ADD CONSTRAINT "packed_results_tenant_id_monitor_id_monitors_tenant_id_id_fk" FOREIGN KEY ("tenant_id","monitor_id") REFERENCES "public"."monitors"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE POLICY "cross_tenant_owner" ON "check_results" AS PERMISSIVE FOR SELECT TO "statuswatch_owner" USING (true);--> statement-breakpoint
CREATE POLICY "cross_tenant_owner" ON "monitors" AS PERMISSIVE FOR SELECT TO "statuswatch_owner" USING (true);--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "daily_rollups" AS PERMISSIVE FOR ALL TO "statuswatch_app", "statuswatch_identity" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "hourly_rollups" AS PERMISSIVE FOR ALL TO "statuswatch_app", "statuswatch_identity" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "packed_results" AS PERMISSIVE FOR ALL TO "statuswatch_app", "statuswatch_identity" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint

-- What drizzle-kit does not write.
ALTER TABLE packed_results FORCE ROW LEVEL SECURITY;
ALTER TABLE hourly_rollups FORCE ROW LEVEL SECURITY;
ALTER TABLE daily_rollups FORCE ROW LEVEL SECURITY;
--> statement-breakpoint

-- Packing is the organization's own work: it moves its results from one table into the other.
GRANT SELECT, INSERT, UPDATE, DELETE ON packed_results, hourly_rollups, daily_rollups TO statuswatch_app;
GRANT DELETE ON check_results TO statuswatch_app;
--> statement-breakpoint

-- Drops the days that are past and empty. A day with a result in it that waits to be packed stays, however old it is; what
-- is left of monitors that are gone goes with it. Refuses to reach into the last week, whatever it is asked.
CREATE OR REPLACE FUNCTION ops.drop_partitions(keep_days integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  partition text;
  day date;
  dropped integer := 0;
BEGIN
  IF keep_days IS NULL OR keep_days < 7 THEN
    RAISE EXCEPTION 'drop_partitions: keep_days is %, 7 at least', keep_days;
  END IF;
  PERFORM pg_advisory_xact_lock(hashtext('ops.partitions'));
  -- Whoever waits for a table has all that come later wait behind him, results among them: better to try again.
  PERFORM set_config('lock_timeout', '2s', true);
  FOR partition, day IN
    SELECT c.relname, to_date(right(c.relname, 8), 'YYYYMMDD') FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'public.check_results'::regclass
      AND c.relname ~ '^check_results_\d{8}$'
      AND to_date(right(c.relname, 8), 'YYYYMMDD') < (now() AT TIME ZONE 'utc')::date - keep_days
    ORDER BY 2
  LOOP
    CONTINUE WHEN ops.has_results(day);
    -- The parent first, as an insert does: the other way round the two could wait for each other.
    LOCK TABLE ONLY public.check_results IN ACCESS EXCLUSIVE MODE;
    CONTINUE WHEN ops.has_results(day);
    EXECUTE format('DROP TABLE public.%I', partition);
    dropped := dropped + 1;
  END LOOP;
  RETURN dropped;
END
$$;
--> statement-breakpoint

-- Whether a UTC day still holds a raw result of a monitor that is there. For the function above, which runs as the owner.
CREATE FUNCTION ops.has_results(day date) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM public.check_results r JOIN public.monitors m ON m.tenant_id = r.tenant_id AND m.id = r.monitor_id
    WHERE r.slot_at >= day::timestamp AT TIME ZONE 'utc' AND r.slot_at < (day + 1)::timestamp AT TIME ZONE 'utc'
  )
$$;
REVOKE ALL ON FUNCTION ops.has_results(date) FROM PUBLIC;
