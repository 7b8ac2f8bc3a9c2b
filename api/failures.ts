/** From what fails underneath to what the caller is told; null when it is a fault of ours. */
import { RecordsError, type RecordsErrorCode } from '../records/errors.ts'
import { type ProblemCode, ProblemError } from './problems.ts'

const CONNECTION_CODES = new Set([
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  // Postgres is shutting down, was shut down, is starting up.
  '57P01',
  '57P02',
  '57P03',
])

const PROBLEMS: Partial<Record<RecordsErrorCode, ProblemCode>> = {
  databaseUnreachable: 'database-unavailable',
  unknownSite: 'no-hospital',
  unknownPathway: 'unknown-pathway',
  unknownVersion: 'unknown-version',
  unknownRun: 'unknown-run',
  unknownTask: 'unknown-task',
  unknownUnit: 'unknown-unit',
  unknownPool: 'unknown-pool',
  unknownIncident: 'unknown-incident',
  unknownStart: 'unknown-pathway',
  runOver: 'run-over',
  taskTaken: 'task-claimed',
  taskOver: 'stale-task',
  badCursor: 'bad-cursor',
  notADraft: 'not-a-draft',
  draftChanged: 'draft-changed',
  notExecutable: 'not-executable',
  notPublished: 'not-published',
  samePerson: 'same-person',
  unknownMigration: 'unknown-migration',
  migrationUnderWay: 'migration-under-way',
  unknownExperiment: 'unknown-experiment',
  otherRelease: 'other-release',
  unknownForecast: 'unknown-forecast',
  unknownRequest: 'unknown-request',
  changedMeanwhile: 'changed-meanwhile',
  unitNotHeld: 'unit-not-held',
  unitNotFree: 'unit-not-free',
  unitInUse: 'unit-in-use',
  unitClosed: 'unit-closed',
  unitPromised: 'unit-promised',
  unitDoesNotFit: 'unit-does-not-fit',
  unitOfOtherPool: 'unit-of-other-pool',
  unitWithoutTurnover: 'unit-without-turnover',
  plannedByPathway: 'planned-by-pathway',
}

/** @param parameters what the caller named: fills the problem's text. */
export function problemOf(error: unknown, parameters: Record<string, string> = {}): ProblemError | null {
  if (error instanceof ProblemError) return error
  if (error instanceof RecordsError) {
    const code = PROBLEMS[error.code]
    return code ? new ProblemError(code, parameters) : null
  }
  return isDatabaseUnreachable(error) ? new ProblemError('database-unavailable') : null
}

/** Whether an error, or what caused it, is a lost or refused connection to Postgres. */
export function isDatabaseUnreachable(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const code = (cause as { code?: unknown }).code
    if (typeof code === 'string' && (CONNECTION_CODES.has(code) || code.startsWith('08'))) return true
    if (cause instanceof AggregateError && cause.errors.some(isDatabaseUnreachable)) return true
  }
  return false
}
