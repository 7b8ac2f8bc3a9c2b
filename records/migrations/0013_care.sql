CREATE TABLE "accesses" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"wall" timestamp with time zone DEFAULT now() NOT NULL,
	"site" text NOT NULL,
	"actor" text NOT NULL,
	"role" text NOT NULL,
	"what" text NOT NULL,
	"patients" text[] NOT NULL,
	"query" "bytea",
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "contacts" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"site" text NOT NULL,
	"patient" text NOT NULL,
	"run" text,
	"alert" bigint,
	"kind" text NOT NULL,
	"content" "bytea" NOT NULL,
	"by" text NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "colleagues" (
	"site" text NOT NULL,
	"actor" text NOT NULL,
	"role" text NOT NULL,
	"seen" timestamp with time zone NOT NULL,
	CONSTRAINT "colleagues_site_actor_pk" PRIMARY KEY("site","actor")
);
--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "handover" "bytea";--> statement-breakpoint
CREATE INDEX "accesses_patients" ON "accesses" USING gin ("patients");--> statement-breakpoint
CREATE INDEX "accesses_newest" ON "accesses" USING btree ("id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "contacts_patient" ON "contacts" USING btree ("patient","at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "colleagues_seen" ON "colleagues" USING btree ("site","seen");