ALTER TABLE "pathway_versions" ADD COLUMN "submitted_by" text;--> statement-breakpoint
ALTER TABLE "pathway_versions" ADD COLUMN "submitted_at" bigint;