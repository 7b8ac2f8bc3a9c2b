/** Who does on the live host what a script says is done: people through their Update, systems through an activity. */
import { type Connector, ConnectorError } from '../../activities/connector.ts'
import type { Event } from '../../pathways/engine/contract.ts'
import { contentHash } from '../../pathways/language/canonical.ts'
import { NodeKind, type Program, type ProgramNode } from '../../pathways/language/program.ts'
import type { Script } from '../../twin/rehearse/script.ts'
import { scriptable } from '../../twin/rehearse/scripted-staff.ts'

/** The one system activity of the suite: it answers when the script says so. */
export const SYSTEM = 'conformance.system'

/**
 * The program with a door for all that the script does: what it names and nobody performs becomes a person's task; what it fails, a system
 * activity, for people cannot fail a task; every activity is the suite's own.
 */
export function throughDoors(program: Program, script: Script): Program {
  const { hash: _, ...content } = scriptable(program, script)
  const changed = { ...content, nodes: content.nodes.map((node) => throughDoor(node, script.tasks ?? {})) }
  return { hash: contentHash(changed), ...changed }
}

function throughDoor(node: ProgramNode, tasks: NonNullable<Script['tasks']>): ProgramNode {
  const { kind, task } = node
  if (!task) return node
  const scripted = tasks[node.id] ?? tasks[node.name]
  if (scripted?.fails !== undefined) return { ...node, kind: NodeKind.serviceTask, task: { ...task, activity: SYSTEM } }
  if (task.activity !== '') return { ...node, task: { ...task, activity: SYSTEM } }
  const isNobodys = kind === NodeKind.task || kind === NodeKind.serviceTask
  return scripted && isNobodys ? { ...node, kind: NodeKind.userTask } : node
}

/** System activities under way: each waits until it is told what to answer. */
export class Systems {
  readonly #underWay = new Map<string, (answer: Event) => void>()

  readonly connector: Connector = async ({ run, wait }) => {
    const answer = await new Promise<Event>((resolve) => this.#underWay.set(`${run}:${wait}`, resolve))
    if (answer.type === 'failed') throw new ConnectorError(answer.message, { code: answer.code, retryable: false })
    return answer.type === 'completed' ? answer.result : {}
  }

  /** How many of a run's activities have begun and wait. */
  waitingOf(run: string): number {
    return [...this.#underWay.keys()].filter((key) => key.startsWith(`${run}:`)).length
  }

  /** False when there is no such activity: it is a person's task. */
  answer(run: string, wait: number, answer: Event): boolean {
    const key = `${run}:${wait}`
    const tell = this.#underWay.get(key)
    this.#underWay.delete(key)
    tell?.(answer)
    return tell !== undefined
  }

  /** Lets those go that nobody asks for any more. */
  forgetAll(): void {
    for (const tell of this.#underWay.values()) tell({ type: 'cancelled', at: 0, reason: 'the case is over' })
    this.#underWay.clear()
  }
}
