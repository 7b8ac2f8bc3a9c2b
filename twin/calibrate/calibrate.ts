/** From a log and a drawing to all that a scenario needs: who comes, which way, how long it takes, who does it. */
import type { Program } from '../../pathways/language/program.ts'
import { type ArrivalFit, fitArrivals, siteIn } from './arrivals.ts'
import { type ElementFit, fitElement } from './durations.ts'
import { type Labels, tasksOf } from './labels.ts'
import { type Log, ofPathway } from './log.ts'
import { fitPools, type PoolFit, type PoolsFit } from './pools.ts'
import type { Problem } from './problems.ts'
import { type Replay, replay, type Stay } from './replay.ts'

export interface BranchFit {
  gateway: string
  name: string
  count: number
  /** Out of an inclusive gateway each flow goes by itself. */
  isInclusive: boolean
  flows: { id: string; name: string; taken: number; share: number; low: number; high: number }[]
}

export interface Calibration {
  log: Log
  program: Program
  replay: Replay
  arrivals: ArrivalFit
  elements: ElementFit[]
  /** Elements that are drawn and that the log has nothing of. */
  unseen: string[]
  branches: BranchFit[]
  pools: PoolFit[]
  unexplained: PoolsFit['unexplained']
  unneeding: PoolsFit['unneeding']
  /** Of the attributes that durations go by: how many cases have each value. */
  classes: { attribute: string; shares: Record<string, number>; count: number }[]
  problems: Problem[]
}

/** A log that says nothing of the drawing. */
export class NothingToFit extends Error {
  override name = 'NothingToFit'
}

/** @param isTested whether goodness of fit is tested: it takes most of the time. @throws NothingToFit */
export const calibrate = (whole: Log, program: Program, labels: Labels, isTested = true): Calibration => {
  const log = ofPathway(whole, program.process)
  const done = replay(log, program, labels.nodes)
  const arrivals = done.stays.filter(({ isArrival }) => isArrival)
  if (arrivals.length < 2)
    throw new NothingToFit(
      log.cases.length === 0
        ? 'no line of it could be used'
        : `only ${arrivals.length} of its ${log.cases.length} cases has an activity of the drawing "${program.process}"; check that the drawing is the right one, or say which element is which: --activity "NAME IN THE LOG=ELEMENT"`,
    )
  const site = siteIn(log.timeZone)
  const arrivalFit = fitArrivals(
    arrivals.map(({ arrivedAt }) => arrivedAt),
    site,
  )
  const poolsFit = fitPools(log, program, done.visits, site, arrivalFit.weeks)
  const withWait = new Set(poolsFit.unexplained.map(({ node }) => node))
  const tasks = tasksOf(program)
  const elements = tasks.flatMap((node) => {
    const visits = done.visits[node]!
    const { id, needs } = program.nodes[node]!
    return visits.length === 0
      ? []
      : [
          fitElement(node, id, visits, log.grid, {
            isTested,
            withWait: withWait.has(node) && needs.length === 0,
            closed: poolsFit.pools.find(({ nodes }) => nodes.includes(node))?.closed ?? null,
            site,
          }),
        ]
  })
  return {
    log,
    program,
    replay: done,
    arrivals: arrivalFit,
    elements,
    unseen: tasks.flatMap((node) => (done.visits[node]!.length === 0 ? [program.nodes[node]!.id] : [])),
    branches: branchesOf(program, done),
    pools: poolsFit.pools,
    unexplained: poolsFit.unexplained,
    unneeding: poolsFit.unneeding,
    classes: classesOf(elements, arrivals),
    problems: [...log.problems, ...labels.problems, ...done.problems, ...poolsFit.problems, ...gapsOf(arrivalFit)].sort(
      (one, other) => other.count - one.count,
    ),
  }
}

/** Wilson's interval of a share, 95 % (E. B. Wilson, 1927). */
const wilson = (taken: number, count: number): { low: number; high: number } => {
  const z = 1.959963984540054
  const share = taken / count
  const middle = (share + (z * z) / (2 * count)) / (1 + (z * z) / count)
  const half = (z * Math.sqrt((share * (1 - share)) / count + (z * z) / (4 * count * count))) / (1 + (z * z) / count)
  // Rounding leaves a trace of nothing where there is nothing.
  return { low: taken === 0 ? 0 : middle - half, high: taken === count ? 1 : middle + half }
}

const branchesOf = ({ nodes, flows }: Program, { taken, decided }: Replay): BranchFit[] =>
  nodes.flatMap(({ id, name, type, outgoing }, node) => {
    const count = decided[node]!
    const isInclusive = type === 'bpmn:InclusiveGateway'
    if (count === 0 || outgoing.length < 2 || !(isInclusive || type === 'bpmn:ExclusiveGateway')) return []
    return [
      {
        gateway: id,
        name: name || id,
        count,
        isInclusive,
        flows: outgoing.map((flow) => {
          const share = Math.min(1, taken[flow]! / count)
          return {
            id: flows[flow]!.id,
            name: flows[flow]!.name || nodes[flows[flow]!.target]!.name || flows[flow]!.id,
            taken: taken[flow]!,
            share,
            ...wilson(share * count, count),
          }
        }),
      },
    ]
  })

const classesOf = (elements: ElementFit[], arrivals: Stay[]): Calibration['classes'] =>
  [...new Set(elements.flatMap(({ byClass }) => byClass?.attribute ?? []))].map((attribute) => {
    const shares: Record<string, number> = {}
    for (const { case: of } of arrivals) {
      const value = of.attributes[attribute] ?? ''
      shares[value] = (shares[value] ?? 0) + 1
    }
    return { attribute, shares, count: arrivals.length }
  })

const gapsOf = ({ gaps }: ArrivalFit): Problem[] =>
  gaps.length === 0
    ? []
    : [
        {
          kind: 'gap',
          count: gaps.length,
          example: gaps[0]!,
          message: 'days on which nobody comes, though many do on the same weekday',
          remedy:
            'They were left out of the rates. See whether the log is complete there; holidays are days like others to the twin.',
        },
      ]
