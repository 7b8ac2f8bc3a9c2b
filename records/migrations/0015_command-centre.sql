CREATE TABLE "command_centre_samples" (
	"site" text NOT NULL,
	"at" bigint NOT NULL,
	"values" jsonb NOT NULL,
	CONSTRAINT "command_centre_samples_site_at_pk" PRIMARY KEY("site","at")
);
--> statement-breakpoint
ALTER TABLE "sites" ADD COLUMN "command_centre" jsonb;