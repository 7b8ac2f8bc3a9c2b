/** What a twin can do and a live hospital has no door for: a scenario that needs it cannot be replayed. */
import { isLeftToChance, NodeKind, type Program, type ProgramNode } from '../../pathways/language/program.ts'
import type { HospitalOptions } from '../simulate/index.ts'
import { withDrawnWays } from './drawn-ways.ts'

/** The pathway that a live hospital orders stock by. */
export const RESTOCK_PATHWAY = 'restock'

/** Names place and remedy of each thing that the live hospital cannot do. */
export class ImpossibleReplay extends Error {
  readonly problems: string[]

  constructor(problems: string[]) {
    super(problems.join('\n'))
    this.name = 'ImpossibleReplay'
    this.problems = problems
  }
}

/** @throws ImpossibleReplay with everything that cannot be played live. */
export const checkReplay = (options: Omit<HospitalOptions, 'replication' | 'observer'>): void => {
  const { programs, elements = {}, pools = {}, unitChanges = [], reorder } = options
  const problems = programs.flatMap((program) => program.nodes.flatMap((node) => problemsOf(program, node)))
  for (const [process, those] of Object.entries(elements))
    for (const id of Object.keys(those))
      problems.push(
        `${process}.${id}: interrupted work, batches, rising priorities and "reads" happen in the twin alone. Leave them out of the scenario.`,
      )
  for (const id of Object.keys(pools))
    problems.push(
      `pool "${id}": breakdowns and interruptions at the end of a shift happen in the twin alone. Leave them out of the scenario.`,
    )
  if (unitChanges.length > 0)
    problems.push(
      'interventions: units opened and closed at a time are not replayed. Give the hospital the units from the start.',
    )
  if (reorder && !('pathway' in reorder && reorder.pathway === RESTOCK_PATHWAY))
    problems.push(`stock: a live hospital orders by a pathway named "${RESTOCK_PATHWAY}". Add one to the scenario.`)
  if (problems.length > 0) throw new ImpossibleReplay(problems)
}

const problemsOf = (program: Program, node: ProgramNode): string[] => {
  const place = `${program.process}.${node.id}`
  if (isLeftToChance(program, node))
    return [
      `${place}: chance decides at this inclusive gateway, and a live hospital goes by conditions. Give its flows conditions on variables that an outcome writes.`,
    ]
  if (node.event !== null && (node.duration || node.durationBy))
    return [`${place}: a live event has no sampled duration. Give the drawing a timer.`]
  return []
}

/** The Program as both hosts can play it: somebody does each task, and dice are thrown where chance decides. @param hashOf its new name. */
export const playableLive = (program: Program, hashOf: (content: object) => string): Program =>
  withSomebodyForAll(withDrawnWays(program, hashOf), hashOf)

/** With a person for each task that is nobody's: live it would be done at once. The same in every other respect. */
const withSomebodyForAll = (program: Program, hashOf: (content: object) => string): Program => {
  if (!program.nodes.some(isNobodys)) return program
  const nodes = program.nodes.map((node) => (isNobodys(node) ? { ...node, kind: NodeKind.userTask } : node))
  const { hash: _, ...content } = { ...program, nodes }
  return { hash: hashOf(content), ...content }
}

const isNobodys = ({ kind, task }: ProgramNode): boolean =>
  (kind === NodeKind.serviceTask || kind === NodeKind.task) && !task?.activity
