/** What can go wrong with the records for a reason that somebody can put right. */
export type RecordsErrorCode =
  | 'databaseUnreachable'
  | 'keyMissing'
  | 'keyWrong'
  | 'unknownSite'
  | 'unknownPathway'
  | 'unknownVersion'
  | 'unknownProgram'
  | 'unknownRun'
  | 'unknownTask'
  | 'unknownUnit'
  | 'unknownPool'
  | 'unknownIncident'
  | 'unknownStart'
  | 'runOver'
  | 'taskTaken'
  | 'taskOver'
  | 'badCursor'
  | 'outOfSequence'
  | 'notADraft'
  | 'draftChanged'
  | 'notExecutable'
  | 'notPublished'
  | 'samePerson'
  | 'unknownMigration'
  | 'migrationUnderWay'
  | 'unknownExperiment'
  | 'otherRelease'
  | 'unknownForecast'
  | 'unknownRequest'
  | 'changedMeanwhile'
  | 'unitNotHeld'
  | 'unitNotFree'
  | 'unitInUse'
  | 'unitClosed'
  | 'unitPromised'
  | 'unitDoesNotFit'
  | 'unitOfOtherPool'
  | 'unitWithoutTurnover'
  | 'plannedByPathway'

/** The message names the place and the remedy, and never holds health data. */
export class RecordsError extends Error {
  override name = 'RecordsError'
  readonly code: RecordsErrorCode

  constructor(code: RecordsErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
