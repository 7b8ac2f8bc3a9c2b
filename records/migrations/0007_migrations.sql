CREATE TABLE "migration_runs" (
	"migration" text NOT NULL,
	"run" text NOT NULL,
	"state" text NOT NULL,
	"refusals" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"at" bigint,
	CONSTRAINT "migration_runs_migration_run_pk" PRIMARY KEY("migration","run")
);
--> statement-breakpoint
CREATE TABLE "migrations" (
	"id" text PRIMARY KEY NOT NULL,
	"pathway" text NOT NULL,
	"from_version" integer NOT NULL,
	"to_version" integer NOT NULL,
	"plan" jsonb NOT NULL,
	"state" text NOT NULL,
	"created_by" text NOT NULL,
	"created_at" bigint NOT NULL,
	"started_by" text,
	"ended_at" bigint
);
--> statement-breakpoint
CREATE INDEX "migration_runs_state" ON "migration_runs" USING btree ("migration","state");--> statement-breakpoint
CREATE INDEX "migrations_newest" ON "migrations" USING btree ("created_at" DESC NULLS LAST,"id");