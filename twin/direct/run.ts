/** Where one patient is, as objects that refer to one another: the `Instance` of the engine, for one that only a simulation steps. */
import type { ThrownError } from '../../pathways/engine/contract.ts'
import { ownValue } from '../../pathways/engine/variables.ts'
import type { FeelScope } from '../../pathways/language/feel/evaluate.ts'
import type { Value, Variables } from '../../pathways/language/feel/value.ts'
import type { SiteTime } from '../../pathways/time/site.ts'
import type { PoolGauges, ProgramGauges } from '../compiled/index.ts'
import type { Flow, Hold, Model, Node } from './model.ts'

export const State = { requesting: 0, active: 1, cancelling: 2 } as const

export class Run {
  readonly id: string
  readonly model: Model
  readonly gauges: ProgramGauges
  readonly patient: string
  readonly startedAt: number
  /** Its chance. */
  readonly low: number
  readonly high: number
  variables: Variables = {}
  /** How often each element drew, by its counter; the other things that draw, by what they are. */
  readonly counts: number[]
  iterations: Record<string, number> | null = null
  /** What activations, holds and waits are numbered by, as in the engine. */
  nextId = 0
  /** In the order in which they began. */
  activations: Activation[] = []
  /** Tokens at rest before a joining gateway. */
  tokens: { flow: Flow; scope: Activation; count: number }[] = []
  holds: Held[] = []
  isOver = false
  error: ThrownError | null = null
  /** What called it, while that waits for it. */
  caller: Wait | null = null
  /** The dirty unit it makes usable, or ''. */
  turnsOver = ''

  constructor(id: string, model: Model, gauges: ProgramGauges, patient: string, startedAt: number, low: number, high: number) {
    this.id = id
    this.model = model
    this.gauges = gauges
    this.patient = patient
    this.startedAt = startedAt
    this.low = low
    this.high = high
    this.counts = new Array<number>(model.counters).fill(0)
  }

  /** What it waits for under a number. */
  waitOf(id: number): Wait | undefined {
    const { activations } = this
    for (let index = 0; index < activations.length; index++) {
      const { waits } = activations[index]!
      for (let place = 0; place < waits.length; place++) if (waits[place]!.id === id) return waits[place]
    }
    return undefined
  }

  /** 0 the first time, then one more each time. */
  iterationOf(what: string): number {
    this.iterations ??= {}
    const iteration = this.iterations[what] ?? 0
    this.iterations[what] = iteration + 1
    return iteration
  }
}

/** An element that has begun and not ended. */
export class Activation {
  readonly id: number
  readonly run: Run
  readonly node: Node
  /** That of the scope that contains it; null for the process. */
  readonly scope: Activation | null
  state: number = State.active
  interruptedBy: Node | null = null
  isOpen = true
  /** Activations open, tokens at rest, and work in the queue, directly inside. */
  inside = 0
  resting = 0
  moving = 0
  /** In the order in which they were opened. */
  readonly waits: Wait[] = []

  constructor(id: number, run: Run, node: Node, scope: Activation | null) {
    this.id = id
    this.run = run
    this.node = node
    this.scope = scope
  }
}

export const WaitKind = { request: 0, task: 1, timer: 2, message: 3, signal: 4, call: 5 } as const

/** Something that is waited for. */
export class Wait {
  readonly id: number
  readonly kind: number
  readonly node: Node
  readonly activation: Activation
  isOpen = true
  /** Of timers: when; of requests: since when. */
  due = 0
  /** Of timer cycles: how often still, -1 for ever, and how far apart. */
  repeats = 0
  period = ''
  name = ''
  key: Value = null
  /** Of tasks: their chance. */
  low = 0
  high = 0
  inputs: Variables | null = null
  /** Of requests: the pools it waits for. */
  queues: PoolGauges[] = NO_QUEUES
  /** Of calls: the run that was called. */
  called: Run | null = null

  constructor(id: number, kind: number, node: Node, activation: Activation) {
    this.id = id
    this.kind = kind
    this.node = node
    this.activation = activation
  }

  /** As a `Mailbox` knows who listens. */
  get run(): Run {
    return this.activation.run
  }
}
/** Nothing is waited for. */
export const NO_QUEUES: PoolGauges[] = []

export const HeldState = { requested: 0, reserved: 1, occupied: 2 } as const

/** Something that a run has or asked for. */
export class Held {
  readonly id: number
  /** Null for an element's own need. */
  readonly declaration: Hold | null
  /** Whose end gives it back. */
  readonly activation: Activation
  state: number
  units: string[] = []
  isLent = false

  constructor(id: number, declaration: Hold | null, activation: Activation, state: number) {
    this.id = id
    this.declaration = declaration
    this.activation = activation
    this.state = state
  }
}

/** What an expression of a run sees. Aimed anew for every evaluation. */
export class RunScope implements FeelScope {
  at = 0
  readonly site: SiteTime
  variables: Variables = {}
  /** A name that comes on top, and names that come next; none as '' and null. */
  name = ''
  given: Value = null
  results: Variables | null = null

  constructor(site: SiteTime) {
    this.site = site
  }

  get(name: string): Value | undefined {
    if (name === this.name) return this.given
    const { results } = this
    if (results !== null && Object.hasOwn(results, name)) return results[name]
    return ownValue(this.variables, name)
  }
}
