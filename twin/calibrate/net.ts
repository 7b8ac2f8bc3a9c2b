/** A drawing as a Petri net, for replay: places are its sequence flows, and what moves tokens is work that a log may name, or nothing that it sees. */
import { EventKind, NodeKind, type Program, type ProgramNode } from '../../pathways/language/program.ts'

export interface Transition {
  /** The node that the log may name, or -1: it is not seen in a log. */
  node: number
  takes: number[]
  gives: number[]
  /** A decision: the gateway's node, and the flows it takes. */
  gateway: number
  chosen: number[]
  /** Only when no token is on one of these places; and tokens on them vanish. */
  empty: number[]
  clears: number[]
}

export interface Net {
  transitions: Transition[]
  /** By place: the transitions that take from it. */
  from: number[][]
  start: number
  /** What the drawing says and replay does not follow, in words. */
  unfollowed: string[]
}

/** More branches of an inclusive gateway are followed one by one or all together. */
const SUBSETS_MAX = 5

export const netOf = (program: Program): Net => {
  const { nodes, flows } = program
  const transitions: Transition[] = []
  const unfollowed = new Set<string>()
  const start = flows.length
  /** Where a token stands while a subprocess is under way. */
  const inside = (node: number) => flows.length + 1 + node
  const add = (node: number, takes: number[], gives: number[], more: Partial<Transition> = {}) =>
    transitions.push({ node, takes, gives, gateway: -1, chosen: [], empty: [], clears: [], ...more })
  const isWithin = (node: number, scope: number): boolean => {
    for (let at = nodes[node]!.scope; at >= 0; at = nodes[at]!.scope) if (at === scope) return true
    return false
  }
  const placesIn = (scope: number): number[] => [
    ...flows.flatMap(({ source }, flow) => (isWithin(source, scope) ? [flow] : [])),
    ...nodes.flatMap((_, node) => (isWithin(node, scope) ? [inside(node)] : [])),
  ]
  const begin = (scope: ProgramNode, takes: number[], also: number[]) => {
    for (const each of scope.starts) {
      const { kind, outgoing } = nodes[each]!
      add(kind === NodeKind.startEvent ? each : -1, takes, [...outgoing, ...also])
    }
  }
  begin(nodes[0]!, [start], [])
  for (const [index, node] of nodes.entries()) {
    const { kind, incoming, outgoing, loop, boundaries, name, id } = node
    const said = name || id
    if (kind === NodeKind.process || kind === NodeKind.startEvent || kind === NodeKind.boundaryEvent) continue
    if (kind === NodeKind.eventSubProcess) unfollowed.add(`event subprocess "${said}"`)
    else if (kind === NodeKind.subProcess) {
      if (node.adHoc) unfollowed.add(`ad-hoc subprocess "${said}"`)
      for (const flow of incoming) begin(node, [flow], [inside(index)])
      const places = placesIn(index)
      add(-1, [inside(index)], outgoing, { empty: places })
      for (const boundary of boundaries)
        if (nodes[boundary]!.interrupting) add(boundary, [inside(index)], nodes[boundary]!.outgoing, { clears: places })
      // A log may speak of it as one piece of work.
      for (const flow of incoming) add(index, [flow], outgoing)
    } else if (kind === NodeKind.exclusiveGateway || kind === NodeKind.eventBasedGateway) {
      for (const flow of incoming)
        for (const next of outgoing)
          add(-1, [flow], [next], kind === NodeKind.exclusiveGateway ? { gateway: index, chosen: [next] } : {})
    } else if (kind === NodeKind.parallelGateway) add(-1, incoming, outgoing)
    else if (kind === NodeKind.inclusiveGateway || kind === NodeKind.complexGateway) {
      for (const takes of subsets(incoming))
        for (const gives of subsets(outgoing)) add(-1, takes, gives, { gateway: index, chosen: gives })
    } else {
      for (const flow of incoming) {
        add(index, [flow], outgoing)
        // Rounds of a loop, and instances of a multi-instance activity: it may come again before it is left.
        if (loop) add(index, [flow], [flow])
        for (const boundary of boundaries)
          if (nodes[boundary]!.interrupting) {
            // It is left before its work begins, or while it is under way.
            add(boundary, [flow], nodes[boundary]!.outgoing)
            add(index, [flow], nodes[boundary]!.outgoing)
          }
      }
      if (kind === NodeKind.intermediateThrowEvent && node.event?.kind === EventKind.link) unfollowed.add(`link "${said}"`)
    }
    for (const boundary of boundaries)
      if (!nodes[boundary]!.interrupting)
        unfollowed.add(`non-interrupting event "${nodes[boundary]!.name || nodes[boundary]!.id}"`)
  }
  const from: number[][] = Array.from({ length: flows.length + 1 + nodes.length }, () => [])
  for (const [index, { takes }] of transitions.entries()) for (const place of takes) from[place]!.push(index)
  return { transitions, from, start, unfollowed: [...unfollowed] }
}

/** All but the empty one. */
const subsets = (all: number[]): number[][] => {
  if (all.length > SUBSETS_MAX) return [...all.map((each) => [each]), all]
  return Array.from({ length: 2 ** all.length - 1 }, (_, mask) => all.filter((_, place) => ((mask + 1) >> place) & 1))
}
