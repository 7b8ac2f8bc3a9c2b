/** From what the records hold to what the API answers: hospital milliseconds become ISO texts, sealed or private parts are left out. */
import type { z } from '@hono/zod-openapi'
import type { Instance } from '../pathways/engine/instance.ts'
import type { Variables } from '../pathways/language/feel/value.ts'
import type { Program, ProgramNode } from '../pathways/language/program.ts'
import { isoOf, type SiteTime } from '../pathways/time/site.ts'
import type { PathwayVersionRow } from '../records/pathways.ts'
import type { PatientTraits } from '../records/patients.ts'
import { type Role, seesClinical, seesIdentity, visibleVariables } from './roles.ts'
import type { PathwayVersionItem } from './schemas/pathways.ts'
import type { DocumentItem, MeasurementItem } from './schemas/patients.ts'
import type { FactItem, RunDetail, RunItem } from './schemas/runs.ts'
import type { TaskItem } from './schemas/tasks.ts'
import type { AlertItem } from './schemas/watch.ts'
import { isSynthetic, type Session } from './sessions.ts'

/** A hospital time as ISO 8601 with the site's offset; null stays null. */
export const timeOf = (at: number, site: SiteTime): string => isoOf(at, site)
export const timeOrNull = (at: number | null, site: SiteTime): string | null => (at === null ? null : isoOf(at, site))

export function versionItem(row: PathwayVersionRow, site: SiteTime): z.infer<typeof PathwayVersionItem> {
  const { pathway, version, hash, revision, title, state, author, approver, note, current, running } = row
  return {
    ...{ pathway, version, program: hash, revision, name: title, state, author, approver, note, current, running },
    savedAt: isoOf(row.createdAt, site),
    submittedBy: row.submittedBy,
    submittedAt: timeOrNull(row.submittedAt, site),
    publishedAt: timeOrNull(row.publishedAt, site),
    retiredAt: timeOrNull(row.retiredAt, site),
  }
}

const indexes = new WeakMap<Program, Map<string, ProgramNode>>()

/** The node of a BPMN id; a program keeps its index as long as it lives. */
export function nodeOf(program: Program, element: string): ProgramNode | undefined {
  let index = indexes.get(program)
  if (!index) {
    index = new Map(program.nodes.map((node) => [node.id, node]))
    indexes.set(program, index)
  }
  return index.get(element)
}

export interface RunRow {
  id: string
  pathway: string
  version: number
  state: z.infer<typeof RunItem>['state']
  patient: string | null
  startedAt: number
  endedAt: number | null
  positions: { element: string; since: number; state: 'requesting' | 'active' | 'cancelling' }[]
  errorCode: string | null
  errorElement: string | null
}

export function runItem(row: RunRow, program: Program, site: SiteTime, role: Role): z.infer<typeof RunItem> {
  return {
    id: row.id,
    pathway: row.pathway,
    version: row.version,
    state: row.state,
    patient: seesPatients(role) ? row.patient : null,
    startedAt: isoOf(row.startedAt, site),
    endedAt: timeOrNull(row.endedAt, site),
    error: row.errorCode === null ? null : { code: row.errorCode, element: row.errorElement ?? '' },
    elements: row.positions.map(({ element, since, state }) => {
      const node = nodeOf(program, element)
      return { element, name: node?.name ?? '', type: node?.type ?? '', since: isoOf(since, site), state }
    }),
  }
}

/** Whether a role sees the patient's pseudonym: it links what happens to one person. */
export function seesPatients(role: Role): boolean {
  return 'patient' in visibleVariables({ patient: true }, role)
}

/** What a run waits for and holds, from its Instance; nothing before its first step. */
export function waitsAndHolds(
  instance: Instance | null,
  program: Program,
  site: SiteTime,
): Pick<z.infer<typeof RunDetail>, 'waits' | 'holds'> {
  if (!instance) return { waits: [], holds: [] }
  const { waits, holds, activations } = instance.marking
  const node = (index: number) => program.nodes[index]!
  return {
    waits: waits.map(({ id, kind, node: index, name, due }) => ({
      ...{ id, kind, name, element: node(index).id },
      due: kind === 'timer' ? isoOf(due, site) : null,
    })),
    holds: holds.map(({ id, declaration, activation, state, units }) => {
      const declared = program.holds[declaration]
      const holder = activations.find((one) => one.id === activation)
      const pools = new Set(holder ? node(holder.node).needs.map(({ pool }) => pool) : [])
      return { id, state, units, name: declared?.name ?? '', pool: declared?.pool ?? [...pools].join(', ') }
    }),
  }
}

export interface FactRow {
  at: number
  run: string
  pathway: string
  event: string
  element: string
  elementName: string
  type: string
  instance: number
}

/** A fact without its detail: it travels to whoever watches. */
export function factItem(id: string, row: FactRow, site: SiteTime): z.infer<typeof FactItem> {
  const { run, pathway, event, element, elementName, type, instance } = row
  return { id, at: isoOf(row.at, site), run, pathway, event, element, name: elementName, type, instance }
}

export interface TaskRow {
  id: string
  run: string
  wait: number
  pathway: string
  patient: string | null
  element: string
  name: string
  role: string
  unit: string
  place: string
  form: string
  priority: number
  state: z.infer<typeof TaskItem>['state']
  assignee: string | null
  createdAt: number
  dueAt: number | null
  endedAt: number | null
  handover: { by: string; at: number; note: string } | null
}

/** @param traits of the patient it is about; null when there is none, or the caller may not see them. */
export function taskItem(
  row: TaskRow,
  session: Session,
  traits: PatientTraits | null,
  now: number,
  site: SiteTime,
): z.infer<typeof TaskItem> {
  const { id, run, pathway, element, name, role, form, unit, place, priority } = row
  const isFree = isFreeFor(row, session)
  const state = isFree && row.state === 'claimed' ? 'open' : row.state
  return {
    ...{ id, run, pathway, element, name, role, form, state, unit, place, priority },
    createdAt: isoOf(row.createdAt, site),
    due: timeOrNull(row.dueAt, site),
    overdue: row.endedAt === null && row.dueAt !== null && row.dueAt < now,
    claimedBy: isFree ? null : row.assignee,
    mine: row.assignee === session.actor,
    handover: row.handover && { ...row.handover, at: isoOf(row.handover.at, site) },
    patient: seesPatients(session.role) ? row.patient : null,
    patientName: traits && nameOf(traits),
  }
}

/** How a patient is named: as they are called, else as they were born. */
export function nameOf({ usedFamily, usedGiven, firstBirthGiven, birthDate, sex }: PatientTraits) {
  return { familyName: usedFamily, givenName: usedGiven ?? firstBirthGiven, birthDate, sex }
}

/** Whether somebody may take a task: what synthetic staff have in hand is anybody's. */
export function isFreeFor({ assignee }: { assignee: string | null }, { actor, synthetic }: Session): boolean {
  return assignee === null || assignee === actor ? assignee === null : isSynthetic(assignee) && !synthetic
}

/** The variables as seen from where a run waits: inner scopes hide outer ones. */
export function variablesAt(instance: Instance | null, wait: number): Variables {
  const { activations, waits } = instance?.marking ?? { activations: [], waits: [] }
  const chain: Variables[] = []
  let at = waits.find(({ id }) => id === wait)?.activation ?? -1
  while (at >= 0) {
    chain.unshift(instance?.variables[at] ?? {})
    const activation = activations.find(({ id }) => id === at)
    at = activation ? (activation.whole >= 0 ? activation.whole : activation.scope) : -1
  }
  return Object.assign({}, ...chain) as Variables
}

export interface AlertRow {
  id: number | string
  kind: string
  level: z.infer<typeof AlertItem>['level']
  run: string | null
  unit: string | null
  pool: string | null
  patient: string | null
  place: string
  owner: string
  reason: string | null
  state: 'open' | 'closed'
  openedAt: number
  dueAt: number | null
  closedAt: number | null
  closedBy: string | null
  closeNote: string | null
}

export function alertItem(
  row: AlertRow,
  traits: PatientTraits | null,
  role: Role,
  now: number,
  site: SiteTime,
): z.infer<typeof AlertItem> {
  const { kind, level, run, unit, pool, place, owner, state, closedBy } = row
  const mayRead = row.patient === null || seesClinical(role)
  return {
    ...{ id: String(row.id), kind, level, run, unit, pool, place, owner, state, closedBy },
    // What is said of a bed is for all; what is said of a patient is for those who treat them.
    reason: mayRead ? row.reason : null,
    closeNote: mayRead ? row.closeNote : null,
    patient: seesPatients(role) ? row.patient : null,
    patientName: traits && seesIdentity(role) ? nameOf(traits) : null,
    openedAt: isoOf(row.openedAt, site),
    due: timeOrNull(row.dueAt, site),
    overdue: row.state === 'open' && row.dueAt !== null && row.dueAt < now,
    closedAt: timeOrNull(row.closedAt, site),
  }
}

interface DocumentRow {
  id: string
  patient: string
  run: string
  typeCode: string
  title: string
  createdAt: number
  depositedAt: number | null
  mailedAt: number | null
}

export function documentItem(row: DocumentRow, site: SiteTime): z.infer<typeof DocumentItem> {
  const { id, patient, run, typeCode, title } = row
  return {
    ...{ id, patient, run, title, kind: typeCode },
    createdAt: isoOf(row.createdAt, site),
    depositedAt: timeOrNull(row.depositedAt, site),
    mailedAt: timeOrNull(row.mailedAt, site),
  }
}

interface MeasurementRow {
  id: number
  patient: string
  kind: string
  value: number
  unit: string
  at: number
}

export function measurementItem(
  { id, patient, kind, value, unit, at }: MeasurementRow,
  site: SiteTime,
): z.infer<typeof MeasurementItem> {
  return { id: String(id), patient, kind, value, unit, at: isoOf(at, site) }
}
