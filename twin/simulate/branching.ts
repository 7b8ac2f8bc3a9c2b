/** Which flows chance takes out of a gateway that nothing else decides (`isLeftToChance`). */

import type { Value } from '../../pathways/language/feel/value.ts'
import { NodeKind, type Program, type ProgramNode } from '../../pathways/language/program.ts'
import { byWeight } from './chance.ts'

/**
 * The flows taken, by index; at least one. Out of an exclusive gateway exactly one: those of unknown probability share equally what the others leave. Out of an inclusive one each by luck of
 * its own, 1/2 unless it is told; when luck takes none, the default flow, else one of them as an exclusive gateway would.
 * @param luck uniform in [0, 1), a number for each draw.
 */
export const flowsByChance = (program: Program, node: ProgramNode, luck: (draw: number) => number): number[] => {
  const { outgoing, defaultFlow, kind } = node
  if (kind !== NodeKind.inclusiveGateway) return [one(program, outgoing, luck(0))]
  const chosen = outgoing.filter(
    (flow, index) => flow !== defaultFlow && luck(index + 1) < (program.flows[flow]!.probability ?? 0.5),
  )
  if (chosen.length > 0) return chosen
  return [defaultFlow >= 0 ? defaultFlow : one(program, outgoing, luck(0))]
}

/** What comes next in an ad-hoc subprocess: what was named, if it is open to choice, else any of those that are, equally likely. */
export const nextByChance = (named: Value | undefined, enabled: readonly string[], luck: number): string =>
  enabled.find((id) => id === named) ?? enabled[Math.floor(luck * enabled.length)]!

const one = (program: Program, outgoing: number[], luck: number): number =>
  outgoing[byWeight(weightsOf(program, outgoing), luck)]!

/** How likely each of some flows is, where one of them is taken: those of unknown probability share equally what the others leave. What is given need not be 1 together. */
export const weightsOf = ({ flows }: Pick<Program, 'flows'>, outgoing: number[]): number[] => {
  const given = outgoing.map((flow) => flows[flow]!.probability)
  const left = Math.max(0, 1 - given.reduce<number>((sum, each) => sum + (each ?? 0), 0))
  const share = left / Math.max(1, given.filter((each) => each === undefined).length)
  return given.map((each) => each ?? share)
}
