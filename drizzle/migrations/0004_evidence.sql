CREATE TABLE "audit_log" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" uuid,
	"actor_name" text,
	"action" text NOT NULL,
	"subject_kind" text NOT NULL,
	"subject_id" text,
	"subject_name" text,
	"before" jsonb,
	"after" jsonb,
	"address" text,
	CONSTRAINT "audit_log_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "audit_log" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "check_evidence" (
	"tenant_id" uuid NOT NULL,
	"monitor_id" uuid NOT NULL,
	"slot_at" timestamp with time zone NOT NULL,
	"region" text NOT NULL,
	"checked_at" timestamp with time zone NOT NULL,
	"verification" boolean NOT NULL,
	"finding" jsonb NOT NULL,
	"exchange" jsonb,
	"state_change_id" uuid,
	CONSTRAINT "check_evidence_tenant_id_monitor_id_slot_at_region_pk" PRIMARY KEY("tenant_id","monitor_id","slot_at","region")
);
--> statement-breakpoint
ALTER TABLE "check_evidence" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "check_requests" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"region" text NOT NULL,
	"sealed_spec" "bytea" NOT NULL,
	"requested_at" timestamp with time zone DEFAULT now() NOT NULL,
	"taken_by" integer,
	"answer" jsonb,
	"answered_at" timestamp with time zone,
	CONSTRAINT "check_requests_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "check_requests" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "monitor_certificates" (
	"tenant_id" uuid NOT NULL,
	"monitor_id" uuid NOT NULL,
	"region" text NOT NULL,
	"certificate" jsonb NOT NULL,
	"valid_to" timestamp with time zone NOT NULL,
	"first_seen_at" timestamp with time zone NOT NULL,
	"last_seen_at" timestamp with time zone NOT NULL,
	CONSTRAINT "monitor_certificates_tenant_id_monitor_id_region_pk" PRIMARY KEY("tenant_id","monitor_id","region")
);
--> statement-breakpoint
ALTER TABLE "monitor_certificates" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "prober_instances" ADD COLUMN "cpu_ratio" real;--> statement-breakpoint
ALTER TABLE "prober_instances" ADD COLUMN "memory_mib" integer;--> statement-breakpoint
ALTER TABLE "monitor_states" ADD COLUMN "flapping_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "monitor_states" ADD COLUMN "last_turn_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "monitors" ADD COLUMN "sealed" "bytea";--> statement-breakpoint
ALTER TABLE "monitors" ADD COLUMN "sealed_with" text;--> statement-breakpoint
ALTER TABLE "monitors" ADD COLUMN "certificate_days" integer;--> statement-breakpoint
ALTER TABLE "monitors" ADD COLUMN "quorum" integer;--> statement-breakpoint
ALTER TABLE "monitors" ADD COLUMN "flap_changes" integer DEFAULT 4 NOT NULL;--> statement-breakpoint
ALTER TABLE "monitors" ADD COLUMN "flap_window_minutes" integer DEFAULT 15 NOT NULL;--> statement-breakpoint
ALTER TABLE "monitors" ADD COLUMN "flap_quiet_minutes" integer DEFAULT 5 NOT NULL;--> statement-breakpoint
ALTER TABLE "state_changes" ADD COLUMN "flapping" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "state_changes" ADD COLUMN "grounds" jsonb;--> statement-breakpoint
ALTER TABLE "audit_log" ADD CONSTRAINT "audit_log_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "check_evidence" ADD CONSTRAINT "check_evidence_tenant_id_monitor_id_monitors_tenant_id_id_fk" FOREIGN KEY ("tenant_id","monitor_id") REFERENCES "public"."monitors"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "check_requests" ADD CONSTRAINT "check_requests_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "monitor_certificates" ADD CONSTRAINT "monitor_certificates_tenant_id_monitor_id_monitors_tenant_id_id_fk" FOREIGN KEY ("tenant_id","monitor_id") REFERENCES "public"."monitors"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_log_at" ON "audit_log" USING btree ("tenant_id","at");--> statement-breakpoint
CREATE INDEX "check_evidence_change" ON "check_evidence" USING btree ("tenant_id","state_change_id");--> statement-breakpoint
CREATE INDEX "check_requests_open" ON "check_requests" USING btree ("region","requested_at");--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "audit_log" AS PERMISSIVE FOR ALL TO "statuswatch_app", "statuswatch_identity" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "check_evidence" AS PERMISSIVE FOR ALL TO "statuswatch_app", "statuswatch_identity" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "cross_tenant_prober" ON "check_evidence" AS PERMISSIVE FOR ALL TO "statuswatch_prober" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "check_requests" AS PERMISSIVE FOR ALL TO "statuswatch_app", "statuswatch_identity" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "cross_tenant_prober" ON "check_requests" AS PERMISSIVE FOR ALL TO "statuswatch_prober" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "monitor_certificates" AS PERMISSIVE FOR ALL TO "statuswatch_app", "statuswatch_identity" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "cross_tenant_prober" ON "monitor_certificates" AS PERMISSIVE FOR ALL TO "statuswatch_prober" USING (true) WITH CHECK (true);--> statement-breakpoint

-- What drizzle-kit does not write.
ALTER TABLE audit_log FORCE ROW LEVEL SECURITY;
ALTER TABLE check_evidence FORCE ROW LEVEL SECURITY;
ALTER TABLE check_requests FORCE ROW LEVEL SECURITY;
ALTER TABLE monitor_certificates FORCE ROW LEVEL SECURITY;
--> statement-breakpoint

-- Append-only: nobody changes or deletes what stands in the audit log.
GRANT SELECT, INSERT ON audit_log TO statuswatch_app, statuswatch_identity;
-- Evidence is the prober's to write; a decision ties it to its change of state, and a job sweeps what belongs to none.
GRANT SELECT, UPDATE (state_change_id), DELETE ON check_evidence TO statuswatch_app;
GRANT SELECT, INSERT, DELETE ON check_evidence TO statuswatch_prober;
GRANT SELECT, DELETE ON monitor_certificates TO statuswatch_app;
GRANT SELECT, INSERT, UPDATE ON monitor_certificates TO statuswatch_prober;
-- A draft is the organization's; the prober takes it and answers.
GRANT SELECT, INSERT, DELETE ON check_requests TO statuswatch_app;
GRANT SELECT, UPDATE (taken_by, answer, answered_at) ON check_requests TO statuswatch_prober;
GRANT SELECT (sealed, certificate_days) ON monitors TO statuswatch_prober;
