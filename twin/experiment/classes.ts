/** Waits and stays by the class of a run: what a variable of it says. */
import type { Variables } from '../../pathways/language/feel/value.ts'
import type { Program } from '../../pathways/language/program.ts'
import type { ProgramGauges } from '../compiled/index.ts'
import { type Measure, waitsAt } from './measures.ts'
import type { Experiment } from './prepare.ts'
import { Tally } from './statistics.ts'

const minuteMs = 60_000

interface ClassMeasures {
  name: string
  completed: number
  stay: Tally
  /** By node that asks for something. */
  waits: Map<number, Tally>
}

interface Watched {
  program: Program
  variable: string
  values: Map<string, ClassMeasures>
}

/** Watches the runs of some pathways by class. Those that began during the warm-up are not counted; nor are those of no class that was named. */
export class Classes {
  /** By pathway and variable, then by the value as text. */
  readonly #watched: Watched[]
  readonly #from: number

  constructor({ scenario, options, warmUpEnd }: Experiment) {
    this.#from = warmUpEnd
    this.#watched = scenario.classes.map(({ pathway, variable, values }) => {
      const program = options.programs.find(({ process }) => process === pathway)!
      const measured = values.map((value): [string, ClassMeasures] => [
        String(value),
        {
          name: `${pathway}.${variable}=${value}`,
          completed: 0,
          stay: new Tally(),
          waits: new Map(
            program.nodes.flatMap((_, node) =>
              waitsAt(program, node, options.elements?.[pathway] ?? {}) ? [[node, new Tally()]] : [],
            ),
          ),
        },
      ])
      return { program, variable, values: new Map(measured) }
    })
  }

  /** What is counted of a pathway, and by class besides. */
  watching(process: string, gauges: ProgramGauges): ProgramGauges {
    const watched = this.#watched.filter(({ program }) => program.process === process)
    if (watched.length === 0) return gauges
    const from = this.#from
    return {
      ...gauges,
      readsVariables: true,
      completed: (startedAt, at, variables) => {
        gauges.completed(startedAt, at, variables)
        if (startedAt < from) return
        for (const each of watched) {
          const measures = classOf(each, variables)
          if (!measures) continue
          measures.completed++
          measures.stay.add((at - startedAt) / minuteMs)
        }
      },
      waited: (node, since, at, variables) => {
        gauges.waited(node, since, at, variables)
        if (since < from) return
        for (const each of watched)
          classOf(each, variables)
            ?.waits.get(node)
            ?.add((at - since) / minuteMs)
      },
    }
  }

  /** In the order of the scenario, then of values and elements. */
  measures(): Measure[] {
    const measures: Measure[] = []
    const add = (name: string, value: number) => measures.push({ name, value })
    for (const { program, values } of this.#watched)
      for (const { name, completed, stay, waits } of values.values()) {
        add(`${name}.completed`, completed)
        add(`${name}.stayMinutesMean`, stay.mean)
        add(`${name}.stayMinutesP95`, stay.quantile(0.95))
        for (const [node, wait] of waits) {
          const { id } = program.nodes[node]!
          add(`${name}.${id}.served`, wait.count)
          add(`${name}.${id}.waitMinutesMean`, wait.mean)
          add(`${name}.${id}.waitMinutesP95`, wait.quantile(0.95))
        }
      }
    return measures
  }
}

const classOf = ({ variable, values }: Watched, variables: Variables): ClassMeasures | undefined => {
  const value = variables[variable]
  return values.get(typeof value === 'string' ? value : JSON.stringify(value ?? null))
}
