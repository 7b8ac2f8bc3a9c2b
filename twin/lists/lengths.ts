/** How long a planned unit is had for, theatre lists say: from what a pathway declares of its steps, as equally likely lengths. */
import type { Program, ProgramNode } from '../../pathways/language/program.ts'
import { plannedAt } from '../../pathways/resources/planned.ts'
import { chanceOf, Purpose, within } from '../simulate/chance.ts'
import { samplerOf } from '../simulate/distributions.ts'

/** Equally likely lengths, milliseconds, shortest first. */
export type Lengths = readonly number[]

const SEED = 1
export const LENGTHS_COUNT = 200

/**
 * From when the planned unit is granted until it is given back, by the declared durations of the shortest way there, without waiting for
 * anybody else; a need is had as long as its activity lasts. Null when nothing on the way says how long it lasts.
 */
export const declaredLengths = (program: Program, pool: string): Lengths | null => {
  const from = plannedAt(program, pool)
  if (!from) return null
  const hold = from.takes.find((take) => program.holds[take]!.pool === pool)
  if (hold === undefined) return lengthsOf([from])
  const way = shortestWay(program, from, (node) => node.gives.includes(hold))
  return lengthsOf(way)
}

/** From the start of a pathway to one of its ends: how long a turnover lasts. */
export const wholeLengths = (program: Program): Lengths | null => {
  const start = program.nodes.find(({ type }) => type === 'bpmn:StartEvent')
  return start
    ? lengthsOf(shortestWay(program, start, ({ outgoing, type }) => outgoing.length === 0 && type === 'bpmn:EndEvent'))
    : null
}

/** What was seen, as so many equally likely lengths; null for too few to say. */
export const seenLengths = (milliseconds: readonly number[], least = 30): Lengths | null =>
  milliseconds.length < least ? null : [...milliseconds].sort((one, other) => one - other)

/** The length that a share of cases does not exceed. @param probability 0 to 1. */
export const quantileOf = (lengths: Lengths, probability: number): number =>
  lengths[Math.min(lengths.length - 1, Math.floor(probability * lengths.length))] ?? 0

const lengthsOf = (way: ProgramNode[]): Lengths | null => {
  const timed = way.filter(({ duration }) => duration !== null)
  if (timed.length === 0) return null
  const samplers = timed.map(({ duration }) => samplerOf(duration!))
  const lengths = Array.from({ length: LENGTHS_COUNT }, (_, draw) => {
    const key = chanceOf(SEED, draw)
    return samplers.reduce((sum, sampler, step) => {
      const { low, high } = within(key, step)
      return sum + sampler(low, high, Purpose.duration)
    }, 0)
  })
  return lengths.map(Math.round).sort((one, other) => one - other)
}

/** The nodes passed, the first included and the last not; breadth first, so that loops and side ways are left out. */
const shortestWay = ({ nodes, flows }: Program, from: ProgramNode, isThere: (node: ProgramNode) => boolean): ProgramNode[] => {
  const cameFrom = new Map<ProgramNode, ProgramNode | null>([[from, null]])
  const queue = [from]
  for (let node = queue.shift(); node; node = queue.shift()) {
    if (node !== from && isThere(node)) return wayTo(cameFrom, cameFrom.get(node)!)
    for (const flow of node.outgoing) {
      const next = nodes[flows[flow]!.target]!
      if (cameFrom.has(next)) continue
      cameFrom.set(next, node)
      queue.push(next)
    }
  }
  return [from]
}

const wayTo = (cameFrom: ReadonlyMap<ProgramNode, ProgramNode | null>, last: ProgramNode): ProgramNode[] => {
  const way: ProgramNode[] = []
  for (let node: ProgramNode | null = last; node; node = cameFrom.get(node) ?? null) way.unshift(node)
  return way
}
