/** What every view of a hospital does alike, however it draws: a time that is sought or passes, and what is selected. */
import type { Agents, TintKind } from './agents.ts'
import { AreaStates } from './area-states.ts'
import type { Statistics } from './contract.ts'
import type { Heat } from './heat.ts'
import type { Selection } from './picking.ts'
import type { Playback } from './playback.ts'

/** Frames whose scripting time is remembered. */
const FRAMES_KEPT = 120
const COUNT_APART_MS = 400

export abstract class Showing {
  /** Resolves when what was opened last is drawn. */
  ready: Promise<void> = Promise.resolve()
  at = 0
  speed = 0
  selected: Selection | null = null
  playback: Playback | null = null
  agents: Agents | null = null
  heat: Heat | null = null
  /** Who is in each area; counted now and then. */
  states: AreaStates | null = null
  /** How loudly each area calls, an index into ALARMS: by rule, or as somebody else says. */
  alarm = new Uint8Array(0)
  #alarmsSaid: ArrayLike<number> | null = null
  #countedAt = Number.NEGATIVE_INFINITY
  /** Something is to be drawn anew. */
  protected isChanged = true
  readonly #listeners = new Set<(selected: Selection | null) => void>()
  readonly #clocks = new Set<(at: number) => void>()
  readonly #frames = new Float64Array(FRAMES_KEPT)
  #frame = 0

  /** Shows a time, in hospital milliseconds. */
  seek(at: number): void {
    const { trace } = this.playback!
    this.at = trace.runs.ids ? at : Math.max(trace.start, Math.min(trace.end, at))
    this.isChanged = true
  }

  /** Hospital seconds for each second that passes; 0 stands still. */
  play(speed: number): void {
    this.speed = speed
  }

  select(selected: Selection | null): void {
    this.selected = selected
    this.isChanged = true
    for (const listener of this.#listeners) listener(selected)
  }

  /** @returns how to hear no more. */
  onSelect(listener: (selected: Selection | null) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Told the time whenever it has changed by playing. @returns how to hear no more. */
  onTime(listener: (at: number) => void): () => void {
    this.#clocks.add(listener)
    return () => this.#clocks.delete(listener)
  }

  /** What tells patients apart by colour. */
  showTint(kind: TintKind): void {
    if (this.agents) this.agents.tintBy = kind
    this.isChanged = true
  }

  /** What else calls for somebody, by area; null for nothing. */
  setAlarms(alarms: ArrayLike<number> | null): void {
    this.#alarmsSaid = alarms
    this.#countedAt = Number.NEGATIVE_INFINITY
    this.isChanged = true
  }

  /** Counts areas anew when that is due, and always while time stands still. @returns whether it did. */
  protected counted(): boolean {
    const wall = performance.now()
    if (this.speed !== 0 && wall - this.#countedAt < COUNT_APART_MS) return false
    this.#countedAt = wall
    if (!this.states) this.states = new AreaStates(this.agents!)
    this.states.update()
    if (this.alarm.length !== this.states.alarm.length) this.alarm = new Uint8Array(this.states.alarm.length)
    for (let area = 0; area < this.alarm.length; area++)
      this.alarm[area] = Math.max(this.states.alarm[area]!, this.#alarmsSaid?.[area] ?? 0)
    return true
  }

  /** So much wall time has passed. */
  protected pass(seconds: number): void {
    if (this.speed === 0) return
    const before = this.at
    this.seek(this.at + seconds * 1_000 * this.speed)
    if (this.at !== before) for (const clock of this.#clocks) clock(this.at)
  }

  /** A frame was worked out, in so many milliseconds. */
  protected took(ms: number): void {
    this.#frames[this.#frame++ % FRAMES_KEPT] = ms
  }

  protected statisticsOf(drawn: { calls: number; triangles: number }): Statistics {
    const frames = this.#frames.subarray(0, Math.min(this.#frame, FRAMES_KEPT))
    return {
      drawCalls: drawn.calls,
      triangles: drawn.triangles,
      agents: this.agents?.count ?? 0,
      updateMsMean: frames.reduce((sum, ms) => sum + ms, 0) / Math.max(1, frames.length),
      updateMsMost: frames.reduce((most, ms) => Math.max(most, ms), 0),
    }
  }
}
