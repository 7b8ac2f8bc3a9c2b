/** What a log says of a drawing: which element each piece of work is, when it became possible, which way was taken at each gateway. */
import { NodeKind, type Program } from '../../pathways/language/program.ts'
import { align, STATES_OF_LOG_MAX } from './align.ts'
import { type Case, type Log, lastHeard, spanOf, type Work } from './log.ts'
import { type Net, netOf } from './net.ts'
import type { Problem } from './problems.ts'

export interface Visit {
  case: Case
  work: Work
  /** When it was asked for or, where the log does not say, became possible: its predecessors were done. NaN for the first work of a case. */
  asked: number
}

/** One case on its way through. */
export interface Stay {
  case: Case
  arrivedAt: number
  /** NaN for one that is not over in the log. */
  leftAt: number
  /** False for one that was under way when the log begins. */
  isArrival: boolean
}

export interface Replay {
  /** By node of the drawing. */
  visits: Visit[][]
  /** By flow: how often it was taken out of a gateway; and by gateway, how often one came to it. */
  taken: number[]
  decided: number[]
  /** In the order of arrival. */
  stays: Stay[]
  /** Cases that the drawing allows as they are, cases with deviations, and cases that were not replayed. */
  fitting: number
  deviating: number
  unreplayed: number
  /** Deviations that are there most: how many cases, and what. */
  deviations: { count: number; what: string }[]
  unfollowed: string[]
  problems: Problem[]
}

/** What replay says of all cases with the same activities in the same order. */
interface Variant {
  /** By event: the node it is, or -1. */
  nodes: number[]
  /** By event: the events that had to be over before; none for the first. */
  after: number[][]
  decisions: { gateway: number; chosen: number[] }[]
  extra: number[]
  skipped: number[]
  /** Work that is drawn before all that is seen, and after it: it may lie outside the log. */
  before: number[]
  behind: number[]
  isTailMissing: boolean
}

const DEVIATIONS_MAX = 5

/** @param nodesOf by activity of the log: the nodes it may be. */
export const replay = (log: Log, program: Program, nodesOf: number[][]): Replay => {
  const net = netOf(program)
  const isSpokenOf = new Set(log.cases.flatMap(({ works }) => works.flatMap(({ activity }) => nodesOf[activity]!)))
  const result: Replay = {
    visits: program.nodes.map(() => []),
    taken: program.flows.map(() => 0),
    decided: program.nodes.map(() => 0),
    stays: [],
    fitting: 0,
    deviating: 0,
    unreplayed: 0,
    deviations: [],
    unfollowed: log.taken ? [] : net.unfollowed,
    problems: [],
  }
  const variants = new Map<string, Variant | null>()
  const deviations = new Map<string, number>()
  const ends = endsOf(log)
  const budget = { states: STATES_OF_LOG_MAX }
  const missing = { head: [] as Case[], tail: [] as Case[], cut: [] as Case[] }
  for (const each of log.cases) {
    const works = each.works.filter(({ activity }) => nodesOf[activity]!.length > 0)
    if (works.length === 0) continue
    const key = works.map(({ activity }) => activity).join(' ')
    let variant = variants.get(key)
    if (variant === undefined) {
      variant = log.taken
        ? asWritten(works, program, nodesOf)
        : variantOf(net, works, nodesOf, program, (node) => !isSpokenOf.has(node), budget)
      variants.set(key, variant)
    }
    const { stays, visits } = result
    const { from: arrivedAt, until: leftAt } = spanOf(works)
    if (!variant) {
      result.unreplayed++
      for (const work of works)
        if (nodesOf[work.activity]!.length === 1)
          visits[nodesOf[work.activity]![0]!]!.push({ case: each, work, asked: work.asked })
      stays.push({ case: each, arrivedAt, leftAt, isArrival: true })
      continue
    }
    // Our own facts say when a case is over: who has not come to an end is still there.
    const isAtEnd = variant.isTailMissing && (log.taken !== null || leftAt > ends.last - ends.long)
    const isAtBeginning = variant.before.length > 0 && arrivedAt < ends.first + ends.long
    if (isAtBeginning) missing.head.push(each)
    if (variant.isTailMissing) (isAtEnd ? missing.tail : missing.cut).push(each)
    stays.push({ case: each, arrivedAt, leftAt: isAtEnd ? Number.NaN : leftAt, isArrival: !isAtBeginning })
    for (const [position, node] of variant.nodes.entries()) {
      const work = works[position]!
      const place = node >= 0 ? node : nodesOf[work.activity]!.length === 1 ? nodesOf[work.activity]![0]! : -1
      if (place < 0) continue
      const before = variant.after[position]!
      const possible = before.length > 0 ? Math.max(...before.map((other) => lastHeard(works[other]!))) : Number.NaN
      visits[place]!.push({ case: each, work, asked: !Number.isNaN(work.asked) ? work.asked : possible })
    }
    if (!log.taken)
      for (const { gateway, chosen } of variant.decisions) {
        result.decided[gateway]!++
        for (const flow of chosen) result.taken[flow]!++
      }
    const deviates = [
      ...variant.extra.map((activity) => `${JSON.stringify(log.activities[activity])} where the drawing has none`),
      ...variant.skipped.map(
        (node) => `no ${JSON.stringify(program.nodes[node]!.name || program.nodes[node]!.id)} where it is drawn`,
      ),
    ]
    if (deviates.length > 0) result.deviating++
    else result.fitting++
    for (const what of new Set(deviates)) deviations.set(what, (deviations.get(what) ?? 0) + 1)
  }
  if (log.taken) countTaken(log.taken, program, result)
  result.stays.sort((one, other) => one.arrivedAt - other.arrivedAt)
  result.deviations = [...deviations]
    .map(([what, count]) => ({ what, count }))
    .sort((one, other) => other.count - one.count)
    .slice(0, DEVIATIONS_MAX)
  noteMissing(missing, result)
  return result
}

/** From the first event to the last, and a long stay: nineteen in twenty are shorter. */
const endsOf = ({ cases }: Log) => {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  const stays = cases.map(({ works }) => {
    const { from, until } = spanOf(works)
    first = Math.min(first, from)
    last = Math.max(last, until)
    return until - from
  })
  stays.sort((one, other) => one - other)
  return { first, last, long: stays[Math.floor(0.95 * (stays.length - 1))] ?? 0 }
}

const variantOf = (
  net: Net,
  works: Work[],
  nodesOf: number[][],
  { nodes }: Program,
  isSilent: (node: number) => boolean,
  budget: { states: number },
): Variant | null => {
  const labels = works.map(({ activity }) => nodesOf[activity]!)
  const alignment = align(net, labels, isSilent, budget)
  if (!alignment) return null
  const { moves } = alignment
  const isSeen = moves.map(({ transition, position }) => transition >= 0 && position >= 0)
  const [firstSeen, lastSeen] = [isSeen.indexOf(true), isSeen.lastIndexOf(true)]
  const variant: Variant = {
    nodes: works.map(() => -1),
    after: works.map(() => []),
    decisions: [],
    extra: [],
    skipped: [],
    before: [],
    behind: [],
    isTailMissing: false,
  }
  /** Tokens by place, each with the events that brought it there. */
  let tokens: { place: number; since: number[] }[] = [{ place: net.start, since: [] }]
  const tail: Variant['decisions'] = []
  for (const [index, { transition, position }] of moves.entries()) {
    if (transition < 0) {
      variant.extra.push(works[position]!.activity)
      continue
    }
    const { node, takes, gives, gateway, chosen, clears } = net.transitions[transition]!
    const since = new Set<number>()
    for (const place of takes) {
      const at = tokens.findIndex((token) => token.place === place)
      for (const each of tokens[at]!.since) since.add(each)
      tokens.splice(at, 1)
    }
    if (clears.length > 0) tokens = tokens.filter(({ place }) => !clears.includes(place))
    if (position >= 0) {
      variant.nodes[position] = node
      variant.after[position] = [...since]
      since.clear()
      since.add(position)
    } else if (node >= 0 && !isSilent(node)) {
      const missing = index < firstSeen ? variant.before : index > lastSeen ? variant.behind : variant.skipped
      missing.push(node)
    }
    if (gateway >= 0 && nodes[gateway]!.outgoing.length > 1)
      (index > lastSeen ? tail : variant.decisions).push({ gateway, chosen })
    for (const place of gives) tokens.push({ place, since: [...since] })
  }
  variant.isTailMissing = variant.behind.length > 0
  // Nobody knows what would have been decided in a case that is cut off.
  if (!variant.isTailMissing) variant.decisions.push(...tail)
  return variant
}

/** Our own facts say everything themselves. */
const asWritten = (works: Work[], { nodes }: Program, nodesOf: number[][]): Variant => ({
  nodes: works.map(({ activity }) => nodesOf[activity]![0]!),
  after: works.map(() => []),
  decisions: [],
  extra: [],
  skipped: [],
  before: [],
  behind: [],
  isTailMissing: !works.some(({ activity }) => {
    const { kind, scope } = nodes[nodesOf[activity]![0]!]!
    return kind === NodeKind.endEvent && scope === 0
  }),
})

const countTaken = (taken: Map<string, number>, { nodes, flows }: Program, result: Replay): void => {
  for (const [index, { id }] of flows.entries()) result.taken[index] = taken.get(id) ?? 0
  for (const [node, { outgoing, incoming, kind }] of nodes.entries())
    result.decided[node] =
      kind === NodeKind.exclusiveGateway
        ? outgoing.reduce((sum, flow) => sum + result.taken[flow]!, 0)
        : incoming.reduce((sum, flow) => sum + result.taken[flow]!, 0)
}

const noteMissing = ({ head, tail, cut }: Record<'head' | 'tail' | 'cut', Case[]>, { problems, unreplayed }: Replay): void => {
  const add = (kind: Problem['kind'], cases: Case[], message: string, remedy: string) => {
    if (cases.length > 0) problems.push({ kind, count: cases.length, example: `case ${cases[0]!.id}`, message, remedy })
  }
  add(
    'beganBefore',
    head,
    'cases that were under way when the log begins',
    'They count for durations and branches, not for arrivals and stays. Nothing to do.',
  )
  add(
    'incomplete',
    tail,
    'cases that are not over when the log ends',
    'They count for arrivals and for what they have done so far, not for stays. Nothing to do.',
  )
  add(
    'incomplete',
    cut,
    'cases that stop before the end of the drawing, long before the log ends',
    'They count as they are. See whether events are missing, or draw the way by which they leave.',
  )
  if (unreplayed > 0)
    problems.push({
      kind: 'unreplayed',
      count: unreplayed,
      example: 'long cases',
      message: 'cases that could not be brought together with the drawing',
      remedy: 'They count for durations and arrivals, not for branches. See that the drawing allows what they do.',
    })
}
