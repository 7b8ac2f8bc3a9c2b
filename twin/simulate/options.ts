/** What a simulated hospital is made of. */
import type { Effect, RequestedNeed } from '../../pathways/engine/contract.ts'
import type { Value, Variables } from '../../pathways/language/feel/value.ts'
import type { Program, ProgramDuration } from '../../pathways/language/program.ts'
import type { Ledger, LedgerSnapshot } from '../../pathways/resources/index.ts'
import type { SiteTime } from '../../pathways/time/site.ts'
import type { ArrivalRates } from './arrivals.ts'
import type { ChanceKey } from './chance.ts'
import type { HospitalState, SimulatedRun } from './state.ts'

/** Patients who come by themselves. */
export interface Stream {
  id: string
  pathway: string
  /** Instead of beginning a pathway, each sends a message with its variables; `key` is what correlates it. */
  message?: { name: string; key(variables: Variables): Value }
  arrivals: Arrivals
  /** No more patients than these; those who come together are one. */
  limit?: number
  /** How many come together, by numbers that belong to the first of them. */
  together?(first: ChanceKey): number
  /** The pathway that those who come meanwhile begin instead: the first that holds. */
  changes?: { from: number; until: number; pathway: string }[]
  /** The variables of the run of the index-th patient, from numbers that belong to that patient. */
  variables(index: number, at: number, patient: ChanceKey): Variables
  /** False for a patient who is turned away; everybody begins a run, without it. */
  admits?(at: number, patient: ChanceKey): boolean
}

/** What a system activity does beside answering: delivers stock, say. Its result is what its outcomes write, then this. */
export type SimulatedActivity = (call: { inputs: Variables; at: number; run: string; wait: number; ledger: Ledger }) => Variables

export interface Observer {
  recorded?(run: SimulatedRun, fact: Extract<Effect, { type: 'record' }>, at: number): void
  started?(run: SimulatedRun, at: number): void
  ended?(run: SimulatedRun, at: number): void
  /** A request of a node begins to wait for units of these pools, or stock of them; `again` when it had them and was interrupted. */
  asked?(run: SimulatedRun, wait: number, node: number, pools: string[], at: number, again: boolean): void
  /** It waits no more: granted, withdrawn or refused. */
  answered?(run: SimulatedRun, wait: number, granted: boolean, at: number): void
  /** So many units of a pool, more or less, are in the hands of a run, or of a batch. */
  held?(pool: string, change: number, at: number, units: readonly string[], holder: string): void
}

/** How patients of a stream come: at rates that change with the hour, at distances drawn from a distribution, or at given times. */
export type Arrivals =
  | { rates: ArrivalRates }
  | {
      interarrival: ProgramDuration
      /** A share, from 0 to 1, of those who do not come after all. */
      noShow?: number
      /** Only while it is open does time pass; always, without one. Minutes of the week, ascending. */
      open?: { fromMinute: number; toMinute: number }[]
      /** Time passes always instead, and who would come while it is closed comes when it opens. */
      postpones?: boolean
    }
  /** Hospital times, ascending; each patient comes but for `noShow`, a share from 0 to 1. */
  | { times: number[]; noShow: number }

export interface UnitChange {
  at: number
  /** By id. */
  units: string[]
  closed: boolean
  /** What a closed unit was doing stops; without it, it is done first. */
  work?: Interrupted
}

/** What becomes of work that is interrupted, once it has its units again: the rest is done, or all of it anew. */
export type Interrupted = 'resume' | 'restart'

/** Work that begins from one time until another lasts so many times as long. */
export interface Pace {
  from: number
  until: number
  factor: number
}

/** What may happen to an element besides being done. */
export interface ElementConduct {
  /** It gives its units up to whoever is more urgent. */
  interruptible?: Interrupted
  /** While it waits its priority grows: so long after it asked, by so much. */
  rises?: { afterMs: number; by: number }[]
  /** Several runs are served as one, when so many are there or the first has waited so long. Its needs are those of all together. */
  batch?: { size: number; waitMs: number; needs: Omit<RequestedNeed, 'hold'>[] }
  /** Times at which its work lasts longer or shorter. */
  paces?: Pace[]
  /** By variable: the pool whose availability it is told when it is done. */
  reads?: Record<string, string>
}

/** How a broken unit is repaired: after a time, or by a pathway that begins with `unit`, `unitName`, `place` and `pool` and asks for whom it needs. */
export type Repair = { lasts: ProgramDuration } | { pathway: string }

/** What happens to the units of a pool by themselves. */
export interface PoolConduct {
  /** What they are doing when their opening hours end stops; without it, it is done first. */
  atClose?: Interrupted
  /** Each unit breaks down so long after it began or was repaired. */
  breakdowns?: { every: ProgramDuration; repair: Repair; work: Interrupted }
}

export interface HospitalOptions {
  programs: Program[]
  /** Versions that only runs of `state` are on: whoever begins takes one of `programs`. */
  formerPrograms?: Program[]
  /** Where the simulation begins; with `state`, that one's ledger is used instead. */
  ledger: LedgerSnapshot
  site: SiteTime
  seed: number
  replication?: number
  /** Hospital time at which it opens. */
  start: number
  streams?: Stream[]
  /** By activity name. */
  activities?: Record<string, SimulatedActivity>
  /** What happens when stock runs low: a pathway is started with `pool` and `quantity`, or a lot is delivered after a time. */
  reorder?: { pathway: string } | { leadMs: number; shelfLifeMs: number }
  /** Units closed and opened at times, as a person would. */
  unitChanges?: UnitChange[]
  /** By process, then by element id. */
  elements?: Record<string, Record<string, ElementConduct>>
  /** By id. */
  pools?: Record<string, PoolConduct>
  observer?: Observer
  /** Goes on from here, instead of from an empty hospital. */
  state?: HospitalState
  /** `state` is nobody else's: it is changed in place rather than copied. */
  ownsState?: boolean
}
