/**
 * Faults on demand, by seed: what befalls a request depends on the seed and on the request's number since the plan was set, and on
 * nothing else. The same seed and the same requests give the same faults.
 */

export interface FaultPlan {
  seed: number
  /** The chance of each fault, 0 to 1, by name; at most one of them befalls a request. */
  probabilities: Record<string, number>
  slowProbability: number
  slowMsMax: number
}

export interface Fault {
  /** The request's number since the plan was set, from 1. */
  request: number
  /** One of the plan's names, or 'none'. */
  fault: string
  slowMs: number
}

const LOG_MAX = 10_000

export class Faults {
  readonly #names: string[]
  #plan: FaultPlan
  #request = 0
  #log: Fault[] = []

  /** `names` are the faults this partner knows, each set by `<name>Probability`. */
  constructor(names: string[]) {
    this.#names = names
    this.#plan = { seed: 0, probabilities: {}, slowProbability: 0, slowMsMax: 0 }
  }

  get plan(): Record<string, number> {
    const { seed, slowProbability, slowMsMax, probabilities } = this.#plan
    return {
      seed,
      slowProbability,
      slowMsMax,
      ...Object.fromEntries(this.#names.map((name) => [`${name}Probability`, probabilities[name] ?? 0])),
    }
  }

  /** The last faults drawn, oldest first. */
  get log(): readonly Fault[] {
    return this.#log
  }

  /**
   * Sets a new plan and counts requests from 1 again. What is left out is 0.
   * @throws FaultPlanError naming what is not understood.
   */
  set(input: unknown): void {
    if (typeof input !== 'object' || input === null || Array.isArray(input)) throw new FaultPlanError('Send a JSON object.')
    const known = Object.keys(this.plan)
    const given = input as Record<string, unknown>
    const numbers: Record<string, number> = {}
    for (const [name, value] of Object.entries(given)) {
      if (!known.includes(name)) throw new FaultPlanError(`"${name}" is not known here. Known: ${known.join(', ')}.`)
      if (typeof value !== 'number' || !Number.isFinite(value) || value < 0)
        throw new FaultPlanError(`"${name}" must be a number, 0 or more.`)
      if (name.endsWith('Probability') && value > 1) throw new FaultPlanError(`"${name}" must be between 0 and 1.`)
      numbers[name] = value
    }
    const probabilities = Object.fromEntries(this.#names.map((name) => [name, numbers[`${name}Probability`] ?? 0]))
    const sum = Object.values(probabilities).reduce((total, probability) => total + probability, 0)
    if (sum > 1 + 1e-9) throw new FaultPlanError(`The probabilities of ${this.#names.join(', ')} must not add up to more than 1.`)
    this.#plan = {
      seed: numbers.seed ?? 0,
      slowProbability: numbers.slowProbability ?? 0,
      slowMsMax: numbers.slowMsMax ?? 0,
      probabilities,
    }
    this.#request = 0
    this.#log = []
  }

  /** Draws what befalls the next request. */
  next(): Fault {
    const { seed, probabilities, slowProbability, slowMsMax } = this.#plan
    const request = ++this.#request
    const isSlow = uniform(seed, request, 2) < slowProbability
    const slowMs = isSlow ? Math.ceil(uniform(seed, request, 3) * slowMsMax) : 0
    const drawn: Fault = { request, fault: pick(probabilities, uniform(seed, request, 1)), slowMs }
    this.#log.push(drawn)
    if (this.#log.length > LOG_MAX) this.#log.shift()
    return drawn
  }
}

export class FaultPlanError extends Error {
  override name = 'FaultPlanError'
}

function pick(probabilities: Record<string, number>, luck: number): string {
  let below = 0
  for (const [name, probability] of Object.entries(probabilities)) {
    below += probability
    if (luck < below) return name
  }
  return 'none'
}

/** Uniform in [0, 1), a function of its arguments alone (the finaliser of MurmurHash3 over each in turn). */
function uniform(seed: number, request: number, purpose: number): number {
  let hash = Math.trunc(seed) | 0
  for (const part of [request, purpose]) {
    hash = Math.imul(hash ^ part, 0x9e3779b1)
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
    hash ^= hash >>> 16
  }
  return (hash >>> 0) / 4294967296
}
