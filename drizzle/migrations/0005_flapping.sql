ALTER TABLE "check_evidence" ADD COLUMN "streak" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "monitor_states" ADD COLUMN "decide_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "region_outcomes" ADD COLUMN "turned_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "check_evidence_loose" ON "check_evidence" USING btree ("tenant_id","monitor_id","region","slot_at") WHERE state_change_id is null;--> statement-breakpoint
CREATE INDEX "monitor_states_decide" ON "monitor_states" USING btree ("decide_at") WHERE decide_at is not null;--> statement-breakpoint
ALTER TABLE "monitor_states" DROP COLUMN "last_turn_at";--> statement-breakpoint
CREATE POLICY "cross_tenant_system" ON "monitor_states" AS PERMISSIVE FOR SELECT TO "statuswatch_system" USING (true);--> statement-breakpoint

-- What drizzle-kit does not write.
GRANT SELECT (tenant_id, monitor_id, decide_at) ON monitor_states TO statuswatch_system;
