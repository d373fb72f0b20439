CREATE TABLE "sessions" (
	"id_hash" text PRIMARY KEY NOT NULL,
	"public_id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"user_id" uuid NOT NULL,
	"tenant_id" uuid,
	"expires_at" timestamp with time zone NOT NULL,
	"absolute_expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ip_address" text,
	"user_agent" text,
	CONSTRAINT "sessions_public_id" UNIQUE("public_id")
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"password_hash" text,
	"email_verified_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "users_email" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "check_results" (
	"tenant_id" uuid NOT NULL,
	"monitor_id" uuid NOT NULL,
	"slot_at" timestamp with time zone NOT NULL,
	"region" text NOT NULL,
	"checked_at" timestamp with time zone NOT NULL,
	"verification" boolean NOT NULL,
	"outcome" text NOT NULL,
	"code" text NOT NULL,
	"reason" text,
	"status_code" smallint,
	"dns_ms" real,
	"connect_ms" real,
	"tls_ms" real,
	"first_byte_ms" real,
	"transfer_ms" real,
	"total_ms" real NOT NULL,
	CONSTRAINT "check_results_tenant_id_monitor_id_slot_at_region_pk" PRIMARY KEY("tenant_id","monitor_id","slot_at","region")
) PARTITION BY RANGE ("slot_at");
--> statement-breakpoint
ALTER TABLE "check_results" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "check_schedule" (
	"tenant_id" uuid NOT NULL,
	"monitor_id" uuid NOT NULL,
	"region" text NOT NULL,
	"verification" boolean NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"interval_seconds" integer NOT NULL,
	"phase_ms" integer NOT NULL,
	"timeout_ms" integer NOT NULL,
	"leased_by" integer,
	"lease_until" timestamp with time zone,
	"overdue_noted_at" timestamp with time zone,
	CONSTRAINT "check_schedule_tenant_id_monitor_id_region_verification_pk" PRIMARY KEY("tenant_id","monitor_id","region","verification")
);
--> statement-breakpoint
ALTER TABLE "check_schedule" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "prober_instances" (
	"id" serial PRIMARY KEY NOT NULL,
	"region" text NOT NULL,
	"version" text NOT NULL,
	"host" text NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"lateness_p99_ms" real,
	"checks_running" integer DEFAULT 0 NOT NULL,
	"checks_up" bigint DEFAULT 0 NOT NULL,
	"checks_degraded" bigint DEFAULT 0 NOT NULL,
	"checks_down" bigint DEFAULT 0 NOT NULL,
	"checks_void" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "monitor_removals" (
	"tenant_id" uuid NOT NULL,
	"monitor_id" uuid NOT NULL,
	"removed_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "monitor_removals_tenant_id_monitor_id_pk" PRIMARY KEY("tenant_id","monitor_id")
);
--> statement-breakpoint
ALTER TABLE "monitor_removals" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "monitor_states" (
	"tenant_id" uuid NOT NULL,
	"monitor_id" uuid NOT NULL,
	"state" text NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"reason" text,
	"code" text,
	"suspect_since" timestamp with time zone,
	"verification_round" integer DEFAULT 0 NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "monitor_states_tenant_id_monitor_id_pk" PRIMARY KEY("tenant_id","monitor_id")
);
--> statement-breakpoint
ALTER TABLE "monitor_states" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "monitors" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"target" text NOT NULL,
	"http" jsonb NOT NULL,
	"assertions" jsonb NOT NULL,
	"interval_seconds" integer NOT NULL,
	"timeout_ms" integer NOT NULL,
	"retries" integer NOT NULL,
	"retry_delay_seconds" integer NOT NULL,
	"recovery" integer NOT NULL,
	"degraded_after_ms" integer,
	"regions" text[] NOT NULL,
	"tags" text[] NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "monitors_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "monitors" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "region_outcomes" (
	"tenant_id" uuid NOT NULL,
	"monitor_id" uuid NOT NULL,
	"region" text NOT NULL,
	"outcome" text,
	"streak" integer DEFAULT 0 NOT NULL,
	"last_slot_at" timestamp with time zone,
	"last_checked_at" timestamp with time zone,
	"code" text,
	"reason" text,
	"latency_ms" real,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "region_outcomes_tenant_id_monitor_id_region_pk" PRIMARY KEY("tenant_id","monitor_id","region")
);
--> statement-breakpoint
ALTER TABLE "region_outcomes" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "state_changes" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"monitor_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"from_state" text NOT NULL,
	"to_state" text NOT NULL,
	"reason" text,
	"code" text,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "state_changes_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "state_changes" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "state_spans" (
	"tenant_id" uuid NOT NULL,
	"monitor_id" uuid NOT NULL,
	"from_at" timestamp with time zone NOT NULL,
	"to_at" timestamp with time zone,
	"state" text NOT NULL,
	CONSTRAINT "state_spans_tenant_id_monitor_id_from_at_pk" PRIMARY KEY("tenant_id","monitor_id","from_at"),
	CONSTRAINT "state_spans_order" CHECK (to_at is null or to_at > from_at)
);
--> statement-breakpoint
ALTER TABLE "state_spans" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "members" (
	"tenant_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"role" text NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "members_tenant_id_user_id_pk" PRIMARY KEY("tenant_id","user_id"),
	CONSTRAINT "members_role" CHECK (role in ('owner', 'admin', 'member', 'viewer'))
);
--> statement-breakpoint
ALTER TABLE "members" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "tenants" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"name_key" text NOT NULL,
	"slug" text NOT NULL,
	"plan" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "tenants_name_key" UNIQUE("name_key"),
	CONSTRAINT "tenants_slug" UNIQUE("slug"),
	CONSTRAINT "tenants_plan" CHECK (plan in ('free', 'pro'))
);
--> statement-breakpoint
ALTER TABLE "tenants" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "monitor_removals" ADD CONSTRAINT "monitor_removals_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "monitor_states" ADD CONSTRAINT "monitor_states_tenant_id_monitor_id_monitors_tenant_id_id_fk" FOREIGN KEY ("tenant_id","monitor_id") REFERENCES "public"."monitors"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "monitors" ADD CONSTRAINT "monitors_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "region_outcomes" ADD CONSTRAINT "region_outcomes_tenant_id_monitor_id_monitors_tenant_id_id_fk" FOREIGN KEY ("tenant_id","monitor_id") REFERENCES "public"."monitors"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "state_changes" ADD CONSTRAINT "state_changes_tenant_id_monitor_id_monitors_tenant_id_id_fk" FOREIGN KEY ("tenant_id","monitor_id") REFERENCES "public"."monitors"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "state_spans" ADD CONSTRAINT "state_spans_tenant_id_monitor_id_monitors_tenant_id_id_fk" FOREIGN KEY ("tenant_id","monitor_id") REFERENCES "public"."monitors"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "members" ADD CONSTRAINT "members_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "members" ADD CONSTRAINT "members_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "sessions_user" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "sessions_expiry" ON "sessions" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "check_schedule_due" ON "check_schedule" USING btree ("region","due_at");--> statement-breakpoint
CREATE INDEX "prober_instances_region" ON "prober_instances" USING btree ("region","last_seen_at");--> statement-breakpoint
CREATE INDEX "monitor_removals_at" ON "monitor_removals" USING btree ("tenant_id","removed_at");--> statement-breakpoint
CREATE UNIQUE INDEX "monitors_target" ON "monitors" USING btree ("tenant_id","kind",("http" ->> 'method'),"target");--> statement-breakpoint
CREATE INDEX "monitors_name" ON "monitors" USING btree ("tenant_id",lower("name"));--> statement-breakpoint
CREATE INDEX "state_changes_monitor" ON "state_changes" USING btree ("tenant_id","monitor_id","at");--> statement-breakpoint
CREATE INDEX "members_user" ON "members" USING btree ("user_id");--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "check_results" AS PERMISSIVE FOR ALL TO "statuswatch_app", "statuswatch_identity" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "cross_tenant_prober" ON "check_results" AS PERMISSIVE FOR ALL TO "statuswatch_prober" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "check_schedule" AS PERMISSIVE FOR ALL TO "statuswatch_app", "statuswatch_identity" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "cross_tenant_prober" ON "check_schedule" AS PERMISSIVE FOR ALL TO "statuswatch_prober" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "cross_tenant_system" ON "check_schedule" AS PERMISSIVE FOR SELECT TO "statuswatch_system" USING (true);--> statement-breakpoint
CREATE POLICY "cross_tenant_owner" ON "check_schedule" AS PERMISSIVE FOR SELECT TO "statuswatch_owner" USING (true);--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "monitor_removals" AS PERMISSIVE FOR ALL TO "statuswatch_app", "statuswatch_identity" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "monitor_states" AS PERMISSIVE FOR ALL TO "statuswatch_app", "statuswatch_identity" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "monitors" AS PERMISSIVE FOR ALL TO "statuswatch_app", "statuswatch_identity" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "cross_tenant_prober" ON "monitors" AS PERMISSIVE FOR SELECT TO "statuswatch_prober" USING (true);--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "region_outcomes" AS PERMISSIVE FOR ALL TO "statuswatch_app", "statuswatch_identity" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "cross_tenant_prober" ON "region_outcomes" AS PERMISSIVE FOR ALL TO "statuswatch_prober" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "cross_tenant_owner" ON "region_outcomes" AS PERMISSIVE FOR SELECT TO "statuswatch_owner" USING (true);--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "state_changes" AS PERMISSIVE FOR ALL TO "statuswatch_app", "statuswatch_identity" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "state_spans" AS PERMISSIVE FOR ALL TO "statuswatch_app", "statuswatch_identity" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "members" AS PERMISSIVE FOR ALL TO "statuswatch_app", "statuswatch_identity" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "cross_tenant_identity" ON "members" AS PERMISSIVE FOR SELECT TO "statuswatch_identity" USING (true);--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "tenants" AS PERMISSIVE FOR ALL TO "statuswatch_app", "statuswatch_identity" USING (id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "cross_tenant_identity" ON "tenants" AS PERMISSIVE FOR ALL TO "statuswatch_identity" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "cross_tenant_system" ON "tenants" AS PERMISSIVE FOR SELECT TO "statuswatch_system" USING (true);