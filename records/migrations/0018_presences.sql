CREATE TABLE "draft_presences" (
	"pathway" text NOT NULL,
	"version" integer NOT NULL,
	"window_id" text NOT NULL,
	"actor" text NOT NULL,
	"since" bigint NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	CONSTRAINT "draft_presences_pathway_version_window_id_pk" PRIMARY KEY("pathway","version","window_id")
);
