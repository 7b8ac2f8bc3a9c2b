CREATE TABLE "demands" (
	"site" text PRIMARY KEY NOT NULL,
	"streams" jsonb NOT NULL,
	"said_by" text NOT NULL,
	"said_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "forecast_samples" (
	"site" text NOT NULL,
	"at" bigint NOT NULL,
	"values" jsonb NOT NULL,
	CONSTRAINT "forecast_samples_site_at_pk" PRIMARY KEY("site","at")
);
--> statement-breakpoint
CREATE TABLE "forecasts" (
	"id" text PRIMARY KEY NOT NULL,
	"site" text NOT NULL,
	"asked_by" text NOT NULL,
	"at" bigint NOT NULL,
	"hours" integer NOT NULL,
	"replications" integer NOT NULL,
	"seed" bigint NOT NULL,
	"what_if" jsonb,
	"asked" jsonb NOT NULL,
	"result" jsonb NOT NULL,
	"ensembles" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE INDEX "forecasts_newest" ON "forecasts" USING btree ("site","at" DESC NULLS LAST,"id");