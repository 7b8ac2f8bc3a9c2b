/** How much of each pool a scenario asks for at least, before it is simulated: more than there is makes queues that only grow. */
import { isLeftToChance, NodeKind, type Program } from '../../pathways/language/program.ts'
import { weightsOf } from '../simulate/branching.ts'
import { meanOf } from '../simulate/distributions.ts'
import type { Stream } from '../simulate/options.ts'
import type { Experiment } from './prepare.ts'

export interface Overload {
  pool: string
  /** Asked for at least, and there, in units busy at a time. */
  asked: number
  there: number
}

const hourMs = 3_600_000
const weekMinutes = 10_080
/** Rounds of a loop that are followed. */
const ROUNDS_MAX = 200

/** The pools of which more is asked than there is. What conditions decide is not known before, and counts for nothing. */
export const overloadsOf = ({ options, units }: Experiment): Overload[] => {
  const asked = new Map<string, number>()
  for (const stream of options.streams ?? []) {
    const program = options.programs.find(({ process }) => process === stream.pathway)
    if (!program || stream.limit !== undefined) continue
    const perMs = ratePerMs(stream)
    const visits = visitsOf(program)
    program.nodes.forEach(({ needs, duration }, node) => {
      if (!duration) return
      for (const { pool, quantity } of needs) {
        const tree = program.expressions[quantity]!
        const each = Array.isArray(tree) && tree[0] === 'value' && typeof tree[1] === 'number' ? tree[1] : 0
        asked.set(pool, (asked.get(pool) ?? 0) + perMs * visits[node]! * each * meanOf(duration))
      }
    })
  }
  const there = openUnits({ options, units })
  return [...asked].flatMap(([pool, load]) =>
    units.has(pool) && load >= there.get(pool)! ? [{ pool, asked: load, there: there.get(pool)! }] : [],
  )
}

const ratePerMs = ({ arrivals }: Stream): number => {
  if ('times' in arrivals) return 0
  if ('interarrival' in arrivals) return openShare(arrivals.open) / meanOf(arrivals.interarrival)
  return arrivals.rates.perHourOfWeek.reduce((sum, rate) => sum + rate, 0) / 168 / hourMs
}

/** Units by pool, those with opening hours for the share of the week that they are there. */
export const openUnits = ({
  options: {
    ledger: { units, calendars },
  },
  units: counts,
}: Pick<Experiment, 'options' | 'units'>): Map<string, number> => {
  const there = new Map([...counts.keys()].map((pool) => [pool, 0]))
  for (const { pool, calendar } of units) {
    const open = calendars.find(({ id }) => id === calendar)?.open
    there.set(pool, (there.get(pool) ?? 0) + openShare(open))
  }
  return there
}

/** Unit hours by pool in which interventions keep units closed, between two hospital times; the week's hours count as they do in `openUnits`. */
export const closedHours = (
  { options: { ledger, unitChanges = [] } }: Pick<Experiment, 'options'>,
  from: number,
  until: number,
): Map<string, number> => {
  const hours = new Map<string, number>()
  if (unitChanges.length === 0) return hours
  for (const { id, pool, calendar, outOfService } of ledger.units) {
    let [closed, since, closedMs] = [outOfService ? 1 : 0, from, 0]
    const pass = (at: number) => {
      if (closed > 0 && at > since) closedMs += at - since
      since = Math.max(since, at)
    }
    for (const change of unitChanges) {
      if (!change.units.includes(id)) continue
      pass(Math.min(change.at, until))
      closed += change.closed ? 1 : -1
    }
    pass(until)
    if (closedMs === 0) continue
    const open = openShare(ledger.calendars.find((each) => each.id === calendar)?.open)
    hours.set(pool, (hours.get(pool) ?? 0) + (closedMs / hourMs) * open)
  }
  return hours
}

/** Of the week; all of it, without hours. */
const openShare = (open: { fromMinute: number; toMinute: number }[] | undefined): number =>
  open ? open.reduce((sum, { fromMinute, toMinute }) => sum + toMinute - fromMinute, 0) / weekMinutes : 1

/** How often each node of a pathway is come to at least, on average. */
const visitsOf = (program: Program): number[] => {
  const { nodes, flows } = program
  const visits = nodes.map(() => 0)
  let arriving = nodes.map((_, node): number => (nodes[0]!.starts[0] === node ? 1 : 0))
  for (let round = 0; round < ROUNDS_MAX && arriving.some((share) => share > 1e-9); round++) {
    const next = nodes.map(() => 0)
    arriving.forEach((share, node) => {
      if (share === 0) return
      visits[node]! += share
      const { outgoing, kind } = nodes[node]!
      for (const flow of outgoing) {
        const probability = kind === NodeKind.parallelGateway || outgoing.length === 1 ? 1 : likelihood(program, node, flow)
        next[flows[flow]!.target]! += share * probability
      }
    })
    // Of the tokens that a join brings together one goes on.
    arriving = next.map((share, node) =>
      nodes[node]!.kind === NodeKind.parallelGateway ? share / Math.max(1, nodes[node]!.incoming.length) : share,
    )
  }
  return visits
}

const likelihood = (program: Program, node: number, flow: number): number => {
  const gateway = program.nodes[node]!
  if (!isLeftToChance(program, gateway))
    return program.flows[flow]!.condition < 0 && gateway.kind < NodeKind.exclusiveGateway ? 1 : 0
  return weightsOf(program, gateway.outgoing)[gateway.outgoing.indexOf(flow)]!
}
