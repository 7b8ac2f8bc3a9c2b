/**
 * Ad-hoc subprocesses (BPMN 2.0.2, 10.3.5 and 13.3.5): what nothing leads to is enabled from the beginning, each activity once, all at the same
 * time or one after the other; after each activity the completion condition is tested. Without one it completes when nothing is left.
 */
import { EventKind, NodeKind, type ProgramAdHoc, type ProgramNode } from '../language/program.ts'
import { cancel } from './activation.ts'
import { beginActivity } from './activity.ts'
import type { Activation, Marking, Wait } from './instance.ts'
import { interrupt } from './interruption.ts'
import { dropTokens, get, isEmptyScope, type Machine, push, Work } from './machine.ts'
import { evaluate } from './variables.ts'

const adHocAround = (m: Machine, node: number): ProgramAdHoc | undefined => m.nodes[m.nodes[node]!.scope]?.adHoc

/** Whether an activity that is reached begins now: in sequence it waits for its turn, and when the condition was true none begins any more. */
export function mayBegin(m: Machine, node: number, scope: number): boolean {
  const adHoc = adHocAround(m, node)
  if (!adHoc || (!adHoc.sequential && !isClosing(get(m, scope)))) return true
  if (!isClosing(get(m, scope))) {
    m.marking.enabled ??= []
    m.marking.enabled.push({ node, scope })
    if (isBeingChosen(m, scope)) push(m, Work.ask, scope, scope)
  }
  push(m, Work.settle, scope, scope)
  return false
}

/** An activity has completed. True when that is the end of the ad-hoc subprocess around it: nothing is taken after it. */
export function completesAdHoc(m: Machine, node: number, scope: number): boolean {
  const adHoc = adHocAround(m, node)
  if (!adHoc) return false
  const around = get(m, scope)
  if (!isClosing(around)) {
    if (adHoc.completionCondition < 0 || evaluate(m, adHoc.completionCondition, scope) !== true) return false
    if (adHoc.cancelsRemaining) {
      interrupt(m, around, around.node)
      return true
    }
    close(m, around)
  }
  push(m, Work.settle, scope, scope)
  return true
}

/** `completed` of an ad-hoc scope says that its condition was true, and that it only waits for what had begun. */
const isClosing = ({ completed }: Activation) => completed > 0

function close(m: Machine, around: Activation): void {
  around.completed = 1
  dropTokens(m, around.id, false)
  for (const other of m.marking.activations.filter(({ scope }) => scope === around.id))
    if (m.nodes[other.node]!.kind === NodeKind.intermediateCatchEvent) cancel(m, other)
}

/** Something ended in an ad-hoc scope: the next one begins. False when there is nothing to wait for but what is open. */
export function goesOn(m: Machine, around: Activation, adHoc: ProgramAdHoc): boolean {
  const { id } = around
  if (isClosing(around)) dropTokens(m, id, false)
  if (m.marking.enabled?.some(({ scope }) => scope === id)) {
    const isBusy = m.marking.activations.some(({ scope, node }) => scope === id && isActivity(m.nodes[node]!))
    if (!isBusy) beginNext(m, around)
    return true
  }
  // An event that was never heard holds nothing up, unless it may still bring about what the condition asks for.
  if (adHoc.completionCondition >= 0 || !isEmptyScope(m, id, isStanding(m))) return false
  for (const other of m.marking.activations.filter(({ scope }) => scope === id)) cancel(m, other)
  return false
}

/**
 * Where there are several, the host chooses, else somebody is asked where the pathway says who; else, or when another is named, they go in the
 * order of the document.
 */
function beginNext(m: Machine, { id, node }: Activation): void {
  if (isBeingChosen(m, id)) return
  const enabled = enabledIn(m.marking, id)
  const chosen = enabled.length > 1 && m.host.chooseActivity ? m.host.chooseActivity(node, id, enabled) : -1
  if (enabled.includes(chosen)) begin(m, id, chosen)
  else if (enabled.length > 1 && m.nodes[node]!.task) push(m, Work.ask, id, id)
  else begin(m, id, enabled[0]!)
}

/** Begins one of the enabled activities, by node index. */
export function begin(m: Machine, scope: number, node: number): void {
  const enabled = m.marking.enabled!
  enabled.splice(
    enabled.findIndex((each) => each.scope === scope && each.node === node),
    1,
  )
  if (enabled.length === 0) delete m.marking.enabled
  beginActivity(m, node, scope)
}

/** What waits for its turn in an ad-hoc scope, each once, in the order of the document. */
export const enabledIn = ({ enabled = [] }: Marking, id: number): number[] =>
  [...new Set(enabled.filter(({ scope }) => scope === id).map(({ node }) => node))].sort((one, other) => one - other)

/** The wait of who chooses what comes next there; undefined when nobody was asked. */
export const choiceIn = (m: Machine, id: number): Wait | undefined =>
  m.marking.waits.find(({ kind, activation, node }) => kind === 'task' && activation === id && m.nodes[node]!.adHoc !== undefined)

const isBeingChosen = (m: Machine, id: number): boolean => choiceIn(m, id) !== undefined

/** A message or signal that nothing leads to may be heard again and again while its ad-hoc subprocess is open. */
export function listensAgain(m: Machine, node: number): boolean {
  const kind = m.nodes[node]!.event?.kind
  return isStandingEvent(m, node) && (kind === EventKind.message || kind === EventKind.signal)
}

const isStanding = (m: Machine) => (activation: Activation) => isStandingEvent(m, activation.node)

const isStandingEvent = (m: Machine, node: number): boolean =>
  m.nodes[node]!.kind === NodeKind.intermediateCatchEvent &&
  m.nodes[node]!.incoming.length === 0 &&
  adHocAround(m, node) !== undefined

const isActivity = ({ kind }: ProgramNode): boolean =>
  (kind >= NodeKind.task && kind <= NodeKind.manualTask) || kind === NodeKind.subProcess || kind === NodeKind.callActivity
