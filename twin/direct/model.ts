/**
 * A Program as objects that refer to one another, each with what has to be known of it worked out once: what the direct simulator steps
 * through. Left to the engine are the parts of BPMN named in `mustBeKnown`.
 */
import type { Executable } from '../../pathways/engine/index.ts'
import { textOf } from '../../pathways/engine/variables.ts'
import type { Closure } from '../../pathways/language/feel/evaluate.ts'
import {
  type Assignment,
  constantOf,
  EventKind,
  isLeftToChance,
  NodeKind,
  type Program,
  type ProgramNeed,
  type ProgramNode,
} from '../../pathways/language/program.ts'
import type { RequestedNeed } from '../../pathways/resources/index.ts'
import type { Duration } from '../../pathways/time/duration.ts'
import { parseDuration } from '../../pathways/time/duration.ts'
import { Beyond } from '../compiled/beyond.ts'
import { weightsOf } from '../simulate/branching.ts'
import { wordOf } from '../simulate/chance.ts'
import { type Lasting, lastingOf } from '../simulate/lasting.ts'
import { loaded } from '../simulate/loaded.ts'
import type { ElementConduct, HospitalOptions, SimulatedActivity } from '../simulate/options.ts'

/** Something that is set to what FEEL gives. */
export interface Setting {
  variable: string
  value: Closure
}

export interface Flow {
  target: Node
  condition: Closure | null
}

/** What is asked for. */
export interface Need {
  pool: string
  /** Null where FEEL gives it. */
  fixedQuantity: number | null
  quantity: Closure
  where: { attribute: string; operator: RequestedNeed['where'][number]['operator']; value: Closure }[]
  /** The filters, where they depend on nothing. */
  fixedWhere: RequestedNeed['where'] | null
}

export interface Hold extends Need {
  name: string
  index: number
  scope: Node
}

export interface Awaited {
  kind: EventKind
  timer: 'date' | 'duration' | 'cycle' | null
  value: Closure | null
  /** A duration that depends on nothing. */
  fixed: Duration | null
  name: string
  correlation: Closure | null
  assignments: Setting[]
}

export interface Called {
  process: string
  inputs: Setting[]
  outputs: Setting[]
  lends: { hold: Hold; as: string }[]
  handsOver: { hold: Hold; as: string }[]
}

/** One element. */
export interface Node extends Lasting {
  index: number
  id: string
  kind: NodeKind
  model: Model
  scope: Node | null
  outgoing: Flow[]
  incoming: Flow[]
  /** Whether a flow out of it has a condition or is a default. */
  isConditional: boolean
  defaultFlow: Flow | null
  boundaries: Node[]
  isInterrupting: boolean
  event: Awaited | null
  /** Where a scope begins when it is entered. */
  entries: Node[]
  /** Where a link goes on. */
  link: Node | null
  needs: Need[]
  takes: Hold[]
  gives: Hold[]
  slot: { unit: Closure; start: Closure } | null
  priority: Closure | null
  /** Its id as a word of chance, and where a run counts how often it has drawn here. */
  word: number
  counter: number
  paces: ElementConduct['paces']
  reads: [string, string][]
  outcomes: Setting[]
  /** Of a gateway that chance decides. */
  weights: number[] | null
  /** Of a task: what is worked out on the spot, by a script or a decision. */
  onTheSpot: Closure | null
  isPerformed: boolean
  isReceived: boolean
  resultVariable: string
  inputs: Setting[]
  outputs: Setting[]
  due: Closure | null
  activity: SimulatedActivity | null
  call: Called | null
}

/** A pathway. */
export interface Model {
  process: string
  program: Program
  executable: Executable
  nodes: Node[]
  flows: Flow[]
  holds: Hold[]
  plainStart: Node | null
  /** How many counters a run of it has. */
  counters: number
}

/** @throws Beyond where it holds something that only the engine does. */
export const modelOf = (program: Program, { site, elements = {}, activities = {} }: HospitalOptions): Model => {
  const executable = loaded(program, site)
  const conduct = elements[program.process] ?? {}
  for (const node of program.nodes) mustBeKnown(program, executable, node, conduct[node.id])
  if (mayHearItself(program)) throw new Beyond(program.process, 'a signal that is heard by the run that throws it')
  const flows: Flow[] = program.flows.map(({ condition }) => ({
    target: null as unknown as Node,
    condition: condition < 0 ? null : executable.expressions[condition]!,
  }))
  const model: Model = {
    process: program.process,
    program,
    executable,
    nodes: [],
    flows,
    holds: [],
    plainStart: null,
    counters: 0,
  }
  model.nodes.push(...program.nodes.map((node, index) => newNode(model, node, index, activities)))
  const { nodes } = model
  program.flows.forEach(({ target }, flow) => {
    flows[flow]!.target = nodes[target]!
  })
  model.holds.push(
    ...program.holds.map((hold, index) => ({ ...needOf(model, hold), name: hold.name, index, scope: nodes[hold.scope]! })),
  )
  program.nodes.forEach((node, index) => {
    link(model, node, index, flows, conduct[node.id])
  })
  model.plainStart = nodes[executable.plainStart] ?? null
  return model
}

const mustBeKnown = (program: Program, executable: Executable, node: ProgramNode, conduct: ElementConduct | undefined): void => {
  const must = (holds: boolean, what: string) => {
    if (!holds) throw new Beyond(`${program.process}, ${node.id}`, what)
  }
  must(node.loop === null, 'loops')
  must(!node.adHoc, 'activities in any order')
  must(!node.forCompensation && !executable.compensates, 'compensation')
  must(node.eventSubProcesses.length === 0 && node.kind !== NodeKind.eventSubProcess, 'event subprocesses')
  must(node.kind !== NodeKind.inclusiveGateway && node.kind !== NodeKind.complexGateway, 'gateways that look around')
  must((node.startQuantity ?? 1) === 1 && (node.completionQuantity ?? 1) === 1, 'quantities of tokens')
  must(!node.event?.parts && !(node.event && UNKNOWN.includes(node.event.kind)), 'events of such a kind')
  must(
    node.kind !== NodeKind.process || node.starts.every((start) => program.nodes[start]!.kind === NodeKind.startEvent),
    'a beginning that is no start event',
  )
  must(!node.parallel, 'events that must all come')
  must(!node.task?.dataInputs && !node.task?.dataOutputs, 'data of its own')
  must(!conduct?.interruptible && !conduct?.rises && !conduct?.batch, 'work that is interrupted, rises or is done together')
}

/** What a run says to itself it hears before it goes on: all others hear it after. */
const mayHearItself = ({ nodes }: Program): boolean => {
  const signals = nodes.filter(({ event }) => event?.kind === EventKind.signal)
  const isThrown = ({ kind }: ProgramNode) => kind === NodeKind.intermediateThrowEvent || kind === NodeKind.endEvent
  const thrown = new Set(signals.filter(isThrown).map(({ event }) => event!.name))
  return signals.some((node) => !isThrown(node) && node.kind !== NodeKind.startEvent && thrown.has(node.event!.name))
}

const UNKNOWN: EventKind[] = [
  EventKind.escalation,
  EventKind.conditional,
  EventKind.compensation,
  EventKind.cancel,
  EventKind.multiple,
]

const settingsOf = ({ executable: { expressions } }: Model, assignments: Assignment[]): Setting[] =>
  assignments.map(({ variable, expression }) => ({ variable, value: expressions[expression]! }))

const needOf = ({ program, executable: { expressions } }: Model, { pool, quantity, where }: ProgramNeed): Need => {
  const fixed = constantOf(program, quantity)
  const filters = where.map(({ attribute, operator, value }) => ({ attribute, operator, value: constantOf(program, value) }))
  return {
    pool,
    fixedQuantity: typeof fixed === 'number' && Number.isSafeInteger(fixed) && fixed >= 0 ? fixed : null,
    quantity: expressions[quantity]!,
    where: where.map(({ attribute, operator, value }) => ({ attribute, operator, value: expressions[value]! })),
    fixedWhere: filters.every(({ value }) => value !== undefined)
      ? filters.flatMap(({ value, ...filter }) => (value === null ? [] : [{ ...filter, value: value! }]))
      : null,
  }
}

const newNode = (model: Model, node: ProgramNode, index: number, activities: Record<string, SimulatedActivity>): Node => {
  const { program, executable } = model
  const { expressions, decisions } = executable
  const { id, kind, task } = node
  const priority = executable.priorities[index]!
  const isOnTheSpot =
    kind === NodeKind.scriptTask || (kind === NodeKind.businessRuleTask && !(task && task.decision < 0 && task.activity !== ''))
  const decided = kind === NodeKind.scriptTask ? expressions[task?.script ?? -1] : decisions[task?.decision ?? -1]
  const isSent = kind === NodeKind.sendTask && !(task && task.activity !== '')
  return {
    index,
    id,
    kind,
    model,
    scope: null,
    outgoing: [],
    incoming: [],
    isConditional: executable.conditional[index]!,
    defaultFlow: null,
    boundaries: [],
    isInterrupting: node.interrupting,
    event: node.event && awaitedOf(model, node),
    entries: [],
    link: null,
    needs: node.needs.map((need) => needOf(model, need)),
    takes: [],
    gives: [],
    slot: node.slot && { unit: expressions[node.slot.unit]!, start: expressions[node.slot.start]! },
    priority: priority < 0 ? null : expressions[priority]!,
    word: wordOf(id),
    counter: model.counters++,
    ...lastingOf(node, expressions),
    paces: undefined,
    reads: [],
    outcomes: settingsOf(model, node.outcomes),
    weights: isLeftToChance(program, node) ? weightsOf(program, node.outgoing) : null,
    onTheSpot: isOnTheSpot ? (decided ?? (() => null)) : null,
    isPerformed: isTask(kind) && !isOnTheSpot && !isSent && kind !== NodeKind.receiveTask,
    isReceived: kind === NodeKind.receiveTask,
    resultVariable: task?.resultVariable ?? '',
    inputs: task ? settingsOf(model, task.inputs) : [],
    outputs: task ? settingsOf(model, task.outputs) : [],
    due: dueOf(model, task?.due ?? -1),
    activity: activities[task?.activity ?? ''] ?? null,
    call: null,
  }
}

const isTask = (kind: NodeKind): boolean => kind >= NodeKind.task && kind <= NodeKind.manualTask

/** By when a task is due is looked at where it may be no time at all: then its run fails. */
const dueOf = ({ program, executable }: Model, expression: number): Closure | null => {
  const constant = constantOf(program, expression)
  if (constant === undefined) return executable.expressions[expression] ?? null
  const text = textOf(constant)
  return text === null || parseDuration(text) ? null : executable.expressions[expression]!
}

const awaitedOf = (model: Model, { event }: ProgramNode): Awaited => {
  const { kind, timer, expression, name, correlation, assignments } = event!
  const { expressions } = model.executable
  const constant = constantOf(model.program, expression)
  const text = constant === undefined ? null : textOf(constant)
  return {
    kind,
    timer,
    value: expressions[expression] ?? null,
    fixed: timer === 'duration' && text !== null ? parseDuration(text) : null,
    name,
    correlation: expressions[correlation] ?? null,
    assignments: settingsOf(model, assignments),
  }
}

/** What one element refers to among the others. */
const link = (model: Model, node: ProgramNode, index: number, flows: Flow[], conduct: ElementConduct | undefined): void => {
  const { nodes, holds, executable } = model
  const linked = nodes[index]!
  linked.paces = conduct?.paces
  linked.reads = Object.entries(conduct?.reads ?? {})
  linked.scope = nodes[node.scope] ?? null
  linked.outgoing = node.outgoing.map((flow) => flows[flow]!)
  linked.incoming = node.incoming.map((flow) => flows[flow]!)
  linked.defaultFlow = flows[node.defaultFlow] ?? null
  linked.boundaries = node.boundaries.map((boundary) => nodes[boundary]!)
  linked.entries = executable.entries[index]!.map((entry) => nodes[entry]!)
  linked.link = nodes[executable.links[index]!] ?? null
  linked.takes = node.takes.map((take) => holds[take]!)
  linked.gives = node.gives.map((give) => holds[give]!)
  const { call } = node
  if (call)
    linked.call = {
      process: call.process,
      inputs: settingsOf(model, call.inputs),
      outputs: settingsOf(model, call.outputs),
      lends: call.lends.map(({ hold, as }) => ({ hold: holds[hold]!, as })),
      handsOver: call.handsOver.map(({ hold, as }) => ({ hold: holds[hold]!, as })),
    }
}
