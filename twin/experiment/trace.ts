/** What happened in one replication, by columns: small to store, quick to search by time. */
import type { Program } from '../../pathways/language/program.ts'
import type { Observer } from '../simulate/index.ts'

/** Row by row in order of time; texts stand once, rows refer to them by index. */
export interface Trace {
  runs: string[]
  pathways: string[]
  elements: string[]
  events: string[]
  columns: {
    /** Hospital milliseconds. */
    at: number[]
    run: number[]
    pathway: number[]
    element: number[]
    event: number[]
    /** Of a multi-instance activity, from 1; else 0. */
    instance: number[]
  }
}

/** An observer that writes a trace. */
export const tracing = (programs: Program[]): { observer: Observer; trace: Trace } => {
  const nodes = new Map(programs.map(({ process, nodes: own, flows }) => [process, { own, flows }]))
  const trace: Trace = {
    runs: [],
    pathways: [],
    elements: [],
    events: [],
    columns: { at: [], run: [], pathway: [], element: [], event: [], instance: [] },
  }
  const { columns } = trace
  const [run, pathway, element, event] = [trace.runs, trace.pathways, trace.elements, trace.events].map(indexer)
  const observer: Observer = {
    recorded: (of, fact, at) => {
      const { own, flows } = nodes.get(of.pathway)!
      const { id } = fact.event === 'taken' ? flows[fact.element]! : own[fact.element]!
      columns.at.push(at)
      columns.run.push(run!(of.id))
      columns.pathway.push(pathway!(of.pathway))
      columns.element.push(element!(id))
      columns.event.push(event!(fact.event))
      columns.instance.push(fact.instance)
    },
  }
  return { observer, trace }
}

const indexer = (texts: string[]): ((text: string) => number) => {
  const known = new Map<string, number>()
  return (text) => {
    const found = known.get(text)
    if (found !== undefined) return found
    known.set(text, texts.length)
    return texts.push(text) - 1
  }
}
