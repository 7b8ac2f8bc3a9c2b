CREATE TABLE "opened_replications" (
	"version" text NOT NULL,
	"engine" text NOT NULL,
	"replication" integer NOT NULL,
	"content" "bytea" NOT NULL,
	"kept_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "opened_replications_version_engine_replication_pk" PRIMARY KEY("version","engine","replication")
);
