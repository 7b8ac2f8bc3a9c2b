/**
 * A drawing made able to run: what is missing is replaced by what says least. Gateways keep flows without conditions, which chance decides (`isLeftToChance`); an event that names
 * nothing is heard by nobody else; a time that is not given passes at once where it is waited for, and never where it would interrupt; what is worked out or called is a task, and so is a subprocess that shows nothing.
 */
import { EventKind, NodeKind, type ProgramEvent, type ProgramLoop, type ProgramNode } from '../program.ts'
import { addTree, type Compilation, feel } from './compilation.ts'
import { blankTask } from './compile-task.ts'

/** After every date that a clock of ours shows. */
const NEVER = '9999-12-31T00:00:00Z'

export const completeDrawing = (to: Compilation, nodes: ProgramNode[]): ProgramNode[] => {
  const scopes = new Set(nodes.map(({ scope }) => scope))
  return nodes.map((node, index) => {
    const { task, call, loop, event, activationCondition, incoming } = node
    const isEmpty = node.kind === NodeKind.subProcess && !scopes.has(index)
    const isTask = (call && call.process === '') || lacksWork(node) || isEmpty
    const { adHoc, ...kept } = node
    return {
      ...kept,
      ...(adHoc && !isEmpty && { adHoc }),
      ...(isTask && { kind: NodeKind.task, task: task ?? blankTask(), call: null }),
      event: event && completeEvent(to, node, event),
      loop: loop && isUncounted(loop) ? null : loop,
      ...(activationCondition === -1 && {
        activationCondition: feel(to, to.nodes[index]!, `activationCount >= ${incoming.length}`),
      }),
    }
  })
}

/** Instances whose number is not given are one; so are the rounds of a loop that nothing ends. */
const isUncounted = ({ standard, cardinality, collection, condition, maximum }: ProgramLoop): boolean =>
  standard ? condition < 0 && maximum < 0 : cardinality < 0 && collection < 0

const lacksWork = ({ kind, task }: ProgramNode): boolean =>
  task !== null &&
  ((kind === NodeKind.scriptTask && task.script < 0) || (kind === NodeKind.businessRuleTask && task.decision < 0))

const completeEvent = (to: Compilation, node: ProgramNode, event: ProgramEvent): ProgramEvent => {
  const { kind, name, timer, expression, parts } = event
  const isAwaited = node.kind === NodeKind.intermediateCatchEvent
  if (parts) return { ...event, parts: parts.map((part) => completeEvent(to, node, part)) }
  if (kind === EventKind.timer && timer === null)
    return isAwaited
      ? { ...event, timer: 'duration', expression: addTree(to, ['value', 'PT0S']) }
      : { ...event, timer: 'date', expression: addTree(to, ['value', NEVER]) }
  if (kind === EventKind.conditional && expression < 0) return { ...event, expression: addTree(to, ['value', isAwaited]) }
  return name === '' && mustBeNamed(node, kind) ? { ...event, name: node.id } : event
}

const mustBeNamed = ({ kind: node }: ProgramNode, kind: EventKind): boolean => {
  if (kind === EventKind.message || kind === EventKind.signal) return true
  // Errors and escalations that are caught without a code are caught whatever their code is.
  const isThrown = node === NodeKind.endEvent || node === NodeKind.intermediateThrowEvent
  return isThrown && (kind === EventKind.error || kind === EventKind.escalation)
}
