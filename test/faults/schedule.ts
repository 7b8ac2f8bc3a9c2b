/** A schedule of faults is a function of its seed alone: what is struck when, and how the partners misbehave meanwhile. */
import { STRIKEABLE, type Strikeable } from '../whole/hospital.ts'

export interface Strike {
  /** Wall milliseconds since the flow began. */
  atMs: number
  name: Strikeable
}

export interface PartnerPlan extends Record<string, number> {
  seed: number
}

export interface Schedule {
  seed: number
  strikes: Strike[]
  monEspaceSante: PartnerPlan
  mail: PartnerPlan
}

export interface ScheduleOptions {
  /** Strikes beyond one for each process. */
  strikesMore: number
  /** Wall milliseconds between the first and the last strike. */
  spreadMs: number
  partnerFaultProbabilityMax: number
  slowMsMax: number
}

export const everyProcessOnce: ScheduleOptions = {
  strikesMore: 2,
  spreadMs: 40_000,
  partnerFaultProbabilityMax: 0.2,
  slowMsMax: 400,
}

const FIRST_MS = 1_500
const JITTER = 0.8

/** Every process is struck once at least, in an order and at moments of the seed's. */
export function scheduleOf(seed: number, options: ScheduleOptions): Schedule {
  const luck = chance(seed)
  const { strikesMore, spreadMs, partnerFaultProbabilityMax, slowMsMax } = options
  const names: Strikeable[] = [...STRIKEABLE]
  for (let more = 0; more < strikesMore; more++) names.push(STRIKEABLE[Math.floor(luck() * STRIKEABLE.length)]!)
  for (let last = names.length - 1; last > 0; last--) {
    const other = Math.floor(luck() * (last + 1))
    const moved = names[last]!
    names[last] = names[other]!
    names[other] = moved
  }
  const everyMs = spreadMs / names.length
  const strikes = names.map((name, number) => ({ atMs: Math.round(FIRST_MS + (number + JITTER * luck()) * everyMs), name }))
  const probability = () => Math.round(luck() * partnerFaultProbabilityMax * 100) / 100
  const plan = (faults: string[]): PartnerPlan => ({
    seed,
    ...Object.fromEntries(faults.map((fault) => [`${fault}Probability`, probability()])),
    slowProbability: probability(),
    slowMsMax,
  })
  return {
    seed,
    strikes,
    monEspaceSante: plan(['down', 'fail', 'storeThenDrop']),
    mail: plan(['down', 'greylist', 'dropAfterData', 'storeThenDrop']),
  }
}

/** Uniform in [0, 1), one after the other (mulberry32). */
function chance(seed: number): () => number {
  let state = Math.trunc(seed) | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let hash = Math.imul(state ^ (state >>> 15), 1 | state)
    hash = (hash + Math.imul(hash ^ (hash >>> 7), 61 | hash)) ^ hash
    return ((hash ^ (hash >>> 14)) >>> 0) / 4294967296
  }
}
