/**
 * Holding one unit of a resource while asking for another of the same: when all units are held by patients who do so, each waits for the others
 * (hold and wait, one of the conditions of deadlock: Coffman, Elphick and Shoshani, System Deadlocks, 1971).
 */
import { isScope } from '../bpmn/kinds.ts'
import { NodeKind, type Program, type ProgramNode } from '../program.ts'
import { beginnings, type FlowGraph, flowGraph } from './flow-graph.ts'
import { about, type HospitalRule } from './rule.ts'

/** What may be kept while other elements run: a declared hold, or what a subprocess needs for as long as it lasts. */
interface Kept {
  pool: string
  name: string
  /** The scope it lives with. */
  scope: number
}

/** More holds than this in one process are not looked at: real ones have a handful. */
const keptMax = 100

/**
 * Warns of each element that asks for a resource of which the patient may keep a unit by then. Flows are walked, conditions not looked at; what
 * a way beside gives back by itself is not counted, nor what a task needs only while it lasts. Called pathways are looked at by `hold-across-calls.ts`.
 */
export const holdAndWait: HospitalRule = (program) => {
  const kept = keptIn(program)
  if (kept.length === 0 || kept.length > keptMax) return []
  const held = heldOnEntry(program, kept)
  return program.nodes.flatMap((node, index) => {
    const asked = [...node.needs, ...node.takes.map((take) => program.holds[take]!)].map(({ pool }) => pool)
    const crossed = kept.find(
      ({ pool }, bit) => (held[index]! & (1n << BigInt(bit))) !== 0n && asked.includes(pool) && !node.takes.includes(bit),
    )
    if (!crossed) return []
    const { pool, name } = crossed
    return about(
      node,
      'hold-and-wait',
      'warning',
      [
        `asks for "${pool}" while the patient may keep another of them ("${name}"): once all are taken, patients wait for each other, and none goes on.`,
        'Give the first one back in an earlier step, ask for both in one step, or make two resources of them.',
      ],
      [
        `demande « ${pool} » alors que le patient peut en garder un autre (« ${name} ») : une fois tous pris, les patients s’attendent les uns les autres, et aucun n’avance.`,
        'Rendez le premier dans une étape précédente, demandez les deux dans une même étape, ou faites-en deux ressources.',
      ],
    )
  })
}

/** For each node what the patient may keep while it goes on, but what it hands over. */
export const keptAt = (program: Program): { pool: string; name: string }[][] => {
  const kept = keptIn(program)
  if (kept.length === 0 || kept.length > keptMax) return program.nodes.map(() => [])
  const held = heldOnEntry(program, kept)
  return program.nodes.map((node, index) => {
    const bits = (held[index]! | bitsOf(node.takes)) & ~returnedBy(node)
    return kept.filter((_, bit) => (bits & (1n << BigInt(bit))) !== 0n)
  })
}

const keptIn = ({ nodes, holds }: Program): Kept[] => [
  ...holds,
  ...nodes.flatMap((node, scope) =>
    node.kind === NodeKind.subProcess ? node.needs.map(({ pool }) => ({ pool, name: node.name || node.id, scope })) : [],
  ),
]

const bitsOf = (indexes: Iterable<number>): bigint => {
  let bits = 0n
  for (const index of indexes) bits |= 1n << BigInt(index)
  return bits
}

/** For each node what may be held when a token comes to it, a bit for each `Kept`: carried along the flows until nothing is added. */
const heldOnEntry = (program: Program, kept: Kept[]): bigint[] => {
  const graph = flowGraph(program)
  const { nodes } = program
  const none = () => nodes.map(() => 0n)
  const [entry, during, leaving] = [none(), none(), none()]
  const owned = nodes.map((_, scope) => bitsOf(kept.flatMap((one, bit) => (one.scope === scope ? [bit] : []))))
  const own = owned.map((bits, index) => (isScope(nodes[index]!.kind) ? bits & ~bitsOf(program.holds.keys()) : 0n))
  const returned = nodes.map(returnedBy)
  const elsewhere = returnedElsewhere(graph, returned)
  entry[0] = handedOverAtStart(program)

  const pending = new Set(nodes.keys())
  const add = (to: bigint[], index: number, bits: bigint) => {
    if ((to[index]! | bits) === to[index]!) return
    to[index]! |= bits
    pending.add(index)
  }
  /** What the scope around an event subprocess gives back while both run. */
  const returnedBeside = (event: number): bigint =>
    nodes[event]!.starts.some((start) => nodes[start]!.interrupting)
      ? 0n
      : graph.inside[nodes[event]!.scope]!.reduce((all, other) => all | returned[other]!, 0n)
  const pass = (index: number) => {
    const node = nodes[index]!
    const active = (entry[index]! & ~bitsOf(node.gives)) | bitsOf(node.takes) | own[index]!
    during[index]! |= active
    if (isScope(node.kind)) {
      for (const start of beginnings(graph, index)) add(entry, start, active)
      for (const event of node.eventSubProcesses) add(entry, event, during[index]! & ~returnedBeside(event))
    } else leaving[index]! |= active & ~returned[index]!
    if (node.scope >= 0) add(during, node.scope, during[index]! & ~owned[index]!)
    for (const boundary of node.boundaries)
      add(entry, boundary, (entry[index]! | during[index]!) & ~owned[index]! & ~(elsewhere.get(`${boundary} ${boundary}`) ?? 0n))
    const left = leaving[index]! & ~owned[index]!
    for (const next of graph.successors[index]!) add(entry, next, left & ~(elsewhere.get(`${index} ${next}`) ?? 0n))
    // What undoes stands on a boundary without a flow: no token leaves there.
    const isEnd = graph.successors[index]!.length === 0 && node.kind !== NodeKind.boundaryEvent
    if (isEnd && node.scope >= 0) add(leaving, node.scope, left)
  }
  // What is added while it goes round stands at the end of the set, and is come to again.
  for (const index of pending) {
    pending.delete(index)
    pass(index)
  }
  return entry
}

/** The holds that nothing in the pathway takes: whoever calls it hands them over. */
const handedOverAtStart = ({ nodes, holds }: Program): bigint => {
  const taken = new Set(nodes.flatMap(({ takes }) => takes))
  return bitsOf(holds.flatMap(({ scope }, hold) => (scope === 0 && !taken.has(hold) ? [hold] : [])))
}

/** What an element gives back, or hands over to the pathway it calls. */
const returnedBy = ({ gives, call }: ProgramNode): bigint =>
  bitsOf([...gives, ...(call?.handsOver ?? []).map(({ hold }) => hold)])

/** By fork and way: what the ways beside it give back without waiting for it. */
const returnedElsewhere = ({ forks }: FlowGraph, returned: bigint[]): Map<string, bigint> => {
  const givers = [...returned.keys()].filter((at) => returned[at] !== 0n)
  const found = new Map<string, bigint>()
  for (const { node, ways } of forks) {
    const beside = givers.filter((at) => ways.some(({ reached }) => reached[at] === 1))
    for (const { start, reached } of ways)
      found.set(
        `${node} ${start}`,
        beside.reduce((bits, at) => (reached[at] === 1 ? bits : bits | returned[at]!), 0n),
      )
  }
  return found
}
