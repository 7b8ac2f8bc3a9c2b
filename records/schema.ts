/** Every table of the records: what the hospital knows. */
export * from './schema/facts.ts'
export * from './schema/migrations.ts'
export * from './schema/outbox.ts'
export * from './schema/pathways.ts'
export * from './schema/patients.ts'
export * from './schema/resources.ts'
export * from './schema/runs.ts'
export * from './schema/sites.ts'
