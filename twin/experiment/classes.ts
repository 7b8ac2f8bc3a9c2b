/** Waits and stays by the class of a run: what a variable of it says. */
import type { Program } from '../../pathways/language/program.ts'
import type { Observer, SimulatedRun } from '../simulate/index.ts'
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

/** Watches the runs of some pathways by class. Those that began during the warm-up are not counted; nor are those of no class that was named. */
export class Classes {
  /** By pathway and variable, then by the value as text. */
  readonly #watched: { program: Program; variable: string; values: Map<string, ClassMeasures> }[]
  readonly #asked = new Map<string, { node: number; at: number }>()
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

  readonly observer: Observer = {
    asked: ({ id }, wait, node, _pools, at, again) => {
      if (!again) this.#asked.set(`${id} ${wait}`, { node, at })
    },
    answered: (run, wait, granted, at) => {
      const key = `${run.id} ${wait}`
      const asked = this.#asked.get(key)
      if (!asked) return
      this.#asked.delete(key)
      if (!granted || asked.at < this.#from) return
      for (const { waits } of this.#classesOf(run)) waits.get(asked.node)?.add((at - asked.at) / minuteMs)
    },
    ended: (run, at) => {
      if (run.startedAt < this.#from || run.instance.marking.outcome !== 'completed') return
      for (const measures of this.#classesOf(run)) {
        measures.completed++
        measures.stay.add((at - run.startedAt) / minuteMs)
      }
    },
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

  #classesOf({ pathway, instance }: SimulatedRun): ClassMeasures[] {
    return this.#watched.flatMap(({ program, variable, values }) => {
      if (program.process !== pathway) return []
      const value = instance.variables[0]?.[variable]
      const found = values.get(typeof value === 'string' ? value : JSON.stringify(value ?? null))
      return found ? [found] : []
    })
  }
}
