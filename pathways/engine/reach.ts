/** From where an inclusive join's incoming flows can still be reached: looked up at every decision, worked out once. */
import { EventKind, linkTarget, NodeKind, type Program } from '../language/program.ts'

/**
 * By node, for inclusive joins and complex gateways only: for each incoming flow, in their order, and each node, whether a token there could reach that flow
 * without passing the join. A boundary event is reached from the activity that carries it, a link catch event from its throws.
 */
export function reachesOf(program: Program): boolean[][][] {
  const reaches: boolean[][][] = []
  program.nodes.forEach(({ kind, incoming }, join) => {
    if (kind === NodeKind.complexGateway || (kind === NodeKind.inclusiveGateway && incoming.length > 1))
      reaches[join] = incoming.map((flow) => reaching(program, program.flows[flow]!.source, (node) => node !== join))
  })
  return reaches
}

/** By node, whether a token there could reach `source`, by way of nodes that let it pass. */
export function reaching(program: Program, source: number, passes: (node: number) => boolean): boolean[] {
  const seen: boolean[] = program.nodes.map(() => false)
  const pending = [source]
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (seen[node] || !passes(node)) continue
    seen[node] = true
    pending.push(...before(program, node))
  }
  return seen
}

function before(program: Program, node: number): number[] {
  const { incoming, attachedTo } = program.nodes[node]!
  const sources = incoming.map((flow) => program.flows[flow]!.source)
  if (attachedTo >= 0) sources.push(attachedTo)
  if (program.nodes[node]!.event?.kind === EventKind.link)
    program.nodes.forEach((_, throwing) => {
      if (linkTarget(program, throwing) === node) sources.push(throwing)
    })
  return sources
}
