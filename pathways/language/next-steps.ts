/** What comes after an element, as people say it. */
import { NodeKind, type Program } from './program.ts'

const STEPS_MAX = 4
const GATEWAYS: number[] = [
  NodeKind.exclusiveGateway,
  NodeKind.parallelGateway,
  NodeKind.eventBasedGateway,
  NodeKind.inclusiveGateway,
  NodeKind.complexGateway,
]

/**
 * The nodes that may come next after a node, by index, nearest first: what has a name, seen through gateways and what nobody has named; at
 * the end of a subprocess, what follows it. At most four.
 */
export const nextSteps = (program: Program, from: number): number[] => {
  const seen = new Set([from])
  const found: number[] = []
  const waiting = [from]
  while (waiting.length > 0 && found.length < STEPS_MAX) {
    const { outgoing, scope } = program.nodes[waiting.shift()!]!
    const targets = outgoing.length > 0 ? outgoing.map((flow) => program.flows[flow]!.target) : scope > 0 ? [scope] : []
    for (const target of targets) {
      if (seen.has(target)) continue
      seen.add(target)
      const { name, kind } = program.nodes[target]!
      const isPassed = name === '' || GATEWAYS.includes(kind) || outgoing.length === 0
      if (isPassed) waiting.push(target)
      else if (found.length < STEPS_MAX) found.push(target)
    }
  }
  return found
}
