/** Durations that a live hospital's own log has taught: where work was seen often enough, they stand in the place of what the drawing says. */
import { isPersons, type Program, type ProgramNode } from '../../pathways/language/program.ts'
import { fitDuration } from '../calibrate/fit.ts'
import { thinned } from '../calibrate/sample.ts'
import { chanceOf, within, wordOf } from '../simulate/chance.ts'
import { meanOf } from '../simulate/distributions.ts'

/** What the log has of an element; of all versions of its pathway together. */
export interface Observed {
  pathway: string
  /** BPMN id. */
  element: string
  completed: number
  /** How long it was looked at, milliseconds. */
  periodMs: number
  /** Milliseconds. */
  durations: number[]
}

export interface Learnt {
  pathway: string
  element: string
  /** How often the log has it. */
  completed: number
  /** As `calibrate` names it. */
  distribution: string
  meanMinutes: number
  /** What the drawing says; null where it says nothing. */
  drawnMeanMinutes: number | null
}

/** Of how many days the log is asked, how often it must have an element, and of how many of its visits it is asked. */
export const LEARNT_DAYS = 28
export const LEARNT_MIN = 100
export const LEARNT_MOST = 1_000
/** Fits look at so many: a forecast is waited for. */
const FITTED = 200
/** Work that lasts longer than this share of the time that was looked at is not learnt: those that were over by its end are the short ones. */
const PERIOD_SHARE_MAX = 0.05

/** @param programs they are not changed. @returns in their order; those of which nothing was learnt are themselves. */
export const withLearnt = (programs: Program[], observed: Observed[]): { programs: Program[]; learnt: Learnt[] } => {
  const fits = new Map(observed.flatMap((each) => fitOf(each)))
  const learnt = new Map<string, Learnt>()
  const changed = programs.map((program) => {
    const nodes = program.nodes.map((node): ProgramNode => {
      const key = keyOf(program.process, node.id)
      const fit = isWork(node) ? fits.get(key) : undefined
      if (!fit) return node
      const { duration, durationBy, ...rest } = node
      learnt.set(key, {
        ...{ pathway: program.process, element: node.id, completed: fit.completed, distribution: fit.name },
        meanMinutes: fit.mean / 60_000,
        drawnMeanMinutes: duration && meanOf(duration) / 60_000,
      })
      return { ...rest, duration: fit.duration }
    })
    return nodes.some((node, index) => node !== program.nodes[index]) ? { ...program, nodes } : program
  })
  return { programs: changed, learnt: [...learnt.values()] }
}

/** Work of people, and whatever else is said to take time: what a system does is over at once, or failed. */
const isWork = (node: ProgramNode): boolean => node.event === null && (node.duration !== null || isPersons(node))

const keyOf = (pathway: string, element: string): string => `${pathway} ${element}`

const fitOf = ({ pathway, element, completed, periodMs, durations }: Observed) => {
  const mean = durations.reduce((sum, each) => sum + each, 0) / durations.length
  if (completed < LEARNT_MIN || mean > PERIOD_SHARE_MAX * periodMs) return []
  const key = within(chanceOf(0, 0), wordOf(element))
  const { name, duration } = fitDuration(Array.from(thinned(durations, FITTED)), 0, key, false)
  return [[keyOf(pathway, element), { completed, name, duration, mean }] as const]
}
