ALTER TABLE "patients" ADD COLUMN "used_name_index" "bytea";--> statement-breakpoint
CREATE INDEX "patients_used_name" ON "patients" USING btree ("used_name_index");