CREATE TABLE "unit_states" (
	"site" text NOT NULL,
	"unit" text NOT NULL,
	"since" bigint NOT NULL,
	"state" text NOT NULL,
	"run" text NOT NULL,
	CONSTRAINT "unit_states_site_unit_since_pk" PRIMARY KEY("site","unit","since")
);
--> statement-breakpoint
ALTER TABLE "units" ADD COLUMN "blocked_by" text;--> statement-breakpoint
ALTER TABLE "units" ADD COLUMN "block_reason" "bytea";