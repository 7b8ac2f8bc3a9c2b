/** One case in virtual time, in memory: what would happen, line by line, if people, systems and messages did what a script says. */

import type { RecordedEvent, ThrownError } from '../../pathways/engine/contract.ts'
import { type Executable, load } from '../../pathways/engine/index.ts'
import type { Instance } from '../../pathways/engine/instance.ts'
import type { Variables } from '../../pathways/language/feel/value.ts'
import type { Program } from '../../pathways/language/program.ts'
import type { Ledger } from '../../pathways/resources/index.ts'
import { formatDuration } from '../../pathways/time/duration.ts'
import type { SiteTime } from '../../pathways/time/site.ts'
import { type Fact, MemoryHost, type Run } from './memory-host.ts'
import { after, RehearsalError, type Script } from './script.ts'
import { ScriptedStaff, scriptable } from './scripted-staff.ts'
import { planTriggers, startOf } from './triggers.ts'

export interface Rehearsal {
  /** The processes of one file, executable or drawn. */
  programs: Program[]
  /** The process to rehearse; the first one unless named. */
  process?: string
  /** Processes of the file to start first. */
  also?: string[]
  script?: Script
  /** Of what chance decides in a drawing, 1 unless given. */
  seed?: number
  /** ISO 8601 duration, P1Y unless given. */
  until?: string
  site?: SiteTime
  /** Without one, every request is granted at once. */
  ledger?: Ledger
  /** Saves and loads every Instance around each step: nothing may change by it. */
  savesEveryStep?: boolean
}

export interface RehearsalLine {
  /** Since the start, ISO 8601. */
  at: string
  process: string
  /** A BPMN id: of an element, or, for `taken`, of a sequence flow. */
  element: string
  name: string
  type: string
  event: 'entered' | 'completed' | 'cancelled' | 'failed' | 'taken' | 'thrown' | 'caught'
  /** A multi-instance activity as a whole: how many instances. */
  instances?: number
  /** One of its instances, from 1. */
  instance?: number
}

export interface RehearsalEnd {
  outcome: 'completed' | 'stuck' | 'failed' | 'unfinished'
  at: string
  variables: Variables
  /** Ids of the elements that are still open. */
  open: string[]
  error: ThrownError | null
}

/** Where a rehearsal's clock begins, unless the caller knows better. */
export const defaultSite: SiteTime = { epoch: '2026-01-01T00:00:00Z', timeZone: 'Europe/Paris' }
/** A pathway that goes round for ever is stopped after so many events. */
const EVENTS_MAX = 1_000_000

/**
 * Plays a case, lazily: each line as it happens, the outcome last.
 * @throws RehearsalError when a process, an element, a flow or a value of the script is not usable.
 */
export function* rehearse(rehearsal: Rehearsal): Generator<RehearsalLine | RehearsalEnd, void> {
  const site = rehearsal.site ?? defaultSite
  const script = rehearsal.script ?? {}
  const until = after(0, rehearsal.until ?? 'P1Y', site, '--until')
  const executables = rehearsal.programs.map((program) => load(scriptable(program, script), site))
  const main = executableOf(executables, rehearsal.process ?? rehearsal.programs[0]?.process ?? '', '--process')
  const lines: RehearsalLine[] = []
  const show = (run: Run, fact: Fact, at: number) => {
    const line = lineOf(run, fact, at)
    if (line) lines.push(line)
  }
  const staff = new ScriptedStaff(script, executables, site, show, rehearsal.seed)
  const { ledger, savesEveryStep } = rehearsal
  const host = new MemoryHost({ executables, staff, ...(ledger && { ledger }), ...(savesEveryStep && { savesEveryStep }) })
  for (const process of rehearsal.also ?? []) host.start(executableOf(executables, process, '--also'), -1, {})
  const run = startMain(host, main, script, site, until)
  const retryTriggers = planTriggers(host, executables, script, site)
  for (let events = 0; events < EVENTS_MAX && host.next <= until && host.advance(); events++) {
    retryTriggers()
    yield* lines
    lines.length = 0
  }
  const begun = run()
  yield begun ? endOf(begun, until, host.next) : { outcome: 'unfinished', at: isoOf(until), variables: {}, open: [], error: null }
}

/** Begins at the start event that a trigger names, when it comes, else at the plain one, now. */
function startMain(host: MemoryHost, main: Executable, script: Script, site: SiteTime, until: number): () => Run | null {
  const { start, at } = startOf(main, script, site)
  let run: Run | null = null
  const begin = () => {
    run = host.start(main, start, { ...script.variables })
  }
  if (at <= 0) begin()
  else if (at <= until) host.plan(at, begin)
  return () => run
}

function executableOf(executables: Executable[], process: string, place: string): Executable {
  const found = executables.find(({ program }) => program.process === process)
  if (found) return found
  const ids = executables.map(({ program }) => program.process).join(', ')
  throw new RehearsalError(place, `there is no process "${process}"; there is ${ids === '' ? 'none' : ids}`)
}

/** Facts that are lines; the others are the ledger's. */
export const shownEvents: ReadonlySet<RecordedEvent> = new Set<RehearsalLine['event']>([
  'entered',
  'completed',
  'cancelled',
  'failed',
  'taken',
  'thrown',
  'caught',
])

function lineOf({ executable: { program } }: Run, fact: Fact, at: number): RehearsalLine | null {
  if (!shownEvents.has(fact.event)) return null
  const isFlow = fact.event === 'taken'
  const element = isFlow ? program.flows[fact.element]! : program.nodes[fact.element]!
  const line: RehearsalLine = {
    at: isoOf(at),
    process: program.process,
    element: element.id,
    name: element.name,
    type: 'type' in element ? element.type : 'bpmn:SequenceFlow',
    event: fact.event as RehearsalLine['event'],
  }
  if (fact.detail?.instances !== undefined) line.instances = fact.detail.instances as number
  if (fact.instance > 0) line.instance = fact.instance
  return line
}

/** A hospital time as the lines show it. */
export const isoOf = (milliseconds: number): string => formatDuration({ months: 0, milliseconds })

/** How a run stands at the end. @param next when something would happen still; infinity when nothing will. */
export function endOf(
  { executable: { program }, instance }: Pick<Run, 'executable' | 'instance'>,
  until: number,
  next: number,
): RehearsalEnd {
  const { outcome, waits } = instance.marking
  const { at, error } = instance.bookkeeping
  const variables = instance.variables[0]!
  const open = openElements(program, instance)
  if (outcome !== 'running')
    return { outcome: outcome === 'completed' ? 'completed' : 'failed', at: isoOf(at), variables, open, error }
  // With nobody to wait for, only tokens are left that can never go on.
  if (waits.length === 0) return { outcome: 'stuck', at: isoOf(at), variables, open, error }
  return { outcome: 'unfinished', at: isoOf(next > until ? until : at), variables, open, error }
}

/** What is open, scopes included, and the joins where tokens rest, each once. */
function openElements({ nodes, flows }: Program, { marking }: Instance): string[] {
  const open = marking.activations.filter(({ node }) => node !== 0).map(({ node }) => nodes[node]!.id)
  const resting = marking.tokens.map(({ flow }) => nodes[flows[flow]!.target]!.id)
  return [...new Set([...open, ...resting])]
}
