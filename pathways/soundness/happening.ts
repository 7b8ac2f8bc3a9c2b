/** What happens on the way to a state, as people see it on the diagram. */
import type { Program } from '../language/program.ts'

export interface Happening {
  element: string
  event: string
}

/** What has a name for each of a process's elements and flows, made once: a proof names them millions of times. */
export class Names {
  readonly #named = new Map<string, Happening[]>()
  readonly #program: Program

  constructor(program: Program) {
    this.#program = program
  }

  of(event: string, index: number): Happening {
    const named = this.#named.get(event) ?? []
    if (named.length === 0) this.#named.set(event, named)
    const known = named[index]
    if (known) return known
    const { nodes, flows } = this.#program
    const happening = { element: (event === 'taken' ? flows[index]! : nodes[index]!).id, event }
    named[index] = happening
    return happening
  }
}
