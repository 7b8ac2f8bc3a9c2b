CREATE TABLE "sightings" (
	"site" text NOT NULL,
	"subject_type" text NOT NULL,
	"subject" text NOT NULL,
	"location" text NOT NULL,
	"at" bigint NOT NULL,
	"reported_by" text NOT NULL,
	"transaction" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	CONSTRAINT "sightings_site_subject_type_subject_pk" PRIMARY KEY("site","subject_type","subject")
);
--> statement-breakpoint
CREATE INDEX "sightings_transaction" ON "sightings" USING btree ("site","transaction");