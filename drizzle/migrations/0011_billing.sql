CREATE TABLE "stripe_events" (
	"id" text PRIMARY KEY NOT NULL,
	"type" text NOT NULL,
	"livemode" boolean NOT NULL,
	"stripe_customer_id" text,
	"created_at" timestamp with time zone NOT NULL,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL,
	"processed_at" timestamp with time zone,
	"outcome" text
);
--> statement-breakpoint
CREATE TABLE "subscriptions" (
	"tenant_id" uuid PRIMARY KEY NOT NULL,
	"stripe_customer_id" text NOT NULL,
	"stripe_subscription_id" text,
	"stripe_status" text,
	"state" text DEFAULT 'free' NOT NULL,
	"current_period_end" timestamp with time zone,
	"cancel_at" timestamp with time zone,
	"past_due_since" timestamp with time zone,
	"version" integer DEFAULT 0 NOT NULL,
	"synced_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "subscriptions_stripe_customer" UNIQUE("stripe_customer_id"),
	CONSTRAINT "subscriptions_state" CHECK (state in ('free', 'pro', 'past_due', 'canceled'))
);
--> statement-breakpoint
ALTER TABLE "subscriptions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "monitors" ADD COLUMN "before_plan" jsonb;--> statement-breakpoint
CREATE INDEX "stripe_events_received" ON "stripe_events" USING btree ("received_at");--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "subscriptions" AS PERMISSIVE FOR ALL TO "statuswatch_app", "statuswatch_identity" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "cross_tenant_system" ON "subscriptions" AS PERMISSIVE FOR SELECT TO "statuswatch_system" USING (true);--> statement-breakpoint

-- What drizzle-kit does not write.
ALTER TABLE subscriptions FORCE ROW LEVEL SECURITY;
--> statement-breakpoint

-- An organization's subscription is written in its own name, and the plan in force with it. Deleted once the organization is.
GRANT SELECT, INSERT, UPDATE, DELETE ON subscriptions TO statuswatch_app;
GRANT UPDATE (plan, plan_changed_at) ON tenants TO statuswatch_app;
-- Jobs find out whose customer it is, and whose time is over, and nothing more.
GRANT SELECT (tenant_id, stripe_customer_id, state, current_period_end, cancel_at, past_due_since) ON subscriptions TO statuswatch_system;
-- Events belong to no organization: they are taken in by the webhook, worked and swept by jobs.
GRANT SELECT, INSERT, UPDATE, DELETE ON stripe_events TO statuswatch_system;
