/** What happened, line by line, and where two accounts of it part. */
import type { Program } from '../../pathways/language/program.ts'
import { createHospital, type HospitalOptions, type Letter } from '../simulate/index.ts'
import type { Start } from './starts.ts'

/** One fact, or the end of a run. */
export interface Line {
  /** Hospital milliseconds. */
  at: number
  pathway: string
  /** As the twin names runs: pathway and number in order of beginning; what a run called, below it. */
  run: string
  /** Of the end of a run: how it ended. */
  element: string
  /** As in the fact log, and `ended`. */
  event: string
  /** Of a multi-instance activity, from 1; else 0. */
  instance: number
}

export interface Comparison {
  /** Lines of the twin, and of the live hospital. */
  expected: number
  found: number
  /** Lines that both have. */
  identical: number
  /** Moments at which more than one run did something and the runs came in another order. */
  reordered: number
  /** Where they part first; null when they do not. */
  difference: Difference | null
}

export interface Difference {
  /** The twin's line, and the live one; null where there is none. */
  expected: Line | null
  found: Line | null
  /** The last lines that both have, and what each has from there. */
  before: Line[]
  expectedAfter: Line[]
  foundAfter: Line[]
}

const SURROUNDINGS = 5

/** Patients of a scenario beside its streams, and messages from outside. */
export interface Extras {
  admitted?: { pathway: string; at: number; patient: string; variables: Start['variables'] }[]
  sent?: { at: number; letter: Letter }[]
}

/** The facts of the twin up to a hospital time, inclusive. */
export const linesOfTwin = (options: HospitalOptions, { admitted = [], sent = [] }: Extras, until: number): Line[] => {
  const lines: Line[] = []
  const idOf = elementNames(options.programs)
  const observer: HospitalOptions['observer'] = {
    recorded: ({ id, pathway }, { event, element, instance, at }) =>
      void lines.push({ at, pathway, run: id, element: idOf(pathway, event, element), event, instance }),
    ended: ({ id, pathway, instance: { marking } }, at) =>
      void lines.push({ at, pathway, run: id, element: marking.outcome, event: 'ended', instance: 0 }),
  }
  const hospital = createHospital({ ...options, observer })
  for (const { pathway, at, patient, variables } of admitted) hospital.admit(pathway, at, patient, variables)
  for (const { at, letter } of sent) hospital.send(at, letter)
  hospital.run(until)
  return lines
}

const elementNames = (programs: Program[]) => {
  const byProcess = new Map(programs.map((program) => [program.process, program]))
  return (process: string, event: string, element: number): string => {
    const { nodes, flows } = byProcess.get(process)!
    return event === 'taken' ? flows[element]!.id : nodes[element]!.id
  }
}

/** Line by line. Of one moment, the lines of a run are in their order; in which order runs come that do something at the same moment is told apart. */
export const compare = (expected: Line[], found: Line[]): Comparison => {
  const [twin, live] = [inOrder(expected), inOrder(found)]
  const end = Math.max(twin.length, live.length)
  let place = 0
  while (place < end && isSame(twin[place], live[place])) place++
  const difference: Difference | null =
    place === end
      ? null
      : {
          expected: twin[place] ?? null,
          found: live[place] ?? null,
          before: twin.slice(Math.max(0, place - SURROUNDINGS), place),
          expectedAfter: twin.slice(place + 1, place + 1 + SURROUNDINGS),
          foundAfter: live.slice(place + 1, place + 1 + SURROUNDINGS),
        }
  return {
    expected: twin.length,
    found: live.length,
    identical: inCommon(twin, live),
    reordered: reorderedMoments(expected, found),
    difference,
  }
}

/** `1 03:20:00.000 visit-7 completed Triage`: day, time since the site's epoch, and what happened. */
export const textOf = ({ at, run, element, event, instance }: Line): string =>
  `${timeText(at)} ${run} ${event} ${element}${instance > 0 ? ` #${instance}` : ''}`

const timeText = (at: number): string => {
  const part = (divisor: number, modulus: number, width: number) =>
    String(Math.floor(at / divisor) % modulus).padStart(width, '0')
  return `${Math.floor(at / 86_400_000)} ${part(3_600_000, 24, 2)}:${part(60_000, 60, 2)}:${part(1000, 60, 2)}.${part(1, 1000, 3)}`
}

const isSame = (left: Line | undefined, right: Line | undefined): boolean =>
  left !== undefined && right !== undefined && textOf(left) === textOf(right)

/** By time, then run; the lines of a run keep their order. */
const inOrder = (lines: Line[]): Line[] =>
  [...lines].sort((one, other) => one.at - other.at || (one.run < other.run ? -1 : one.run > other.run ? 1 : 0))

const inCommon = (left: Line[], right: Line[]): number => {
  const counts = new Map<string, number>()
  for (const line of left) counts.set(textOf(line), (counts.get(textOf(line)) ?? 0) + 1)
  let common = 0
  for (const line of right) {
    const count = counts.get(textOf(line)) ?? 0
    if (count === 0) continue
    counts.set(textOf(line), count - 1)
    common++
  }
  return common
}

const reorderedMoments = (expected: Line[], found: Line[]): number => {
  const [twin, live] = [runsByMoment(expected), runsByMoment(found)]
  return [...twin].filter(([at, runs]) => live.has(at) && live.get(at) !== runs).length
}

/** The runs of each moment in the order in which they came, each time that another one does. */
const runsByMoment = (lines: Line[]): Map<number, string> => {
  const moments = new Map<number, string[]>()
  for (const { at, run } of lines) {
    const runs = moments.get(at)
    if (!runs) moments.set(at, [run])
    else if (runs.at(-1) !== run) runs.push(run)
  }
  return new Map([...moments].map(([at, runs]) => [at, runs.join(' ')]))
}
