/** What a live system adds to the times of a replay: from the moment at which something happened to the moment at which it is durable. */
import type { Effect, Event } from '../pathways/engine/contract.ts'

/** What was waited for, in the order of a report. */
export const DELAYS = {
  started: 'from arrival to begun',
  granted: 'from grant to told',
  completed: 'from completion to durable',
  task: 'from what happened to the next task',
  elapsed: 'from due to rung',
  received: 'from sent to heard',
  runEnded: 'from the end of a called run to told',
} as const
export type Delay = keyof typeof DELAYS

export interface DelaySummary {
  delay: Delay
  count: number
  /** Wall milliseconds. */
  meanMs: number
  medianMs: number
  p95Ms: number
  maxMs: number
}

export class Latencies {
  readonly #delays = new Map<Delay, number[]>()

  /** @param sinceMs wall milliseconds that have passed since a hospital time. */
  note(events: Event[], effects: Effect[], sinceMs: (at: number) => number): void {
    for (const { type, at } of events) if (type in DELAYS) this.#add(type as Delay, sinceMs(at))
    const last = events.at(-1)
    if (last && effects.some(({ type }) => type === 'perform')) this.#add('task', sinceMs(last.at))
  }

  summaries(): DelaySummary[] {
    return (Object.keys(DELAYS) as Delay[]).flatMap((delay) => {
      const values = (this.#delays.get(delay) ?? []).sort((one, other) => one - other)
      if (values.length === 0) return []
      const quantile = (share: number) => values[Math.min(values.length - 1, Math.floor(share * values.length))]!
      const meanMs = values.reduce((sum, each) => sum + each, 0) / values.length
      return [{ delay, count: values.length, meanMs, medianMs: quantile(0.5), p95Ms: quantile(0.95), maxMs: values.at(-1)! }]
    })
  }

  #add(delay: Delay, ms: number): void {
    const values = this.#delays.get(delay) ?? []
    values.push(Math.max(0, ms))
    this.#delays.set(delay, values)
  }
}
