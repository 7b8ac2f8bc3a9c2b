UPDATE "patients" SET "ins_status" = CASE "ins_status" WHEN 'qualified' THEN 'QUAL' WHEN 'provisional' THEN 'PROV' ELSE "ins_status" END;--> statement-breakpoint
ALTER TABLE "patients" ADD CONSTRAINT "patients_ins_status" CHECK (ins_status in ('PROV', 'RECUP', 'VALI', 'QUAL'));
