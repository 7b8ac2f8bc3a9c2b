/** What whoever mounts a view knows of it, in three dimensions or two. */
import type { Trace } from '../trace/trace.ts'
import type { Agents, TintKind } from './agents.ts'
import type { AreaStates } from './area-states.ts'
import type { Heat, HeatKind } from './heat.ts'
import type { LabelWords } from './labels.ts'
import type { Selection } from './picking.ts'
import type { Playback } from './playback.ts'

export interface ViewOptions {
  isDark: boolean
  reducedMotion: boolean
  words: LabelWords
}

export interface Statistics {
  drawCalls: number
  triangles: number
  agents: number
  /** Of scripting, over the last frames. */
  updateMsMean: number
  updateMsMost: number
}

export interface View {
  /** Resolves when what was opened last is drawn. */
  readonly ready: Promise<void>
  /** The time that is shown, in hospital milliseconds. */
  readonly at: number
  readonly speed: number
  readonly selected: Selection | null
  readonly playback: Playback | null
  readonly agents: Agents | null
  readonly heat: Heat | null
  readonly states: AreaStates | null
  readonly alarm: ArrayLike<number>
  readonly canvas: HTMLCanvasElement
  /** Shows a hospital and its trace from the beginning; a live one grows meanwhile. @param playback of the same trace, indexed already. */
  open(trace: Trace, playback?: Playback): Promise<void>
  /** Shows a time, in hospital milliseconds. */
  seek(at: number): void
  /** Hospital seconds for each second that passes; 0 stands still. */
  play(speed: number): void
  /** @param follow the camera goes where somebody goes. */
  select(selected: Selection | null, follow?: boolean): void
  /** @returns how to hear no more. */
  onSelect(listener: (selected: Selection | null) => void): () => void
  /** Told the time whenever it has changed by playing. @returns how to hear no more. */
  onTime(listener: (at: number) => void): () => void
  /** Shows storeys up to one, the topmost where there are fewer, or one alone; `explode` from 0, as built, to 1, apart. */
  showStoreys(top: number, isAlone: boolean, explode: number): void
  showHeat(kind: HeatKind | null): void
  /** What tells patients apart by colour. */
  showTint(kind: TintKind): void
  /** What else calls for somebody than what counts say, by area, an index into ALARMS; null for nothing. */
  setAlarms(alarms: ArrayLike<number> | null): void
  setColours(isDark: boolean): void
  /** Looks at the whole of what is shown. */
  home(): void
  /** Goes to a room. */
  goTo(room: number): void
  /** For keys: a part of what is in view sideways, a factor of the distance, radians around and over. */
  move(east: number, south: number, zoom: number, turn: number, tilt: number): void
  statistics(): Statistics
  /** A way around the building, place by place, until it is stopped by whoever moves the camera. */
  tour(): void
  dispose(): void
}
