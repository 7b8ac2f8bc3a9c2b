CREATE TABLE "facts" (
	"wall" timestamp with time zone DEFAULT now() NOT NULL,
	"run" text NOT NULL,
	"sequence" integer NOT NULL,
	"ordinal" integer NOT NULL,
	"transaction" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	"id" bigserial NOT NULL,
	"site" text NOT NULL,
	"pathway" text NOT NULL,
	"at" bigint NOT NULL,
	"event" text NOT NULL,
	"element" text NOT NULL,
	"element_name" text NOT NULL,
	"type" text NOT NULL,
	"activation" integer NOT NULL,
	"instance" integer NOT NULL,
	"detail" "bytea",
	CONSTRAINT "facts_run_sequence_ordinal_wall_pk" PRIMARY KEY("run","sequence","ordinal","wall")
) PARTITION BY RANGE ("wall");
--> statement-breakpoint
CREATE TABLE "facts_default" PARTITION OF "facts" DEFAULT;
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"route" text NOT NULL,
	"actor" text NOT NULL,
	"key" text NOT NULL,
	"fingerprint" "bytea" NOT NULL,
	"status" integer,
	"response" "bytea",
	"headers" jsonb,
	"wall_created" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "idempotency_keys_route_actor_key_pk" PRIMARY KEY("route","actor","key")
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"target" text NOT NULL,
	"kind" text NOT NULL,
	"payload" "bytea" NOT NULL,
	"traceparent" text DEFAULT '' NOT NULL,
	"wall_created" timestamp with time zone DEFAULT now() NOT NULL,
	"wall_available" timestamp with time zone DEFAULT now() NOT NULL,
	"wall_delivered" timestamp with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	"last_error" text
);
--> statement-breakpoint
CREATE TABLE "pathway_versions" (
	"pathway" text NOT NULL,
	"version" integer NOT NULL,
	"hash" text NOT NULL,
	"title" text NOT NULL,
	"bpmn" text NOT NULL,
	"dmn" jsonb NOT NULL,
	"forms" jsonb NOT NULL,
	"program" jsonb NOT NULL,
	"start_events" text[] NOT NULL,
	"created_at" bigint NOT NULL,
	"published" boolean NOT NULL,
	CONSTRAINT "pathway_versions_pathway_version_pk" PRIMARY KEY("pathway","version")
);
--> statement-breakpoint
CREATE TABLE "pathways" (
	"id" text PRIMARY KEY NOT NULL,
	"title" text NOT NULL,
	"current_version" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "alerts" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"site" text NOT NULL,
	"kind" text NOT NULL,
	"cause" text,
	"run" text,
	"unit" text,
	"pool" text,
	"patient" text,
	"place" text DEFAULT '' NOT NULL,
	"level" text NOT NULL,
	"owner" text NOT NULL,
	"state" text NOT NULL,
	"reason" "bytea",
	"opened_at" bigint NOT NULL,
	"due_at" bigint,
	"closed_at" bigint,
	"closed_by" text
);
--> statement-breakpoint
CREATE TABLE "appointments" (
	"id" text PRIMARY KEY NOT NULL,
	"site" text NOT NULL,
	"patient" text NOT NULL,
	"run" text,
	"kind" text NOT NULL,
	"unit" text NOT NULL,
	"start_at" bigint NOT NULL,
	"end_at" bigint NOT NULL,
	"state" text NOT NULL,
	"detail" "bytea",
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "documents" (
	"id" text PRIMARY KEY NOT NULL,
	"site" text NOT NULL,
	"patient" text NOT NULL,
	"run" text NOT NULL,
	"type_code" text NOT NULL,
	"title" text NOT NULL,
	"unique_id" text NOT NULL,
	"cda" "bytea" NOT NULL,
	"state" text NOT NULL,
	"created_at" bigint NOT NULL,
	"deposited_at" bigint,
	"mailed_at" bigint,
	CONSTRAINT "documents_unique_id_unique" UNIQUE("unique_id")
);
--> statement-breakpoint
CREATE TABLE "measurements" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"site" text NOT NULL,
	"patient" text NOT NULL,
	"kind" text NOT NULL,
	"value" "bytea" NOT NULL,
	"at" bigint NOT NULL,
	"idempotency" text
);
--> statement-breakpoint
CREATE TABLE "patients" (
	"id" text PRIMARY KEY NOT NULL,
	"site" text NOT NULL,
	"traits" "bytea" NOT NULL,
	"matricule_index" "bytea",
	"name_index" "bytea" NOT NULL,
	"ins_status" text NOT NULL,
	"general_practitioner" "bytea",
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "calendars" (
	"site" text NOT NULL,
	"id" text NOT NULL,
	"open" jsonb NOT NULL,
	CONSTRAINT "calendars_site_id_pk" PRIMARY KEY("site","id")
);
--> statement-breakpoint
CREATE TABLE "consumptions" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"site" text NOT NULL,
	"run" text NOT NULL,
	"hold" integer NOT NULL,
	"pool" text NOT NULL,
	"lot" text NOT NULL,
	"quantity" double precision NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "held" (
	"site" text NOT NULL,
	"holder" text NOT NULL,
	"hold" integer NOT NULL,
	"pool" text NOT NULL,
	"units" jsonb NOT NULL,
	"lots" jsonb NOT NULL,
	"state" text NOT NULL,
	"since" bigint NOT NULL,
	CONSTRAINT "held_site_holder_hold_pk" PRIMARY KEY("site","holder","hold")
);
--> statement-breakpoint
CREATE TABLE "lots" (
	"site" text NOT NULL,
	"pool" text NOT NULL,
	"lot" text NOT NULL,
	"quantity" double precision NOT NULL,
	"expires_at" bigint NOT NULL,
	CONSTRAINT "lots_site_pool_lot_pk" PRIMARY KEY("site","pool","lot")
);
--> statement-breakpoint
CREATE TABLE "pools" (
	"site" text NOT NULL,
	"id" text NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"turnover" text NOT NULL,
	"reorder_threshold" double precision NOT NULL,
	"reorder_quantity" double precision NOT NULL,
	"ordered" boolean NOT NULL,
	"passes_max" bigint NOT NULL,
	CONSTRAINT "pools_site_id_pk" PRIMARY KEY("site","id")
);
--> statement-breakpoint
CREATE TABLE "reorders" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"site" text NOT NULL,
	"pool" text NOT NULL,
	"quantity" double precision NOT NULL,
	"remaining" double precision NOT NULL,
	"ordered_at" bigint NOT NULL,
	"delivered_at" bigint
);
--> statement-breakpoint
CREATE TABLE "requests" (
	"site" text NOT NULL,
	"holder" text NOT NULL,
	"wait" integer NOT NULL,
	"needs" jsonb NOT NULL,
	"priority" double precision NOT NULL,
	"slot" jsonb,
	"at" bigint NOT NULL,
	"sequence" bigint NOT NULL,
	"passed" integer NOT NULL,
	CONSTRAINT "requests_site_holder_wait_pk" PRIMARY KEY("site","holder","wait")
);
--> statement-breakpoint
CREATE TABLE "units" (
	"site" text NOT NULL,
	"id" text NOT NULL,
	"pool" text NOT NULL,
	"name" text NOT NULL,
	"place" text NOT NULL,
	"attributes" jsonb NOT NULL,
	"state" text NOT NULL,
	"holder" text NOT NULL,
	"hold" integer NOT NULL,
	"turnover_run" text NOT NULL,
	"calendar" text NOT NULL,
	"out_of_service" boolean NOT NULL,
	"since" bigint NOT NULL,
	CONSTRAINT "units_site_id_pk" PRIMARY KEY("site","id")
);
--> statement-breakpoint
CREATE TABLE "incidents" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"site" text NOT NULL,
	"run" text NOT NULL,
	"wait" integer NOT NULL,
	"pathway" text NOT NULL,
	"element" text NOT NULL,
	"name" text NOT NULL,
	"activity" text NOT NULL,
	"reason" text NOT NULL,
	"owner" text NOT NULL,
	"state" text NOT NULL,
	"remedy" text,
	"remedy_reason" text,
	"resolved_by" text,
	"opened_at" bigint NOT NULL,
	"resolved_at" bigint,
	"request" jsonb
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"site" text NOT NULL,
	"name" text NOT NULL,
	"key" "bytea" NOT NULL,
	"run" text,
	"payload" "bytea" NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "runs" (
	"id" text PRIMARY KEY NOT NULL,
	"site" text NOT NULL,
	"pathway" text NOT NULL,
	"version" integer NOT NULL,
	"hash" text NOT NULL,
	"patient" text,
	"caller_run" text,
	"caller_wait" integer,
	"turnover_unit" text,
	"state" text NOT NULL,
	"started_at" bigint NOT NULL,
	"ended_at" bigint,
	"sequence" integer DEFAULT 0 NOT NULL,
	"instance" "bytea",
	"positions" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"error_code" text,
	"error_element" text,
	"answer" jsonb,
	"last_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "subscriptions" (
	"run" text NOT NULL,
	"wait" integer NOT NULL,
	"id" bigserial NOT NULL,
	"site" text NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"key" "bytea" NOT NULL,
	CONSTRAINT "subscriptions_run_wait_pk" PRIMARY KEY("run","wait")
);
--> statement-breakpoint
CREATE TABLE "tasks" (
	"id" text PRIMARY KEY NOT NULL,
	"site" text NOT NULL,
	"run" text NOT NULL,
	"wait" integer NOT NULL,
	"pathway" text NOT NULL,
	"hash" text NOT NULL,
	"patient" text,
	"element" text NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"role" text NOT NULL,
	"unit" text NOT NULL,
	"place" text NOT NULL,
	"form" text NOT NULL,
	"priority" double precision NOT NULL,
	"state" text NOT NULL,
	"assignee" text,
	"completed_by" text,
	"completion_key" text,
	"created_at" bigint NOT NULL,
	"due_at" bigint,
	"ended_at" bigint,
	"inputs" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "clock_segments" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"site" text NOT NULL,
	"wall" timestamp with time zone NOT NULL,
	"hospital" bigint NOT NULL,
	"rate" double precision NOT NULL,
	"heartbeat" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "sites" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"epoch" text NOT NULL,
	"time_zone" text NOT NULL,
	"ledger_state" uuid DEFAULT gen_random_uuid() NOT NULL,
	"ledger_sequence" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE INDEX "facts_order" ON "facts" USING btree ("transaction","id");--> statement-breakpoint
CREATE INDEX "facts_at" ON "facts" USING btree ("at");--> statement-breakpoint
CREATE INDEX "outbox_undelivered" ON "outbox" USING btree ("id") WHERE wall_delivered is null;--> statement-breakpoint
CREATE INDEX "outbox_undelivered_target" ON "outbox" USING btree ("target","id") WHERE wall_delivered is null;--> statement-breakpoint
CREATE INDEX "pathway_versions_hash" ON "pathway_versions" USING btree ("hash");--> statement-breakpoint
CREATE INDEX "pathway_versions_start_events" ON "pathway_versions" USING gin ("start_events");--> statement-breakpoint
CREATE UNIQUE INDEX "alerts_cause" ON "alerts" USING btree ("site","cause");--> statement-breakpoint
CREATE INDEX "alerts_newest" ON "alerts" USING btree ("opened_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "alerts_open" ON "alerts" USING btree ("id") WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "appointments_patient" ON "appointments" USING btree ("patient","start_at");--> statement-breakpoint
CREATE INDEX "appointments_start" ON "appointments" USING btree ("site","start_at");--> statement-breakpoint
CREATE INDEX "documents_newest" ON "documents" USING btree ("created_at" DESC NULLS LAST,"id");--> statement-breakpoint
CREATE INDEX "documents_patient" ON "documents" USING btree ("patient");--> statement-breakpoint
CREATE INDEX "documents_run" ON "documents" USING btree ("run");--> statement-breakpoint
CREATE INDEX "measurements_patient" ON "measurements" USING btree ("patient","at" DESC NULLS LAST);--> statement-breakpoint
CREATE UNIQUE INDEX "measurements_idempotency" ON "measurements" USING btree ("patient","idempotency");--> statement-breakpoint
CREATE INDEX "patients_newest" ON "patients" USING btree ("created_at" DESC NULLS LAST,"id");--> statement-breakpoint
CREATE UNIQUE INDEX "patients_matricule" ON "patients" USING btree ("site","matricule_index");--> statement-breakpoint
CREATE INDEX "patients_name" ON "patients" USING btree ("name_index");--> statement-breakpoint
CREATE INDEX "consumptions_run" ON "consumptions" USING btree ("run");--> statement-breakpoint
CREATE INDEX "consumptions_lot" ON "consumptions" USING btree ("site","pool","lot");--> statement-breakpoint
CREATE INDEX "held_pool" ON "held" USING btree ("site","pool");--> statement-breakpoint
CREATE INDEX "reorders_pool" ON "reorders" USING btree ("site","pool");--> statement-breakpoint
CREATE INDEX "requests_sequence" ON "requests" USING btree ("site","sequence");--> statement-breakpoint
CREATE INDEX "units_pool" ON "units" USING btree ("site","pool");--> statement-breakpoint
CREATE INDEX "incidents_run" ON "incidents" USING btree ("run","wait");--> statement-breakpoint
CREATE INDEX "incidents_newest" ON "incidents" USING btree ("opened_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "incidents_open" ON "incidents" USING btree ("id") WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "messages_name" ON "messages" USING btree ("site","name","id");--> statement-breakpoint
CREATE INDEX "runs_newest" ON "runs" USING btree ("started_at" DESC NULLS LAST,"id");--> statement-breakpoint
CREATE INDEX "runs_open" ON "runs" USING btree ("pathway","started_at" DESC NULLS LAST) WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "runs_pathway" ON "runs" USING btree ("pathway","started_at" DESC NULLS LAST,"id");--> statement-breakpoint
CREATE INDEX "runs_patient" ON "runs" USING btree ("patient");--> statement-breakpoint
CREATE INDEX "runs_caller" ON "runs" USING btree ("caller_run");--> statement-breakpoint
CREATE INDEX "subscriptions_name" ON "subscriptions" USING btree ("site","kind","name","key","id");--> statement-breakpoint
CREATE INDEX "tasks_worklist" ON "tasks" USING btree ("role","priority" DESC NULLS LAST,"created_at","id") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "tasks_run" ON "tasks" USING btree ("run");--> statement-breakpoint
CREATE INDEX "tasks_assignee" ON "tasks" USING btree ("assignee") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "tasks_newest" ON "tasks" USING btree ("created_at" DESC NULLS LAST,"id");--> statement-breakpoint
CREATE INDEX "clock_segments_site" ON "clock_segments" USING btree ("site","id" DESC NULLS LAST);