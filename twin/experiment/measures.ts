/** What is measured of a simulated hospital: waits and stays by pathway and element, occupancy and queues by pool. Named by what they are, units last. */
import { NodeKind, type Program } from '../../pathways/language/program.ts'
import type { Observer } from '../simulate/index.ts'
import { Level, Tally } from './statistics.ts'

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
  waits: Map<number, Tally>
  /** By node: requests that were given up or refused. */
  unserved: Map<number, number>
  /** By end event: runs that came to it. */
  ends: Map<number, number>
}

interface PoolMeasures {
  held: Level
  queue: Level
}

const minuteMs = 60_000
const dayMs = 86_400_000

/** Watches one replication. Runs and requests that began during the warm-up are not counted; levels are followed from its end. */
export class Measures {
  readonly observer: Observer
  readonly #programs: Program[]
  readonly #units: Map<string, number>
  readonly #from: number
  readonly #pathways: Map<string, PathwayMeasures>
  readonly #pools: Map<string, PoolMeasures>
  /** Requests that wait: what for, by run and wait. */
  readonly #asked = new Map<string, { node: number; pools: string[]; at: number }>()

  /** @param units how many units each pool has. @param from when measuring begins, hospital milliseconds. */
  constructor(programs: Program[], units: Map<string, number>, from: number) {
    this.#programs = programs
    this.#units = units
    this.#from = from
    this.#pathways = new Map(programs.map(({ process }) => [process, newPathway()]))
    this.#pools = new Map([...units.keys()].map((pool) => [pool, { held: new Level(from), queue: new Level(from) }]))
    this.observer = this.#observer()
  }

  #observer(): Observer {
    const isCounted = (at: number) => at >= this.#from
    return {
      started: ({ pathway }, at) => {
        if (isCounted(at)) this.#pathways.get(pathway)!.started++
      },
      ended: ({ pathway, startedAt, instance }, at) => {
        if (!isCounted(startedAt) || instance.marking.outcome !== 'completed') return
        const measures = this.#pathways.get(pathway)!
        measures.completed++
        measures.stay.add((at - startedAt) / minuteMs)
      },
      recorded: ({ pathway, startedAt }, { event, element }) => {
        if (event === 'entered' && isCounted(startedAt)) bump(this.#pathways.get(pathway)!.ends, element)
      },
      asked: ({ id }, wait, node, pools, at) => {
        this.#asked.set(`${id} ${wait}`, { node, pools, at })
        for (const pool of pools) this.#pools.get(pool)?.queue.change(1, at)
      },
      answered: ({ id, pathway }, wait, granted, at) => {
        const key = `${id} ${wait}`
        const asked = this.#asked.get(key)
        if (!asked) return
        this.#asked.delete(key)
        for (const pool of asked.pools) this.#pools.get(pool)?.queue.change(-1, at)
        const { node } = asked
        if (!isCounted(asked.at)) return
        const { waits, unserved } = this.#pathways.get(pathway)!
        if (granted) tallyOf(waits, node).add((at - asked.at) / minuteMs)
        else bump(unserved, node)
      },
      held: (pool, change, at) => this.#pools.get(pool)?.held.change(change, at),
    }
  }

  /** All measures until now, in the order of pathways, elements and pools. */
  until(at: number): Measure[] {
    const days = (at - this.#from) / dayMs
    const measures: Measure[] = []
    const add = (name: string, value: number) => measures.push({ name, value })
    for (const { process, nodes } of this.#programs) {
      const { started, completed, stay, waits, unserved, ends } = this.#pathways.get(process)!
      add(`${process}.started`, started)
      add(`${process}.completed`, completed)
      add(`${process}.completedPerDay`, completed / days)
      add(`${process}.stayMinutesMean`, stay.mean)
      add(`${process}.stayMinutesP95`, stay.quantile(0.95))
      nodes.forEach(({ id, kind, scope, needs, takes }, node) => {
        if (kind === NodeKind.endEvent && scope === 0) add(`${process}.${id}.reached`, ends.get(node) ?? 0)
        if (needs.length + takes.length === 0) return
        const wait = waits.get(node) ?? new Tally()
        add(`${process}.${id}.served`, wait.count)
        add(`${process}.${id}.unserved`, unserved.get(node) ?? 0)
        add(`${process}.${id}.waitMinutesMean`, wait.mean)
        add(`${process}.${id}.waitMinutesP50`, wait.quantile(0.5))
        add(`${process}.${id}.waitMinutesP95`, wait.quantile(0.95))
        add(`${process}.${id}.waitMinutesMax`, wait.max)
      })
    }
    for (const [pool, { held, queue }] of this.#pools) {
      const units = this.#units.get(pool)!
      const heldMean = held.meanUntil(at)
      add(`pool.${pool}.occupancyMean`, units > 0 ? heldMean / units : 0)
      add(`pool.${pool}.heldMean`, heldMean)
      add(`pool.${pool}.heldMax`, held.max)
      add(`pool.${pool}.queueLengthMean`, queue.meanUntil(at))
      add(`pool.${pool}.queueLengthMax`, queue.max)
    }
    return measures
  }
}

const newPathway = (): PathwayMeasures => ({
  started: 0,
  completed: 0,
  stay: new Tally(),
  waits: new Map(),
  unserved: new Map(),
  ends: new Map(),
})

const bump = (counts: Map<number, number>, key: number): void => {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

const tallyOf = (tallies: Map<number, Tally>, node: number): Tally => {
  let tally = tallies.get(node)
  if (!tally) {
    tally = new Tally()
    tallies.set(node, tally)
  }
  return tally
}
