CREATE TABLE "experiment_replications" (
	"experiment" text NOT NULL,
	"replication" integer NOT NULL,
	"values" double precision[] NOT NULL,
	CONSTRAINT "experiment_replications_experiment_replication_pk" PRIMARY KEY("experiment","replication")
);
--> statement-breakpoint
CREATE TABLE "experiments" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"seed" bigint NOT NULL,
	"source" json NOT NULL,
	"scenario" json NOT NULL,
	"programs" json NOT NULL,
	"replications" json NOT NULL,
	"warm_up" jsonb,
	"overloads" jsonb NOT NULL,
	"engine" text NOT NULL,
	"measures" jsonb,
	"state" text NOT NULL,
	"reason" text,
	"enough" integer,
	"generation" integer DEFAULT 1 NOT NULL,
	"begun" integer DEFAULT 0 NOT NULL,
	"round" jsonb,
	"under_way" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"simulated_ms" double precision DEFAULT 0 NOT NULL,
	"created_by" text NOT NULL,
	"created_at" bigint NOT NULL,
	"ended_at" bigint,
	"actions" jsonb NOT NULL
);
--> statement-breakpoint
CREATE INDEX "experiments_newest" ON "experiments" USING btree ("created_at" DESC NULLS LAST,"id");--> statement-breakpoint
CREATE INDEX "experiments_running" ON "experiments" USING btree ("id") WHERE state = 'running';