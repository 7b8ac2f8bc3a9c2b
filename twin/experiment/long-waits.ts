/** Shares of requests that waited longer than a limit: counted one by one, for those limits that a scenario asks about. */
import type { Program } from '../../pathways/language/program.ts'
import type { ScenarioFile } from './schema.ts'

const minuteMs = 60_000

/** Requests of one element that waited longer than one limit, served or not. */
export class LongWaits {
  readonly name: string
  readonly node: number
  count = 0
  readonly #limitMs: number

  constructor(name: string, node: number, limitMinutes: number) {
    this.name = name
    this.node = node
    this.#limitMs = limitMinutes * minuteMs
  }

  /** @param wait milliseconds. */
  add(node: number, wait: number): void {
    if (node === this.node && wait > this.#limitMs) this.count++
  }
}

/** Of the measures that are asked for, those that are shares of long waits at elements of this pathway: `visit.Exam.waitOver240MinutesShare`. */
export const longWaitsOf = ({ process, nodes }: Program, asked: string[]): LongWaits[] =>
  [...new Set(asked)].flatMap((name) => {
    const [, element, minutes] = /^(.+)\.waitOver(\d{1,7})MinutesShare$/.exec(name) ?? []
    const node = nodes.findIndex(({ id, needs, takes }) => `${process}.${id}` === element && needs.length + takes.length > 0)
    return node < 0 ? [] : [new LongWaits(name, node, Number(minutes))]
  })

/** The names of all measures that a scenario speaks of. */
export const askedMeasures = ({ measures, targets, replications }: ScenarioFile): string[] => [
  ...measures,
  ...targets.map(({ measure }) => measure),
  ...(typeof replications === 'number' ? [] : [replications.measure]),
]
