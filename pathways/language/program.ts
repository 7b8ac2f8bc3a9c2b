/**
 * The Program: a compiled pathway as plain JSON, flat and integer-coded. BPMN is what people edit, the Program is what machines run.
 * Everything refers to everything else by index; -1 means "none", so that every record of a kind has the same shape.
 */
import type { DecisionTree } from './dmn/tree.ts'
import type { FeelTree } from './feel/tree.ts'
import type { Value } from './feel/value.ts'

/** What a node is, as an integer: `engine/` has one file for each group. */
export const NodeKind = {
  process: 0,
  startEvent: 1,
  endEvent: 2,
  intermediateCatchEvent: 3,
  intermediateThrowEvent: 4,
  boundaryEvent: 5,
  task: 6,
  userTask: 7,
  serviceTask: 8,
  sendTask: 9,
  receiveTask: 10,
  businessRuleTask: 11,
  scriptTask: 12,
  manualTask: 13,
  exclusiveGateway: 14,
  parallelGateway: 15,
  eventBasedGateway: 16,
  subProcess: 17,
  eventSubProcess: 18,
  callActivity: 19,
  inclusiveGateway: 20,
  complexGateway: 21,
} as const
export type NodeKind = (typeof NodeKind)[keyof typeof NodeKind]

export const EventKind = {
  none: 0,
  timer: 1,
  message: 2,
  error: 3,
  escalation: 4,
  signal: 5,
  terminate: 6,
  link: 7,
  conditional: 8,
  compensation: 9,
  cancel: 10,
  multiple: 11,
} as const
export type EventKind = (typeof EventKind)[keyof typeof EventKind]

export interface Program {
  /** SHA-256 (hex) of the canonical JSON of everything below. */
  hash: string
  /** Version of this very shape; a host refuses a Program it does not know. */
  format: 1
  /** The BPMN id of the process: also the Temporal workflow type and the `pathway` of the API. */
  process: string
  name: string
  /** Index 0 is the process itself. */
  nodes: ProgramNode[]
  flows: ProgramFlow[]
  /** Every FEEL expression of the pathway, compiled; nodes refer to them by index. */
  expressions: FeelTree[]
  /** Decisions that business-rule tasks use, compiled from DMN. */
  decisions: ProgramDecision[]
  /** Declared holds, of the process and of its subprocesses. */
  holds: HoldDeclaration[]
  /** form-js schemas by form id: a run keeps the forms of its version. */
  forms: Record<string, unknown>
}

export interface ProgramNode {
  id: string
  /** The drawn label, '' when there is none. */
  name: string
  /** The BPMN type, for people and logs: `bpmn:UserTask`. */
  type: string
  kind: NodeKind
  /** The process or subprocess that contains it; -1 for the process. */
  scope: number
  /** Indexes of sequence flows. */
  incoming: number[]
  outgoing: number[]
  /** The default flow, or -1. */
  defaultFlow: number
  /** Boundary events attached to it (node indexes), in document order. */
  boundaries: number[]
  /** For a boundary event: the activity that carries it, else -1. */
  attachedTo: number
  /** False for non-interrupting boundary events and event subprocess starts. */
  interrupting: boolean
  /** For events (and send and receive tasks, whose event is a message): what they catch or throw. */
  event: ProgramEvent | null
  /** Complex gateways: FEEL index of what activates them, over `activationCount`. */
  activationCondition?: number
  /** An event-based gateway that begins a process, all of whose events must come. */
  parallel?: true
  /** Activities: how many tokens they begin with and leave behind, where it is not one. */
  startQuantity?: number
  completionQuantity?: number
  /** An activity that only undoes: no flow enters it. */
  forCompensation?: true
  /** For a compensation boundary event: the activity that undoes. */
  handler?: number
  adHoc?: ProgramAdHoc
  /** For scopes: start events that begin it when its parent enters it; for the process, every start event. */
  starts: number[]
  /** For scopes: the event subprocesses inside it. */
  eventSubProcesses: number[]
  loop: ProgramLoop | null
  /** Of a sequential ad-hoc subprocess: who chooses which of its activities comes next; null for the order of the document. */
  task: ProgramTask | null
  call: ProgramCall | null
  /** Asked for together, before the element starts. */
  needs: ProgramNeed[]
  /** Indexes of `Program.holds` taken when it starts and given back once its request is granted. */
  takes: number[]
  gives: number[]
  slot: { unit: number; start: number } | null
  /** FEEL expression index: higher is more urgent; -1 inherits from the scope. */
  priority: number
  duration: ProgramDuration | null
  /** In the twin: durations by the value of a FEEL expression, as text, that sees what the unit granted is as `doneBy`; `duration` for any other. */
  durationBy?: { expression: number; durations: Record<string, ProgramDuration> }
  /** What the twin and synthetic staff write on completion: FEEL that may use `luck`, uniform in [0, 1), one draw each. */
  outcomes: Assignment[]
}

export interface ProgramFlow {
  id: string
  name: string
  source: number
  target: number
  /** FEEL expression index, or -1. */
  condition: number
  /** How likely it is taken where chance decides (`isLeftToChance`), from 0 to 1, when that is given. */
  probability?: number
}

/** Whether people do it, from a worklist: a user or manual task, or the choice of what comes next in an ad-hoc subprocess. */
export const isPersons = ({ kind, adHoc, task }: ProgramNode): boolean =>
  kind === NodeKind.userTask || kind === NodeKind.manualTask || (adHoc !== undefined && task !== null)

/**
 * Whether an exclusive or inclusive gateway is decided by chance: one of its flows has no condition and is not the default. Drawings have such gateways,
 * what is published has none.
 */
export const isLeftToChance = ({ flows }: Pick<Program, 'flows'>, { kind, outgoing, defaultFlow }: ProgramNode): boolean =>
  (kind === NodeKind.exclusiveGateway || kind === NodeKind.inclusiveGateway) &&
  outgoing.length > 1 &&
  outgoing.some((flow) => flow !== defaultFlow && flows[flow]!.condition < 0)

export interface ProgramEvent {
  kind: EventKind
  /** Timer: what the expression gives. */
  timer: 'date' | 'duration' | 'cycle' | null
  /** Timer: FEEL expression index giving an ISO 8601 text or a FEEL temporal value; conditional: the condition; else -1. */
  expression: number
  /** Message, signal or link name, error or escalation code; '' catches any code. */
  name: string
  /** Message: FEEL index of the correlation key, or -1. */
  correlation: number
  /** Throwing message or signal: the payload. Catching: what to set, from `payload`. Catching errors: from `error`. */
  assignments: Assignment[]
  /** Throwing compensation: the activity to undo, absent for all of them; false when it does not wait until that is done. */
  activity?: number
  waits?: false
  /** Multiple events: what each of their definitions catches or throws; what is thrown last stands last. */
  parts?: ProgramEvent[]
  /** A multiple event that happens when every one of its parts has. */
  parallel?: true
}

/** What an event catches or throws: the parts of a multiple event, else the event itself. */
export const partsOf = (event: ProgramEvent | null | undefined): ProgramEvent[] => event?.parts ?? (event ? [event] : [])

/** Whether an event catches or throws something of a kind, and of a name when one is given. */
export const concerns = (event: ProgramEvent | null | undefined, kind: EventKind, name?: string): boolean =>
  partsOf(event).some((part) => part.kind === kind && (name === undefined || part.name === name))

export interface Assignment {
  variable: string
  expression: number
}

/** Multi-instance, or a standard loop. */
export interface ProgramLoop {
  standard: boolean
  /** Standard loops: FEEL index of the condition to go round again, or -1; whether it is tested before the first round too. */
  condition: number
  testBefore: boolean
  /** Standard loops: how many rounds at most, -1 for any number. */
  maximum: number
  /** Standard loops are sequential. */
  sequential: boolean
  /** FEEL index or -1; one of cardinality and collection is set. */
  cardinality: number
  collection: number
  elementVariable: string
  /** Gathers `outputElement` of each instance, in order, into this variable; '' for none. */
  outputCollection: string
  outputElement: number
  completionCondition: number
  /** What is thrown as instances complete. */
  behaviour?: LoopBehaviour[]
}

export interface LoopBehaviour {
  /** Only when the first instance completes. */
  first?: true
  /** FEEL index of when, over the numbers of instances, or -1 for each. */
  condition: number
  event: ProgramEvent
}

/** A subprocess whose activities go in any order. */
export interface ProgramAdHoc {
  /** One at a time. */
  sequential: boolean
  /** FEEL index of what is tested after each activity, or -1. */
  completionCondition: number
  /** Whether the activities under way are cancelled when the condition is true, or awaited. */
  cancelsRemaining: boolean
}

export interface ProgramTask {
  /** Role of a person's task (user, manual), '' otherwise. */
  role: string
  form: string
  /** FEEL index of the place shown to the person, or -1. */
  place: number
  /** FEEL index of a duration after which the task is overdue, or -1. */
  due: number
  /** Activity name of a service or send task, '' otherwise. */
  activity: string
  /** Index in `Program.decisions` of a business-rule task, or -1. */
  decision: number
  /** FEEL index of a script task, or -1. */
  script: number
  /** Variable that receives a decision's or a script's result, '' for none. */
  resultVariable: string
  inputs: Assignment[]
  /** Evaluated over `result` and the variables. Empty: a result that is an object is merged as it is. */
  outputs: Assignment[]
  /** Drawn data inputs, variables of the task alone; drawn data outputs, set when all else is, what the task did not give excepted. */
  dataInputs?: Assignment[]
  dataOutputs?: Assignment[]
}

export interface ProgramCall {
  /** Process id of the called pathway. */
  process: string
  inputs: Assignment[]
  outputs: Assignment[]
  /** Holds (indexes of the caller's) that the callee knows under `as`. */
  lends: { hold: number; as: string }[]
  handsOver: { hold: number; as: string }[]
}

export interface ProgramNeed {
  pool: string
  /** FEEL index. */
  quantity: number
  where: ProgramFilter[]
}

/** `attribute operator value`, over a unit's attributes; the value is FEEL over the patient's variables. A null value filters nothing. */
export interface ProgramFilter {
  attribute: string
  operator: '=' | '!=' | '<=' | '>=' | 'in'
  value: number
}

export interface HoldDeclaration extends ProgramNeed {
  name: string
  /** The process or subprocess it lives with. */
  scope: number
}

export interface ProgramDecision {
  id: string
  name: string
  tree: DecisionTree
}

/** How long work takes, for the twin and for synthetic staff; parameters in milliseconds (`shape`s are plain numbers). */
export interface ProgramDuration {
  distribution:
    | 'fixed'
    | 'exponential'
    | 'uniform'
    | 'triangular'
    | 'normal'
    | 'lognormal'
    | 'gamma'
    | 'weibull'
    | 'pert'
    | 'exgaussian'
    | 'empirical'
  parameters: Record<string, number>
  /** Of an empirical one: milliseconds, and how often each comes in relation to the others. */
  values?: { value: number; share: number }[]
}

/** The link catch event that a link throw event goes on at: the one of its name in its scope (10.5.5.6). -1 for any other node. */
export function linkTarget({ nodes }: Program, node: number): number {
  const { kind, event, scope } = nodes[node]!
  if (kind !== NodeKind.intermediateThrowEvent || event?.kind !== EventKind.link) return -1
  return nodes.findIndex(
    (other) =>
      other.kind === NodeKind.intermediateCatchEvent &&
      other.event?.kind === EventKind.link &&
      other.scope === scope &&
      other.event.name === event.name,
  )
}

/** The value of an expression that is the same for every patient; undefined when it must be computed, or is not there. */
export const constantOf = ({ expressions }: Pick<Program, 'expressions'>, index: number): Value | undefined => {
  const tree = expressions[index]
  return tree?.[0] === 'value' ? tree[1] : undefined
}
