ALTER TABLE "users" ADD COLUMN "previous_email" text;
