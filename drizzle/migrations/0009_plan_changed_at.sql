ALTER TABLE "tenants" ADD COLUMN "plan_changed_at" timestamp with time zone;
--> statement-breakpoint

-- Until now whatever changed a row of `tenants` was a change of its plan. The owner sees a row only while row security is
-- not forced on it: there is no one organization that this is for.
ALTER TABLE tenants NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
UPDATE tenants SET plan_changed_at = updated_at WHERE updated_at <> created_at;
--> statement-breakpoint
ALTER TABLE tenants FORCE ROW LEVEL SECURITY;
