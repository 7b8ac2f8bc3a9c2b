DROP INDEX "experiments_newest";--> statement-breakpoint
DROP INDEX "forecasts_newest";--> statement-breakpoint
DROP INDEX "migrations_newest";--> statement-breakpoint
DROP INDEX "accesses_newest";--> statement-breakpoint
DROP INDEX "alerts_newest";--> statement-breakpoint
DROP INDEX "contacts_patient";--> statement-breakpoint
DROP INDEX "documents_newest";--> statement-breakpoint
DROP INDEX "measurements_patient";--> statement-breakpoint
DROP INDEX "patients_newest";--> statement-breakpoint
DROP INDEX "incidents_newest";--> statement-breakpoint
DROP INDEX "runs_newest";--> statement-breakpoint
DROP INDEX "runs_open";--> statement-breakpoint
DROP INDEX "runs_pathway";--> statement-breakpoint
DROP INDEX "runs_state";--> statement-breakpoint
DROP INDEX "tasks_worklist";--> statement-breakpoint
DROP INDEX "tasks_newest";--> statement-breakpoint
DROP INDEX "clock_segments_site";--> statement-breakpoint
ALTER TABLE "alerts" ADD COLUMN "close_note" "bytea";--> statement-breakpoint
CREATE INDEX "runs_ended" ON "runs" USING btree ("ended_at") WHERE ended_at is not null;--> statement-breakpoint
CREATE INDEX "experiments_newest" ON "experiments" USING btree ("created_at" DESC NULLS FIRST,"id");--> statement-breakpoint
CREATE INDEX "forecasts_newest" ON "forecasts" USING btree ("site","at" DESC NULLS FIRST,"id");--> statement-breakpoint
CREATE INDEX "migrations_newest" ON "migrations" USING btree ("created_at" DESC NULLS FIRST,"id");--> statement-breakpoint
CREATE INDEX "accesses_newest" ON "accesses" USING btree ("id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "alerts_newest" ON "alerts" USING btree ("opened_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "contacts_patient" ON "contacts" USING btree ("patient","at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "documents_newest" ON "documents" USING btree ("created_at" DESC NULLS FIRST,"id");--> statement-breakpoint
CREATE INDEX "measurements_patient" ON "measurements" USING btree ("patient","at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "patients_newest" ON "patients" USING btree ("created_at" DESC NULLS FIRST,"id");--> statement-breakpoint
CREATE INDEX "incidents_newest" ON "incidents" USING btree ("opened_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "runs_newest" ON "runs" USING btree ("started_at" DESC NULLS FIRST,"id");--> statement-breakpoint
CREATE INDEX "runs_open" ON "runs" USING btree ("pathway","started_at" DESC NULLS FIRST) WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "runs_pathway" ON "runs" USING btree ("pathway","started_at" DESC NULLS FIRST,"id");--> statement-breakpoint
CREATE INDEX "runs_state" ON "runs" USING btree ("state","started_at" DESC NULLS FIRST,"id");--> statement-breakpoint
CREATE INDEX "tasks_worklist" ON "tasks" USING btree ("role","priority" DESC NULLS FIRST,"created_at","id") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "tasks_newest" ON "tasks" USING btree ("created_at" DESC NULLS FIRST,"id");--> statement-breakpoint
CREATE INDEX "clock_segments_site" ON "clock_segments" USING btree ("site","id" DESC NULLS FIRST);