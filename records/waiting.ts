/** What a patient waits for, in each pathway they are on: the facts of the sentence that says why. */
import type { Instance, Wait } from '../pathways/engine/instance.ts'
import { NodeKind, type Program } from '../pathways/language/program.ts'
import { createLedger, type Explanation, explain } from '../pathways/resources/index.ts'
import { hospitalNow } from './clock.ts'
import type { Records, Sql } from './database.ts'
import { readLedger } from './ledger.ts'
import { loadProgram } from './programs.ts'
import { siteTime } from './sites.ts'

export interface PatientWait {
  run: string
  pathway: string
  program: Program
  /** Index in the Program of what waits. */
  node: number
  wait: number
  /** `activity` is a step that the hospital's systems do; `incident`, one that somebody must decide. */
  kind: 'incident' | 'request' | 'task' | 'activity' | 'timer' | 'message' | 'signal' | 'condition'
  since: number
  due: number | null
  /** The role that acts: of the task, of the one that begins once resources are granted, or of whoever decides. */
  role: string
  assignee: string | null
  /** Of a task. */
  task: string | null
  /** Message or signal listened for. */
  name: string
  /** Of a request: what is lacking, and who comes first. */
  explanation: Explanation | null
}

/** What is decided before what: a step that stands still for an incident holds up all that comes after it. */
const ORDER: PatientWait['kind'][] = ['incident', 'request', 'task', 'activity', 'message', 'condition', 'signal', 'timer']

interface OpenRun {
  id: string
  pathway: string
  hash: string
  instance: Uint8Array | null
}

interface OpenTask {
  id: string
  run: string
  wait: number
  role: string
  assignee: string | null
  createdAt: number
  dueAt: number | null
}

/** What a patient's runs hold under a name: a bed, a theatre with its team. */
export interface PatientHold {
  run: string
  /** As the pathway declares it. */
  hold: string
  pool: string
  unit: string
  /** Of the unit, as the hospital calls it. */
  name: string
  place: string
}

export interface Situation {
  /** What counts most first; what only guards another wait, a boundary event say, is left out. */
  waits: PatientWait[]
  holds: PatientHold[]
}

/** Where a patient stands in all their open runs. */
export async function situationOf(records: Records, patient: string): Promise<Situation> {
  const { sql, encryption } = records
  const runs = await sql<OpenRun[]>`select id, pathway, hash, instance from runs where patient = ${patient} and ended_at is null`
  const ids = runs.map(({ id }) => id)
  const [tasks, incidents] = await Promise.all([
    sql<OpenTask[]>`
      select id, run, wait, role, assignee, created_at as "createdAt", due_at as "dueAt" from tasks
      where run = any(${ids}::text[]) and ended_at is null`,
    sql<{ run: string; wait: number; owner: string; openedAt: number }[]>`
      select run, wait, owner, opened_at as "openedAt" from incidents where run = any(${ids}::text[]) and state = 'open'`,
  ])
  const found: PatientWait[] = []
  const held: Omit<PatientHold, 'name' | 'place'>[] = []
  for (const { id: run, pathway, hash, instance: sealed } of runs) {
    if (!sealed) continue
    const instance = encryption.decryptJson<Instance>(sealed)
    const program = await loadProgram(records, hash)
    held.push(...heldBy(run, program, instance))
    for (const wait of instance.marking.waits) {
      if (!isWaitedFor(program, wait)) continue
      const node = program.nodes[wait.node]!
      const task = tasks.find((one) => one.run === run && one.wait === wait.id)
      const incident = incidents.find((one) => one.run === run && one.wait === wait.id)
      const begun = instance.bookkeeping.since[wait.activation] ?? instance.bookkeeping.at
      found.push({
        ...{ run, pathway, program, node: wait.node, wait: wait.id, name: wait.name, explanation: null },
        kind: incident ? 'incident' : kindOf(wait, task !== undefined),
        since: incident?.openedAt ?? task?.createdAt ?? begun,
        due: task?.dueAt ?? (wait.kind === 'timer' ? wait.due : null),
        role: incident?.owner ?? task?.role ?? node.task?.role ?? '',
        assignee: task?.assignee ?? null,
        task: task?.id ?? null,
      })
    }
  }
  await explainRequests(records, found)
  const waits = found.sort(
    (left, right) =>
      ORDER.indexOf(left.kind) - ORDER.indexOf(right.kind) || left.since - right.since || (left.run < right.run ? -1 : 1),
  )
  return { waits, holds: await named(records, held) }
}

/** What a run holds under a name: the bed that a porter brings somebody to, the theatre that is to be cleaned. */
export async function holdsOfRun(
  records: Records,
  run: { id: string; hash: string; instance: Instance | null },
): Promise<PatientHold[]> {
  const program = await loadProgram(records, run.hash)
  return named(records, heldBy(run.id, program, run.instance))
}

function heldBy(run: string, program: Program, instance: Instance | null): Omit<PatientHold, 'name' | 'place'>[] {
  return (instance?.marking.holds ?? []).flatMap(({ declaration, state, units }) => {
    const declared = program.holds[declaration]
    return declared && state !== 'requested' ? units.map((unit) => ({ run, hold: declared.name, pool: declared.pool, unit })) : []
  })
}

async function named({ sql, site }: Records, held: Omit<PatientHold, 'name' | 'place'>[]): Promise<PatientHold[]> {
  const units = held.map(({ unit }) => unit)
  if (units.length === 0) return []
  const rows = await sql<{ id: string; name: string; place: string }[]>`
    select id, name, place from units where site = ${site} and id = any(${units}::text[])`
  return held.map((one) => {
    const { name, place } = rows.find(({ id }) => id === one.unit) ?? { name: one.unit, place: '' }
    return { ...one, name, place }
  })
}

/** A call is told by the run it called; boundary events and event subprocesses guard what is waited for. */
function isWaitedFor({ nodes }: Program, { kind, node }: Wait): boolean {
  const { kind: what, scope } = nodes[node]!
  if (kind === 'call' || what === NodeKind.boundaryEvent) return false
  return !(what === NodeKind.startEvent && nodes[scope]?.kind === NodeKind.eventSubProcess)
}

const kindOf = ({ kind }: Wait, isTask: boolean): PatientWait['kind'] => {
  if (kind === 'task') return isTask ? 'task' : 'activity'
  return kind as Exclude<Wait['kind'], 'task' | 'call'>
}

/** Requests say what they lack and who comes first; those that are refused for good are incidents already. */
async function explainRequests(records: Records, waits: PatientWait[]): Promise<void> {
  const requests = waits.filter(({ kind }) => kind === 'request')
  if (requests.length === 0) return
  const { sql, site } = records
  const at = await hospitalNow(records)
  const snapshot = await inOneView(sql, (tx) => readLedger(tx, site, 0))
  const ledger = createLedger(snapshot, await siteTime(records, sql, site))
  for (const request of requests) {
    request.explanation = explain(ledger, request.run, request.wait, at)
    request.since = request.explanation?.since ?? request.since
  }
}

const inOneView = <T>(sql: Sql, read: (tx: Parameters<Parameters<Sql['begin']>[1]>[0]) => Promise<T>): Promise<T> =>
  sql.begin('isolation level repeatable read read only', read) as Promise<T>
