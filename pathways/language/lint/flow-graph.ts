/** The drawing as a graph, for rules that walk it: what follows what, and what goes on beside what. */
import { isActivity, isScope } from '../bpmn/kinds.ts'
import { EventKind, linkTarget, NodeKind, type Program, type ProgramNode } from '../program.ts'

export interface FlowGraph {
  nodes: ProgramNode[]
  /** By node: where a token goes on in its scope, links included. */
  successors: number[][]
  /** By scope: what stands directly in it. */
  inside: number[][]
  /** Where several ways go on at once. */
  forks: Fork[]
}

/** Ways that go on beside each other: of each where it begins and what it may come to. Those of a boundary event begin with its activity. */
interface Fork {
  node: number
  ways: { start: number; reached: Reached }[]
}

/** By node, 1 for those that are reached: a byte each, for a big drawing has many forks. */
export type Reached = Uint8Array

/** Builds it once for a Program: each rule that walks asks for it anew. */
export const flowGraph = (program: Program): FlowGraph => {
  const { nodes, flows } = program
  const inside = nodes.map((): number[] => [])
  nodes.forEach(({ scope }, index) => {
    if (scope >= 0) inside[scope]!.push(index)
  })
  const successors = nodes.map((node, index) => {
    const linked = linkTarget(program, index)
    return [...node.outgoing.map((flow) => flows[flow]!.target), ...(linked < 0 ? [] : [linked])]
  })
  const graph: FlowGraph = { nodes, successors, inside, forks: [] }
  nodes.forEach((_, index) => {
    graph.forks.push(...forksAt(graph, index))
  })
  return graph
}

/** All that a token may come to from some nodes without leaving their scope, these and what stands inside and on boundaries included. */
export const reach = (graph: FlowGraph, from: number[], barred = -1): Reached => {
  const reached: Reached = new Uint8Array(graph.nodes.length)
  const pending = [...from]
  const come = (to: number) => {
    if (reached[to] === 0) pending.push(to)
  }
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    if (at === barred || reached[at] === 1) continue
    reached[at] = 1
    graph.successors[at]!.forEach(come)
    graph.nodes[at]!.boundaries.forEach(come)
    if (isScope(graph.nodes[at]!.kind)) graph.inside[at]!.forEach(come)
  }
  return reached
}

/** What may be under way at the same time as a node, in its scope: the other ways of every fork that leads to it, up to where they meet. */
export const beside = (graph: FlowGraph, node: number): Reached => {
  const found: Reached = new Uint8Array(graph.nodes.length)
  for (const { ways } of graph.forks) {
    const own = ways.filter(({ reached }) => reached[node] === 1)
    if (own.length === 0) continue
    for (const { reached } of ways) {
      if (reached[node] === 1) continue
      for (const at of found.keys()) if (reached[at] === 1 && own.some((way) => way.reached[at] === 0)) found[at] = 1
    }
  }
  return found
}

/** Where a scope begins when it is entered. */
export const beginnings = ({ nodes, inside }: FlowGraph, scope: number): number[] =>
  inside[scope]!.filter((index) => {
    const { kind, incoming, forCompensation, event } = nodes[index]!
    if (kind === NodeKind.startEvent) return true
    const isEntered = kind === NodeKind.boundaryEvent || kind === NodeKind.eventSubProcess || event?.kind === EventKind.link
    return incoming.length === 0 && !forCompensation && !isEntered
  })

const forksAt = (graph: FlowGraph, node: number): Fork[] => {
  const { kind, boundaries } = graph.nodes[node]!
  const forks: Fork[] = []
  const outgoing = graph.successors[node]!
  if (outgoing.length > 1 && kind !== NodeKind.exclusiveGateway && kind !== NodeKind.eventBasedGateway)
    forks.push({ node, ways: outgoing.map((start) => ({ start, reached: reach(graph, [start], node) })) })
  if (!isActivity(kind)) return forks
  for (const boundary of boundaries) {
    if (graph.nodes[boundary]!.interrupting) continue
    const ways = [
      { start: node, reached: reach(graph, [node], boundary) },
      { start: boundary, reached: reach(graph, [boundary], node) },
    ]
    forks.push({ node: boundary, ways })
  }
  return forks
}
