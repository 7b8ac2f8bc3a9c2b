/** Shortest ways through a hospital: for each destination, once, the next node from every node and how far it is. */
import type { HospitalPlaces } from '../hospital/places.ts'

/** What a floor by lift is worth, in metres walked: one waits for it. */
const FLOOR_METRES = 24

export class Paths {
  readonly #graph: HospitalPlaces['graph']
  /** Neighbours of node n are `#next[#from[n]]` to `#next[#from[n + 1] - 1]`. */
  readonly #from: Int32Array
  readonly #next: Int32Array
  readonly #lengths: Float32Array
  readonly #toward: (Int32Array | undefined)[] = []
  readonly #metres: (Float32Array | undefined)[] = []

  constructor({ graph }: Pick<HospitalPlaces, 'graph'>) {
    this.#graph = graph
    const nodes = graph.x.length
    const counts = new Int32Array(nodes + 1)
    for (const [one, other] of graph.edges) {
      counts[one]!++
      counts[other]!++
    }
    this.#from = new Int32Array(nodes + 1)
    for (let node = 0; node < nodes; node++) this.#from[node + 1] = this.#from[node]! + counts[node]!
    this.#next = new Int32Array(graph.edges.length * 2)
    this.#lengths = new Float32Array(graph.edges.length * 2)
    const filled = this.#from.slice()
    for (const [one, other] of graph.edges) {
      const metres = this.#edgeMetres(one, other)
      for (const [from, to] of [[one, other] as const, [other, one] as const]) {
        this.#lengths[filled[from]!] = metres
        this.#next[filled[from]!++] = to
      }
    }
  }

  /** Metres from a node to a destination. Infinite where there is no way. */
  metres(node: number, destination: number): number {
    return this.metresTo(destination)[node]!
  }

  /** The node after this one on the way; -1 at the destination, and where there is no way. */
  toward(node: number, destination: number): number {
    return this.towardTo(destination)[node]!
  }

  /** The node at which one is after so many metres of a way. */
  after(node: number, destination: number, metres: number): number {
    let at = node
    const whole = this.metres(node, destination)
    for (let next = this.toward(at, destination); next >= 0; next = this.toward(at, destination)) {
      if (whole - this.metres(next, destination) > metres) break
      at = next
    }
    return at
  }

  /** From each node, the one after it on the way to a destination; -1 where there is none. */
  towardTo(destination: number): Int32Array {
    this.metresTo(destination)
    return this.#toward[destination]!
  }

  /** Metres from each node to a destination. */
  metresTo(destination: number): Float32Array {
    const known = this.#metres[destination]
    if (known) return known
    const nodes = this.#graph.x.length
    const metres = new Float32Array(nodes).fill(Number.POSITIVE_INFINITY)
    const toward = new Int32Array(nodes).fill(-1)
    metres[destination] = 0
    // A binary heap of (metres, node): Dijkstra's algorithm from the destination outwards.
    const heap: [number, number][] = [[0, destination]]
    while (heap.length > 0) {
      const [reached, node] = pop(heap)
      if (reached > metres[node]!) continue
      for (let edge = this.#from[node]!; edge < this.#from[node + 1]!; edge++) {
        const [next, through] = [this.#next[edge]!, Math.fround(reached + this.#lengths[edge]!)]
        if (through >= metres[next]!) continue
        metres[next] = through
        toward[next] = node
        push(heap, [through, next])
      }
    }
    this.#toward[destination] = toward
    this.#metres[destination] = metres
    return metres
  }

  #edgeMetres(one: number, other: number): number {
    const { x, z, floor } = this.#graph
    const [across, along] = [x[one]! - x[other]!, z[one]! - z[other]!]
    return Math.sqrt(across * across + along * along) + FLOOR_METRES * Math.abs(floor[one]! - floor[other]!)
  }
}

const push = (heap: [number, number][], item: [number, number]): void => {
  let place = heap.push(item) - 1
  while (place > 0) {
    const above = (place - 1) >> 1
    if (heap[above]![0] <= item[0]) break
    heap[place] = heap[above]!
    place = above
  }
  heap[place] = item
}

const pop = (heap: [number, number][]): [number, number] => {
  const first = heap[0]!
  const last = heap.pop()!
  if (heap.length === 0) return first
  let place = 0
  for (;;) {
    let below = place * 2 + 1
    if (below >= heap.length) break
    if (below + 1 < heap.length && heap[below + 1]![0] < heap[below]![0]) below++
    if (heap[below]![0] >= last[0]) break
    heap[place] = heap[below]!
    place = below
  }
  heap[place] = last
  return first
}
