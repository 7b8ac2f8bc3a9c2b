/** All that a simulated hospital has: what the functions of this folder work on. */
import type { Effect, Host } from '../../pathways/engine/contract.ts'
import type { Program } from '../../pathways/language/program.ts'
import { createLedger, type Ledger, snapshotOf } from '../../pathways/resources/index.ts'
import { type ChanceKey, chanceOf, within, wordOf } from './chance.ts'
import { checkHospital, ImpossibleHospital } from './check.ts'
import { createEventHeap, type EventHeap, pushEvent } from './event-heap.ts'
import { loaded } from './loaded.ts'
import { Mailbox } from './mailbox.ts'
import type { HospitalOptions } from './options.ts'
import type { Delivery, HospitalState, Planned, SimulatedRun } from './state.ts'
import { branch, prepare, type Simulated } from './work.ts'

export interface World {
  options: HospitalOptions
  pathways: Map<string, Simulated>
  /** By hash: those, and the versions that runs from before are on. */
  versions: Map<string, Simulated>
  runs: Map<string, SimulatedRun>
  ledger: Ledger
  heap: EventHeap<Planned>
  mailbox: Mailbox
  chance: ChanceKey
  /** What is to be stepped at this very time, in order. */
  deliveries: Delivery[]
  /** What the step under way asked for. */
  effects: Effect[]
  host: Host
  /** The run stepped last. */
  stepped: SimulatedRun | null
  /** Whether work may be interrupted at all: else nothing of it is written down. */
  interrupts: boolean
  /** Pools whose units may have to be given up to whoever is more urgent. */
  preemptible: string[]
  state: Omit<HospitalState, 'runs' | 'ledger' | 'agenda' | 'unread' | 'listeners'>
}

/** A world from an empty hospital or from a state, checked. */
export const createWorld = (options: HospitalOptions): World => {
  checkHospital(options)
  const { runs, ledger, agenda, unread, listeners, ...state } = startOf(options)
  const effects: Effect[] = []
  const pathways = new Map(options.programs.map((program) => [program.process, prepared(program, options)]))
  const former = (options.formerPrograms ?? []).map((program) => prepared(program, options))
  const world: World = {
    options,
    pathways,
    versions: new Map([...former, ...pathways.values()].map((simulated) => [simulated.program.hash, simulated])),
    runs: new Map(runs.map((run) => [run.id, run])),
    // A state is a copy already.
    ledger: createLedger(ledger, options.site, { ownsSnapshot: options.state !== undefined }),
    heap: createEventHeap(),
    mailbox: new Mailbox(unread),
    chance: chanceOf(options.seed, options.replication ?? 0),
    deliveries: [],
    effects,
    host: {
      emit: (effect) => void effects.push(effect),
      choose: (node, activation) => branch(simulatedOf(world, world.stepped!), world.stepped!, node, activation),
    },
    stepped: null,
    interrupts: mayInterrupt(options),
    preemptible: preemptiblePools(options),
    state,
  }
  world.heap.entries.push(...agenda)
  for (const { kind, name, run, wait, key } of listeners)
    world.mailbox.listen(kind, name, world.runs.get(run)!, wait, key, state.at)
  for (const { id } of options.streams ?? []) state.positions[id] ??= { index: 0, at: options.start }
  return world
}

/** Everything, as plain JSON that nothing else refers to. */
export const stateOf = (world: World): HospitalState =>
  copyOf({
    ...world.state,
    runs: [...world.runs.values()],
    ledger: snapshotOf(world.ledger),
    agenda: world.heap.entries,
    unread: world.mailbox.unread,
    listeners: world.mailbox.listeners,
  })

export const plan = (world: World, at: number, kind: number, item: Planned): void => {
  pushEvent(world.heap, { at, kind, sequence: world.state.nextSequence++, item })
}

export const keyOf = (world: World, name: string): ChanceKey => {
  return within(world.chance, wordOf(name))
}

export const simulatedOf = (world: World, run: SimulatedRun): Simulated => world.versions.get(run.hash)!

export const pathwayOf = (world: World, process: string): Simulated => {
  const simulated = world.pathways.get(process)
  if (!simulated) throw new ImpossibleHospital(process, 'No such pathway is simulated', 'Add its program.')
  return simulated
}

export const count = (counts: Record<string, number>, pathway: string): void => {
  counts[pathway] = (counts[pathway] ?? 0) + 1
}

const mayInterrupt = ({ elements = {}, pools = {}, unitChanges = [] }: HospitalOptions): boolean =>
  Object.values(elements).some((each) => Object.values(each).some(({ interruptible }) => interruptible !== undefined)) ||
  Object.values(pools).some(({ atClose, breakdowns }) => atClose !== undefined || breakdowns !== undefined) ||
  unitChanges.some(({ work }) => work !== undefined)

const preemptiblePools = ({ programs, elements = {} }: HospitalOptions): string[] => [
  ...new Set(
    programs.flatMap(({ process, nodes }) =>
      nodes.flatMap(({ id, needs }) => (elements[process]?.[id]?.interruptible ? needs.map(({ pool }) => pool) : [])),
    ),
  ),
]

const prepared = (program: Program, { site, elements = {} }: HospitalOptions): Simulated =>
  prepare(loaded(program, site), elements[program.process] ?? {})

const startOf = (options: HospitalOptions): HospitalState => {
  if (!options.state) return emptyState(options)
  return options.ownsState ? options.state : copyOf(options.state)
}

const copyOf = (state: HospitalState): HospitalState => JSON.parse(JSON.stringify(state)) as HospitalState

const emptyState = ({ ledger, start }: HospitalOptions): HospitalState => ({
  at: start,
  runs: [],
  ledger,
  agenda: [],
  nextSequence: 0,
  nextRun: 0,
  positions: {},
  unread: [],
  listeners: [],
  orders: {},
  outages: {},
  batches: [],
  nextBatch: 0,
  started: {},
  ended: {},
})
