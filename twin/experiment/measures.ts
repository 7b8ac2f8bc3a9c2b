/** What is measured of a simulated hospital: waits and stays by pathway and element, occupancy and queues by pool. Named by what they are, units last. */
import { NodeKind, type Program } from '../../pathways/language/program.ts'
import type { Gauges, PoolGauges, ProgramGauges } from '../compiled/index.ts'
import type { ElementConduct, Hospital, Observer, SimulatedRun } from '../simulate/index.ts'
import { Classes } from './classes.ts'
import { closedHours, openUnits } from './load.ts'
import { askedMeasures, type LongWaits, longWaitsOf } from './long-waits.ts'
import type { Experiment } from './prepare.ts'
import { Level, Tally } from './statistics.ts'
import { ByHourOfWeek, ByValue, type LevelWatcher, WatchedLevel } from './watched-level.ts'

export interface Measure {
  /** `visit.Exam.waitMinutesMean`, `pool.nurse.occupancyMean`. */
  name: string
  value: number
}

interface PathwayMeasures {
  started: number
  completed: number
  stay: Tally
  /** By node: requests that were granted, and how long they waited. */
  waits: Tally[]
  /** By node: requests that were given up or refused. */
  unserved: number[]
  /** Of the waits that are asked about. */
  longWaits: LongWaits[]
  /** By node: runs that came to it. */
  reached: number[]
  /** By node: how often work stopped before it was done. */
  interruptions: number[]
}

/** Who is told what the levels of a pool were. */
export interface PoolWatchers {
  held: Pick<LevelWatcher, 'stood'>[]
  queue: Pick<LevelWatcher, 'stood'>[]
}

interface Asked {
  wait: number
  node: number
  pools: string[]
  at: number
  again: boolean
}

interface PoolMeasures {
  held: Level
  queue: Level
}

const minuteMs = 60_000
const hourMs = 3_600_000
const dayMs = 86_400_000

/** Watches one replication, as an observer of the general simulator or by the gauges of the compiled one. Runs and requests that began during the warm-up are not counted; levels are followed from its end. */
export class Measures implements Gauges {
  readonly observer: Observer
  readonly #programs: Program[]
  readonly #classes: Classes
  readonly #experiment: Experiment
  readonly #from: number
  readonly #pathways: Map<string, PathwayMeasures>
  readonly #pools: Map<string, PoolMeasures>
  /** Of levels that are looked at more closely, with what their measures are called. */
  readonly #watchers: { name: string; watcher: LevelWatcher }[] = []
  /** Requests that wait, by run. */
  readonly #asked = new Map<SimulatedRun, Asked[]>()

  /** @param watchersOf who watches the levels of a pool besides. */
  constructor(experiment: Experiment, watchersOf?: (pool: string) => PoolWatchers) {
    const { options, units, warmUpEnd, scenario } = experiment
    this.#experiment = experiment
    this.#programs = options.programs
    this.#classes = new Classes(experiment)
    this.#from = warmUpEnd
    const asked = askedMeasures(scenario)
    this.#pathways = new Map(
      options.programs.map((program) => [program.process, newPathway(program.nodes.length, longWaitsOf(program, asked))]),
    )
    this.#pools = new Map(
      [...units].map(([pool, count]) => {
        const hours = () => (scenario.byHourOfWeek.includes(pool) ? [new ByHourOfWeek(options.site)] : [])
        const values = scenario.byUnitsInUse.includes(pool) ? [new ByValue(count)] : []
        const also = watchersOf?.(pool)
        const held = this.#levelOf(`pool.${pool}.heldMean`, hours(), `pool.${pool}.`, values, also?.held)
        return [pool, { held, queue: this.#levelOf(`pool.${pool}.queueLengthMean`, hours(), '', [], also?.queue) }]
      }),
    )
    this.observer = this.#observer()
  }

  /** Takes over a hospital that is under way before measuring begins: what is held, and who waits for what. */
  begin({ ledger, runs, at }: Hospital): void {
    for (const [holder, { requests, held }] of ledger.holders) {
      for (const { held: each, units } of held) if (units.length > 0) this.#pools.get(each.pool)?.held.change(units.length, at)
      const run = runs.get(holder)
      for (const { request } of requests) {
        const wait = run?.instance.marking.waits.find(({ id }) => id === request.wait)
        if (!run || !wait) continue
        const pools = [...new Set(request.needs.map(({ pool }) => pool))]
        this.observer.asked!(run, request.wait, wait.node, pools, request.at, false)
      }
    }
  }

  /** Tells whoever watches the levels what they were until now. */
  tell(at: number): void {
    for (const { held, queue } of this.#pools.values()) for (const level of [held, queue]) level.meanUntil(at)
  }

  program(process: string): ProgramGauges {
    const measures = this.#pathways.get(process)!
    const from = this.#from
    const { longWaits } = measures
    return this.#classes.watching(process, {
      started: (at) => {
        if (at >= from) measures.started++
      },
      completed: (startedAt, at) => {
        if (startedAt < from) return
        measures.completed++
        measures.stay.add((at - startedAt) / minuteMs)
      },
      waited:
        longWaits.length === 0
          ? (node, since, at) => {
              if (since >= from) measures.waits[node]!.add((at - since) / minuteMs)
            }
          : (node, since, at) => {
              if (since < from) return
              measures.waits[node]!.add((at - since) / minuteMs)
              for (const each of longWaits) each.add(node, at - since)
            },
      unserved: (node, since, at) => {
        if (since < from) return
        measures.unserved[node]!++
        for (const each of longWaits) each.add(node, at - since)
      },
      reached: (node, startedAt) => {
        if (startedAt >= from) measures.reached[node]!++
      },
    })
  }

  pool(id: string): PoolGauges {
    return this.#pools.get(id)!
  }

  #observer(): Observer {
    const gauges = new Map(this.#programs.map(({ process }) => [process, this.program(process)]))
    return {
      started: ({ pathway }, at) => gauges.get(pathway)!.started(at),
      ended: ({ pathway, startedAt, instance }, at) => {
        if (instance.marking.outcome === 'completed') gauges.get(pathway)!.completed(startedAt, at, instance.variables[0]!)
      },
      recorded: ({ pathway, startedAt }, { event, element }) => {
        if (event === 'entered') gauges.get(pathway)!.reached(element, startedAt)
      },
      asked: (run, wait, node, pools, at, again) => {
        const waiting = this.#asked.get(run)
        const asked = { wait, node, pools, at, again }
        if (waiting) waiting.push(asked)
        else this.#asked.set(run, [asked])
        if (again && at >= this.#from) this.#pathways.get(run.pathway)!.interruptions[node]!++
        for (const pool of pools) this.#pools.get(pool)?.queue.change(1, at)
      },
      answered: (run, wait, granted, at) => {
        const asked = this.#answered(run, wait)
        if (!asked) return
        for (const pool of asked.pools) this.#pools.get(pool)?.queue.change(-1, at)
        // Its wait was counted when it was granted first.
        if (asked.again) return
        if (granted) gauges.get(run.pathway)!.waited(asked.node, asked.at, at, run.instance.variables[0]!)
        else gauges.get(run.pathway)!.unserved(asked.node, asked.at, at)
      },
      held: (pool, change, at) => this.#pools.get(pool)?.held.change(change, at),
    }
  }

  /** What a run asked for under a wait, once. */
  #answered(run: SimulatedRun, wait: number): Asked | undefined {
    const waiting = this.#asked.get(run)
    const place = waiting ? waiting.findIndex((asked) => asked.wait === wait) : -1
    if (!waiting || place < 0) return undefined
    const asked = waiting[place]!
    if (waiting.length === 1) this.#asked.delete(run)
    else waiting.splice(place, 1)
    return asked
  }

  /** All measures until now, in the order of pathways, elements and pools, then of classes. */
  until(at: number): Measure[] {
    const days = (at - this.#from) / dayMs
    const measures: Measure[] = []
    const add = (name: string, value: number) => measures.push({ name, value })
    for (const program of this.#programs) {
      const { process, nodes } = program
      const { started, completed, stay, waits, unserved, reached, longWaits, interruptions } = this.#pathways.get(process)!
      const conduct = this.#experiment.options.elements?.[process] ?? {}
      add(`${process}.started`, started)
      add(`${process}.completed`, completed)
      add(`${process}.completedPerDay`, completed / days)
      add(`${process}.stayMinutesMean`, stay.mean)
      add(`${process}.stayMinutesP95`, stay.quantile(0.95))
      nodes.forEach(({ id, kind, scope }, node) => {
        if (kind === NodeKind.endEvent && scope === 0) add(`${process}.${id}.reached`, reached[node]!)
        if (!waitsAt(program, node, conduct)) return
        const wait = waits[node]!
        add(`${process}.${id}.served`, wait.count)
        add(`${process}.${id}.unserved`, unserved[node]!)
        add(`${process}.${id}.waitMinutesMean`, wait.mean)
        add(`${process}.${id}.waitMinutesP50`, wait.quantile(0.5))
        add(`${process}.${id}.waitMinutesP95`, wait.quantile(0.95))
        add(`${process}.${id}.waitMinutesMax`, wait.max)
        const answered = wait.count + unserved[node]!
        add(`${process}.${id}.delayedShare`, answered > 0 ? (answered - wait.zeros) / answered : 0)
        for (const long of longWaits) if (long.node === node) add(long.name, answered > 0 ? long.count / answered : 0)
        if (this.#mayStop(program, node)) add(`${process}.${id}.interruptions`, interruptions[node]!)
      })
    }
    for (const [pool, { held, queue }] of this.#pools) {
      const units = this.#experiment.units.get(pool)!
      const heldMean = held.meanUntil(at)
      add(`pool.${pool}.occupancyMean`, units > 0 ? heldMean / units : 0)
      add(`pool.${pool}.heldMean`, heldMean)
      add(`pool.${pool}.heldMax`, held.max)
      add(`pool.${pool}.queueLengthMean`, queue.meanUntil(at))
      add(`pool.${pool}.queueLengthMax`, queue.max)
    }
    for (const { name, watcher } of this.#watchers) for (const seen of watcher.seen()) add(`${name}${seen.name}`, seen.value)
    this.#addCosts(at, add)
    return [...measures, ...this.#classes.measures()]
  }

  #levelOf(
    name: string,
    hours: LevelWatcher[],
    nameOfShares = '',
    values: LevelWatcher[] = [],
    also: Pick<LevelWatcher, 'stood'>[] = [],
  ): Level {
    for (const watcher of hours) this.#watchers.push({ name, watcher })
    for (const watcher of values) this.#watchers.push({ name: nameOfShares, watcher })
    const watchers: Pick<LevelWatcher, 'stood'>[] = [...hours, ...values, ...also]
    return watchers.length > 0 ? new WatchedLevel(this.#from, watchers) : new Level(this.#from)
  }

  /** Whether work of a node may be interrupted, by somebody or by its units. */
  #mayStop({ process, nodes }: Program, node: number): boolean {
    const { elements, pools = {}, unitChanges = [] } = this.#experiment.options
    const { id, needs } = nodes[node]!
    return (
      elements?.[process]?.[id]?.interruptible !== undefined ||
      unitChanges.some(({ work }) => work !== undefined) ||
      needs.some(({ pool }) => pools[pool]?.atClose !== undefined || pools[pool]?.breakdowns !== undefined)
    )
  }

  #addCosts(at: number, add: (name: string, value: number) => void): void {
    const costs = Object.entries(this.#experiment.scenario.costs)
    if (costs.length === 0) return
    const hours = (at - this.#from) / hourMs
    const open = openUnits(this.#experiment)
    const closed = closedHours(this.#experiment, this.#from, at)
    let total = 0
    for (const [name, cost] of costs) {
      const pool = this.#pools.get(name)
      let own = 0
      if ('perRun' in cost) own = cost.perRun * this.#pathways.get(name)!.started
      else {
        const { perHourUsed = 0, perHourOpen = 0, perUse = 0 } = cost
        own =
          perHourUsed * hours * pool!.held.meanUntil(at) +
          perHourOpen * (hours * open.get(name)! - (closed.get(name) ?? 0)) +
          perUse * pool!.held.raised
      }
      total += own
      add('perRun' in cost ? `${name}.cost` : `pool.${name}.cost`, own)
    }
    add('cost', total)
  }
}

/** Whether runs wait at a node for something: its needs, what it takes, or the rest of its batch. */
export const waitsAt = ({ nodes }: Program, node: number, conduct: Record<string, ElementConduct>): boolean => {
  const { id, needs, takes } = nodes[node]!
  return needs.length + takes.length > 0 || conduct[id]?.batch !== undefined
}

const newPathway = (nodes: number, longWaits: LongWaits[]): PathwayMeasures => ({
  started: 0,
  completed: 0,
  stay: new Tally(),
  waits: Array.from({ length: nodes }, () => new Tally()),
  unserved: new Array<number>(nodes).fill(0),
  longWaits,
  reached: new Array<number>(nodes).fill(0),
  interruptions: new Array<number>(nodes).fill(0),
})
