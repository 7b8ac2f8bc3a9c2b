/** The API's types for those who call it from TypeScript: nothing of the server is imported by importing these. */
import type { z } from '@hono/zod-openapi'
import type { pageOf } from './pages.ts'
import type * as beds from './schemas/beds.ts'
import type * as commandCentre from './schemas/command-centre.ts'
import type * as experiments from './schemas/experiments.ts'
import type * as followUps from './schemas/follow-ups.ts'
import type * as forecasts from './schemas/forecasts.ts'
import type * as migrations from './schemas/migrations.ts'
import type * as pathways from './schemas/pathways.ts'
import type * as patients from './schemas/patients.ts'
import type * as places from './schemas/places.ts'
import type * as rehearsals from './schemas/rehearsals.ts'
import type * as resources from './schemas/resources.ts'
import type * as runs from './schemas/runs.ts'
import type * as scenarios from './schemas/scenarios.ts'
import type * as tasks from './schemas/tasks.ts'
import type * as theatres from './schemas/theatres.ts'
import type * as watch from './schemas/watch.ts'

export type { ProblemBody, ProblemCode } from './problems.ts'
export type { Role } from './roles.ts'

export type Page<Item> = Omit<z.infer<ReturnType<typeof pageOf<z.ZodType>>>, 'items'> & { items: Item[] }

export type PathwayItem = z.infer<typeof pathways.PathwayItem>
export type PathwayVersionItem = z.infer<typeof pathways.PathwayVersionItem>
export type PathwayVersionDetail = z.infer<typeof pathways.PathwayVersionDetail>
export type PositionItem = z.infer<typeof pathways.PositionItem>
export type TextsItem = z.infer<typeof pathways.TextsItem>
export type Positions = z.infer<typeof pathways.Positions>

export type CheckedSources = z.infer<typeof pathways.CheckedSources>
export type Presences = z.infer<typeof pathways.Presences>
export type SavedDraft = z.infer<typeof pathways.SavedDraft>
export type DraftReplacement = z.input<typeof pathways.DraftReplacement>
export type ScenarioResults = z.infer<typeof pathways.ScenarioResults>

export type MigrationItem = z.infer<typeof migrations.MigrationItem>
export type MigrationRunItem = z.infer<typeof migrations.MigrationRunItem>

export type ElementTimesItem = z.infer<typeof rehearsals.ElementTimesItem>
export type ElementTimesList = z.infer<typeof rehearsals.ElementTimesList>
export type ConnectorsList = z.infer<typeof rehearsals.ConnectorsList>
export type LogProblems = z.infer<typeof rehearsals.LogProblems>
export type StartsList = z.infer<typeof rehearsals.StartsList>
export type ProgramsList = z.infer<typeof rehearsals.ProgramsList>

export type RunItem = z.infer<typeof runs.RunItem>
export type RunElement = z.infer<typeof runs.RunElement>
export type RunDetail = z.infer<typeof runs.RunDetail>
export type RunStart = z.input<typeof runs.RunStart>
export type RunAnswer = z.infer<typeof runs.RunAnswer>
export type FactItem = z.infer<typeof runs.FactItem>

export type TaskItem = z.infer<typeof tasks.TaskItem>
export type TaskDetail = z.infer<typeof tasks.TaskDetail>
export type TaskCompletion = z.input<typeof tasks.TaskCompletion>
export type TaskSummary = z.infer<typeof tasks.TaskSummary>
export type TaskHandover = z.input<typeof tasks.TaskHandover>
export type ColleagueItem = z.infer<typeof tasks.ColleagueItem>
export type TaskAnswer = z.infer<typeof tasks.TaskAnswer>

export type PoolItem = z.infer<typeof resources.PoolItem>
export type UnitItem = z.infer<typeof resources.UnitItem>
export type QueueItem = z.infer<typeof resources.QueueItem>
export type HoldItem = z.infer<typeof resources.HoldItem>
export type OccupancyItem = z.infer<typeof resources.OccupancyItem>

export type Board = z.infer<typeof beds.BoardAnswer>
export type BoardUnitItem = z.infer<typeof beds.BoardUnitItem>
export type BoardRequestItem = z.infer<typeof beds.BoardRequestItem>
export type PlannedDay = z.infer<typeof theatres.PlannedDayAnswer>
export type InsertIn = z.input<typeof theatres.InsertIn>
export type PlanIn = z.input<typeof theatres.PlanIn>
export type BedDecisionIn = z.input<typeof beds.BedDecisionIn>
export type PlacesItem = z.infer<typeof places.PlacesItem>
export type SightingItem = z.infer<typeof places.SightingItem>
export type PresenceItem = z.infer<typeof places.PresenceItem>

export type PatientItem = z.infer<typeof patients.PatientItem>
export type PatientDetail = z.infer<typeof patients.PatientDetail>
export type FollowUpItem = z.infer<typeof followUps.FollowUpItem>
export type FollowUpPage = z.infer<typeof followUps.FollowUpPage>
export type ContactIn = z.input<typeof followUps.ContactIn>
export type PatientName = z.infer<typeof patients.PatientName>
export type ContactItem = z.infer<typeof patients.ContactItem>
export type WaitItem = z.infer<typeof patients.WaitItem>
export type Situation = z.infer<typeof patients.Situation>
export type Thresholds = z.infer<typeof patients.Thresholds>
export type AccessItem = z.infer<typeof patients.AccessItem>
export type DocumentItem = z.infer<typeof patients.DocumentItem>
export type DocumentDetail = z.infer<typeof patients.DocumentDetail>
export type MeasurementItem = z.infer<typeof patients.MeasurementItem>
export type MeasurementIn = z.input<typeof patients.MeasurementIn>

export type CommandCentre = z.infer<typeof commandCentre.CommandCentre>
export type MeasureItem = z.infer<typeof commandCentre.MeasureItem>

export type IncidentItem = z.infer<typeof watch.IncidentItem>
export type IncidentDecision = z.input<typeof watch.IncidentDecision>
export type AlertItem = z.infer<typeof watch.AlertItem>
export type AlertClosing = z.infer<typeof watch.AlertClosing>
export type Clock = z.infer<typeof watch.Clock>
export type Counters = z.infer<typeof watch.Counters>
export type SignIn = z.input<typeof watch.SignIn>
export type SessionItem = z.infer<typeof watch.SessionItem>

export type ScenarioItem = z.infer<typeof scenarios.ScenarioItem>
export type ScenarioModelItem = z.infer<typeof scenarios.ScenarioModelItem>
export type ExperimentItem = z.infer<typeof experiments.ExperimentItem>
export type ForecastItem = z.infer<typeof forecasts.ForecastItem>
export type HandedAction = z.infer<typeof forecasts.HandedAction>
export type ForecastDetail = z.infer<typeof forecasts.ForecastDetail>
export type DemandItem = z.infer<typeof forecasts.DemandItem>
