/** What of a state is a matter of chance that is not over yet: work, waiting and repairs under way. How long they last is drawn anew, given how long they have lasted. */
import { load } from '../../pathways/engine/index.ts'
import type { ProgramDuration } from '../../pathways/language/program.ts'
import { type ChanceKey, within, wordOf } from '../simulate/chance.ts'
import type { HospitalOptions, HospitalState, Planned } from '../simulate/index.ts'
import { PlannedKind, type SimulatedRun } from '../simulate/state.ts'
import { durationOf, prepare } from '../simulate/work.ts'
import { residualSample } from './residual.ts'

export interface UnderWay {
  what: Work | { type: 'breakdown' | 'repair'; unit: string; count: number }
  /** How long it has lasted, without what it was interrupted for. Milliseconds. */
  elapsed: number
  duration: ProgramDuration | null
}

/** `run` and `batch` are indexes of the state's; a batch takes as long as the work of the run that began it. */
type Work =
  | { type: 'task' | 'timer'; run: number; wait: number }
  | { type: 'interrupted'; run: number; activation: number }
  | { type: 'batch'; run: number; batch: number }

export const UNDER_WAY = wordOf('under way')

type Model = Pick<HospitalOptions, 'programs' | 'formerPrograms' | 'site' | 'elements' | 'pools'>

/** @param timersAreKnown nobody draws when timers elapse. */
export const underWayIn = (state: HospitalState, model: Model, timersAreKnown: boolean): UnderWay[] => {
  const lasts = durations(state, model)
  const inBatch = new Set(state.batches.flatMap(({ members }) => members.map(({ run, wait }) => `${run} ${wait}`)))
  return [
    ...state.runs.flatMap((run, index) => [
      ...run.tasks
        .filter(({ wait }) => !inBatch.has(`${run.id} ${wait}`))
        .map((task) => {
          const what = { type: 'task', run: index, wait: task.wait } as const
          return { what, elapsed: workedOn(run, task, state.at), duration: lasts(run, task, task.begun) }
        }),
      ...interruptedIn(run, index, lasts),
      ...(timersAreKnown ? [] : timersIn(run, index, state.at, lasts)),
    ]),
    ...batchesIn(state, lasts),
    ...outagesIn(state, model),
  ]
}

/** Whether an entry of the agenda is of what is drawn anew. */
export const isOfThese = (underWay: UnderWay[], { runs }: HospitalState): ((item: Planned) => boolean) => {
  const timers = new Set(underWay.map(({ what }) => (what.type === 'timer' ? `${runs[what.run]!.id} ${what.wait}` : '')))
  return (item) =>
    ['task', 'batchDone', 'breakdown', 'repair'].includes(item.type) ||
    (item.type === 'timer' && timers.has(`${item.run} ${item.wait}`))
}

/** Draws all of it in a state whose runs have their keys. @param chance of the replication. @param plan puts what ends into the agenda. */
export const drawAnew = (
  underWay: UnderWay[],
  state: HospitalState,
  chance: ChanceKey,
  plan: (at: number, kind: number, item: Planned) => void,
): void => {
  for (const { what, elapsed, duration } of underWay) {
    if ('unit' in what) {
      const key = within(within(chance, wordOf(`${what.type} ${what.unit}`)), what.count)
      plan(state.at + Math.round(residualSample(duration, elapsed, key) - elapsed), PlannedKind.calendar, what)
      continue
    }
    const run = state.runs[what.run]!
    const place = what.type === 'interrupted' ? what.activation : what.type === 'batch' ? what.batch : what.wait
    const key = within(within(within(run.key, UNDER_WAY), place), what.type === 'batch' ? 1 : 0)
    const lastsMs = Math.round(residualSample(duration, elapsed, key))
    const leftMs = Math.max(0, lastsMs - elapsed)
    const due = state.at + leftMs
    if (what.type === 'timer') {
      run.instance.marking.waits.find(({ id }) => id === what.wait)!.due = due
      plan(due, PlannedKind.timer, { type: 'timer', run: run.id, wait: what.wait })
    } else if (what.type === 'task') {
      const task = run.tasks.find(({ wait }) => wait === what.wait)!
      task.done = due
      const conduct = run.conduct[task.activation]
      if (conduct?.begun) conduct.begun = { lastsMs, key: task.key }
      plan(due, PlannedKind.task, { type: 'task', run: run.id, wait: what.wait })
    } else if (what.type === 'interrupted') {
      const conduct = run.conduct[what.activation]!
      conduct.begun = { lastsMs, key }
      conduct.leftMs = leftMs
    } else if (what.type === 'batch') {
      const batch = state.batches[what.batch]!
      batch.lastsMs = lastsMs
      if (batch.state === 'working') plan(due, PlannedKind.task, { type: 'batchDone', batch: batch.id })
    }
  }
}

type Durations = (run: SimulatedRun, of: { node: number; activation: number }, begun: number) => ProgramDuration | null

const durations = (state: HospitalState, { programs, formerPrograms = [], site }: Model): Durations => {
  const versions = new Map([...formerPrograms, ...programs].map((program) => [program.hash, prepare(load(program, site), {})]))
  const units = new Map(state.ledger.units.map((unit) => [unit.id, unit.attributes]))
  return (run, of, begun) => durationOf(versions.get(run.hash)!, run, of, begun, (unit) => units.get(unit) ?? {})
}

const workedOn = (run: SimulatedRun, task: SimulatedRun['tasks'][number], at: number): number => {
  const begun = run.conduct[task.activation]?.begun
  return at - task.begun + (begun ? begun.lastsMs - (task.done - task.begun) : 0)
}

const interruptedIn = (run: SimulatedRun, index: number, lasts: Durations): UnderWay[] =>
  Object.entries(run.conduct).flatMap(([id, { begun, leftMs }]) => {
    const activation = Number(id)
    const node = run.instance.marking.activations.find((open) => open.id === activation)?.node
    if (!begun || leftMs === null || node === undefined) return []
    const duration = lasts(run, { node, activation }, run.instance.bookkeeping.at)
    return [{ what: { type: 'interrupted', run: index, activation }, elapsed: begun.lastsMs - leftMs, duration }]
  })

/** Events to which a scenario gives a duration of their own. */
const timersIn = (run: SimulatedRun, index: number, at: number, lasts: Durations): UnderWay[] =>
  run.instance.marking.waits.flatMap((wait) => {
    if (wait.kind !== 'timer' || wait.period !== '') return []
    const begun = run.instance.bookkeeping.since[wait.activation] ?? run.instance.bookkeeping.at
    const duration = lasts(run, wait, begun)
    if (!duration) return []
    return [{ what: { type: 'timer', run: index, wait: wait.id }, elapsed: Math.max(0, at - begun), duration }]
  })

const batchesIn = ({ batches, runs, agenda, at }: HospitalState, lasts: Durations): UnderWay[] =>
  batches.flatMap((batch, place) => {
    const first = runs.findIndex(({ id }) => id === batch.members[0]?.run)
    const task = runs[first]?.tasks.find(({ wait }) => wait === batch.members[0]!.wait)
    if (!task) return []
    const done = agenda.find(({ item }) => item.type === 'batchDone' && item.batch === batch.id)
    const elapsed = done ? at - (done.at - batch.lastsMs) : 0
    return [{ what: { type: 'batch', run: first, batch: place }, elapsed, duration: lasts(runs[first]!, task, task.begun) }]
  })

/** Nobody has written down when a unit was repaired last: the next breakdown is awaited from now on. */
const outagesIn = ({ agenda, ledger, at }: HospitalState, { pools = {} }: Model): UnderWay[] =>
  agenda.flatMap(({ item }): UnderWay[] => {
    if (item.type !== 'breakdown' && item.type !== 'repair') return []
    const unit = ledger.units.find(({ id }) => id === item.unit)!
    const breakdowns = pools[unit.pool]?.breakdowns
    if (!breakdowns) return []
    if (item.type === 'breakdown') return [{ what: item, elapsed: 0, duration: breakdowns.every }]
    if ('pathway' in breakdowns.repair) return []
    return [{ what: item, elapsed: unit.state === 'closed' ? at - unit.since : 0, duration: breakdowns.repair.lasts }]
  })
