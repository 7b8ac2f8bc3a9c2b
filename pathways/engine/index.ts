/** The pathway engine: one Program, one Instance, one event at a time. */
export { accepts } from './accepts.ts'
export { NEXT } from './choice.ts'
export { InvariantError, type Refusal, type RefusalCode, RefusedEventError } from './errors.ts'
export { type Executable, load } from './executable.ts'
export { type Migrated, type MigrationRefusal, migrate } from './migration.ts'
export { type MigrationPlan, proposePlan } from './migration-plan.ts'
export { reopen } from './reopen.ts'
export { begin, isOver, MOVES_MAX, step } from './step.ts'
