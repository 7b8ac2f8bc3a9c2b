ALTER TABLE "pathway_versions" ALTER COLUMN "program" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "pathway_versions" ADD COLUMN "revision" text NOT NULL DEFAULT '';--> statement-breakpoint
ALTER TABLE "pathway_versions" ADD COLUMN "state" text NOT NULL DEFAULT 'published';--> statement-breakpoint
ALTER TABLE "pathway_versions" ADD COLUMN "author" text NOT NULL DEFAULT 'library';--> statement-breakpoint
ALTER TABLE "pathway_versions" ADD COLUMN "approver" text;--> statement-breakpoint
ALTER TABLE "pathway_versions" ADD COLUMN "note" text NOT NULL DEFAULT '';--> statement-breakpoint
ALTER TABLE "pathway_versions" ADD COLUMN "published_at" bigint;--> statement-breakpoint
ALTER TABLE "pathway_versions" ADD COLUMN "retired_at" bigint;--> statement-breakpoint
UPDATE "pathway_versions" SET "state" = CASE WHEN "published" THEN 'published' ELSE 'draft' END, "published_at" = CASE WHEN "published" THEN "created_at" END;--> statement-breakpoint
ALTER TABLE "pathway_versions" ALTER COLUMN "revision" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "pathway_versions" ALTER COLUMN "state" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "pathway_versions" ALTER COLUMN "author" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "pathway_versions" ALTER COLUMN "note" DROP DEFAULT;
