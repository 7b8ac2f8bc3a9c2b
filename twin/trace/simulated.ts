/** A trace of what the simulator does: an observer that tells the tracer, and costs nothing where nobody asks for one. */
import type { Value } from '../../pathways/language/feel/value.ts'
import { layOut } from '../hospital/layout.ts'
import type { PlacesFile } from '../hospital/places-file.ts'
import type { HospitalOptions, Observer } from '../simulate/options.ts'
import type { SimulatedRun } from '../simulate/state.ts'
import type { Trace } from './trace.ts'
import { Tracer } from './tracer.ts'

export interface Tracing {
  observer: Observer
  finish(at: number): Trace
}

/** An observer for one replication from an empty hospital. @param file where its units stand; by rule without it. */
export const traceOf = (
  { programs, ledger, site, seed, replication = 0, start }: Omit<HospitalOptions, 'observer'>,
  name: string,
  file: PlacesFile | undefined,
): Tracing => {
  const { pools, units, calendars } = ledger
  const tracer = new Tracer({
    ...{ name, seed, replication, site, start, pools, units, calendars },
    places: layOut(units, file),
  })
  const nodes = new Map(programs.map((program) => [program.process, program.nodes]))
  const elementOf = (pathway: string, node: number): number => {
    const { id, name } = nodes.get(pathway)![node]!
    return tracer.element(pathway, id, name)
  }
  const asked = new Map<string, { element: number; pools: string[] }>()
  const observer: Observer = {
    started: (run, at) => {
      if (run.caller) return
      tracer.began(run.id, run.pathway, Number(run.id.slice(run.pathway.length + 1)), at)
      if (run.turnsOver !== '') tracer.turnsOver(run.id, run.turnsOver, at)
    },
    ended: (run, at) => {
      if (!run.caller) tracer.over(run.id, at)
    },
    recorded: (run, fact, at) => {
      if (fact.event === 'completed') {
        const urgency = urgencyOf(run)
        if (urgency > 0) tracer.urgency(wholeOf(run.id), urgency, at)
      } else if (fact.event === 'entered' && nodes.get(run.pathway)![fact.element]!.task)
        tracer.step(wholeOf(run.id), elementOf(run.pathway, fact.element), at)
    },
    asked: (run, wait, node, of, at) => {
      const element = elementOf(run.pathway, node)
      asked.set(`${run.id} ${wait}`, { element, pools: of })
      tracer.waits(wholeOf(run.id), element, of, at)
    },
    answered: (run, wait, _, at) => {
      const key = `${run.id} ${wait}`
      const before = asked.get(key)
      if (!before) return
      asked.delete(key)
      tracer.answered(wholeOf(run.id), before.element, before.pools, at)
    },
    held: (_, change, at, of, holder) => {
      for (const unit of of)
        if (change > 0) tracer.holds(wholeOf(holder), unit, at)
        else tracer.gives(wholeOf(holder), unit, at)
    },
  }
  return { observer, finish: (at) => tracer.finish(at) }
}

/** A called run is its caller's, a dot and more: what it does is its caller's doing. */
const wholeOf = (id: string): string => {
  const dot = id.indexOf('.')
  return dot < 0 ? id : id.slice(0, dot)
}

/** As the library's triage writes it: 1 is the most urgent. */
const urgencyOf = ({ instance }: SimulatedRun): number => {
  const triage = instance.variables[0]?.triage as Record<string, Value> | null | undefined
  const order = triage?.order
  return typeof order === 'number' && order >= 1 && order <= 9 ? order : 0
}
