/** Which element of the drawing an activity of the log is: by id, by label, or as the user says. */
import { NodeKind, type Program } from '../../pathways/language/program.ts'
import { nearest } from '../yaml/nearest.ts'
import type { Log } from './log.ts'
import type { Problem } from './problems.ts'

/** Work that takes time of its own. */
const isTask = (kind: NodeKind): boolean => kind >= NodeKind.task && kind <= NodeKind.manualTask

/** Nodes that work is done at. */
export const tasksOf = ({ nodes }: Program): number[] => nodes.flatMap(({ kind }, node) => (isTask(kind) ? [node] : []))

/** What a log may speak of: work, parts of the pathway that stand for work, and events. */
const isNamed = (kind: NodeKind): boolean =>
  isTask(kind) ||
  kind === NodeKind.callActivity ||
  kind === NodeKind.subProcess ||
  (kind >= NodeKind.startEvent && kind <= NodeKind.boundaryEvent)

const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')

export interface Labels {
  /** By activity of the log: the nodes that it may be, several where labels are the same. */
  nodes: number[][]
  problems: Problem[]
}

/** @param told element ids by activity of the log. @throws Error naming an element that there is not. */
export const labelsOf = (log: Log, { nodes, process }: Program, told: Map<string, string>): Labels => {
  const byText = new Map<string, number[]>()
  for (const [index, { id, name, kind }] of nodes.entries())
    if (isNamed(kind))
      for (const text of new Set([plain(id), plain(name)]))
        if (text !== '') byText.set(text, [...(byText.get(text) ?? []), index])
  const names = nodes.filter(({ kind }) => isNamed(kind)).map(({ id, name }) => name || id)
  const counts = new Map<number, { count: number; line: number }>()
  for (const { works } of log.cases)
    for (const { activity, line } of works) {
      const known = counts.get(activity)
      if (known) known.count++
      else counts.set(activity, { count: 1, line })
    }
  const isOwn = log.format === 'trace' || log.format === 'facts'
  const problems: Problem[] = []
  const found = log.activities.map((activity, index) => {
    const id = told.get(activity)
    const exact = nodes.findIndex((node) => node.id === (id ?? activity))
    if (exact >= 0) return isNamed(nodes[exact]!.kind) ? [exact] : []
    if (id !== undefined)
      throw new UnknownElement(
        id,
        nearest(
          id,
          nodes.map((node) => node.id),
        ),
      )
    const same = byText.get(plain(activity))
    if (same) return same
    // Our own facts speak of gateways, and of other pathways.
    const seen = counts.get(index)
    if (isOwn) return []
    const meant = nearest(activity, names)
    if (seen)
      problems.push({
        kind: 'unknownActivity',
        count: seen.count,
        example: `line ${seen.line}`,
        message: `activity ${JSON.stringify(activity)} is not in the drawing "${process}"${meant ? `; the nearest is ${JSON.stringify(meant)}` : ''}`,
        remedy: `It was left out. Draw it, or say which element it is: --activity ${JSON.stringify(`${activity}=${meant ? idOf(nodes, meant) : 'ELEMENT'}`)}.`,
      })
    return []
  })
  return { nodes: found, problems }
}

const idOf = (nodes: Program['nodes'], text: string): string =>
  (nodes.find(({ id, name }) => name === text || id === text) ?? { id: 'ELEMENT' }).id

/** An element that the user names and the drawing has not. */
export class UnknownElement extends Error {
  constructor(id: string, meant: string) {
    super(`there is no element "${id}" in the drawing; ${meant ? `did you mean "${meant}"?` : 'correct its id'}`)
    this.name = 'UnknownElement'
  }
}
