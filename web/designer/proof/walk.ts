/** Walks one patient through a drawing: what has happened by what is answered so far, and the first step that waits for an answer. */
import { NodeKind, type Program } from '../../../pathways/language/program.ts'
import { type RehearsalEnd, type RehearsalLine, rehearse } from '../../../twin/rehearse/rehearse.ts'
import { readScript, type Script } from '../../../twin/rehearse/script.ts'
import type { WalkAnswer } from './contract.ts'

/** What somebody answers; systems answer too, with what the pathway would be told. */
const ANSWERED = new Set<NodeKind>([
  NodeKind.task,
  NodeKind.userTask,
  NodeKind.manualTask,
  NodeKind.serviceTask,
  NodeKind.sendTask,
  NodeKind.receiveTask,
])

/**
 * @param programs the drawing's first, then those of the pathways that it calls.
 * @param given a script as a scenario has it: a task that it names is answered.
 * @throws RehearsalError for what cannot be used.
 */
export function walk(programs: Program[], pathway: string, given: unknown): WalkAnswer {
  const script = readScript(given)
  const nodes = new Map(programs[0]!.nodes.map((node) => [node.id, node]))
  const lines: RehearsalLine[] = []
  for (const line of rehearse({ programs, process: pathway, script, until: 'P1Y' })) {
    if ('outcome' in line) return ended(line, lines, nodes, script)
    lines.push(line)
    if (line.process !== pathway || line.event !== 'entered') continue
    const node = nodes.get(line.element)
    if (node && ANSWERED.has(node.kind) && !isAnswered(script, node.id, node.name))
      return { lines, waiting: { element: node.id, name: node.name, kind: 'task' }, end: null }
  }
  return { lines, waiting: null, end: null }
}

const isAnswered = ({ tasks = {} }: Script, id: string, name: string): boolean =>
  tasks[id] !== undefined || (name !== '' && tasks[name] !== undefined)

/** A patient who still waits at the end waits for something from outside: the first such event may be made to happen. */
function ended(
  { outcome, at, open, error }: RehearsalEnd,
  lines: RehearsalLine[],
  nodes: Map<string, Program['nodes'][number]>,
  script: Script,
): WalkAnswer {
  const triggered = new Set((script.triggers ?? []).map(({ element }) => element))
  const event = open.map((id) => nodes.get(id)).find((node) => node?.event && !triggered.has(node.id))
  if (outcome === 'unfinished' && event)
    return { lines, waiting: { element: event.id, name: event.name, kind: 'event' }, end: null }
  return { lines, waiting: null, end: { outcome, at, open, error: error ? `${error.code} (${error.element})` : '' } }
}
