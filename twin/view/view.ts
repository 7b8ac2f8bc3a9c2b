/**
 * The hospital in 3D, in a canvas. A small interface and no framework: `open` a trace (a live one grows meanwhile), `seek` a time, `play` at a
 * speed, `select` somebody or some room, hear what is selected. Whoever mounts it calls `dispose` in the end.
 */
import { Vector3 } from 'three'
import { localTime } from '../../pathways/time/site.ts'
import type { Trace } from '../trace/trace.ts'
import { Agents } from './agents.ts'
import type { Statistics, View, ViewOptions } from './contract.ts'
import { Crowd } from './crowd.ts'
import { type HeatKind, heatOf } from './heat.ts'
import { Labels } from './labels.ts'
import { DARK, LIGHT } from './palette.ts'
import { pickedAt, type Selection } from './picking.ts'
import { Playback } from './playback.ts'
import { RoomPads } from './room-pads.ts'
import { Showing } from './showing.ts'
import { Stage } from './stage.ts'
import { Storeys } from './storeys.ts'

const HEAT_BACK_MS = 24 * 3_600_000
const HEAT_APART_MS = 600
/** On a tour, at each place. */
const STOP_SECONDS = 4
const FLIGHT_SECONDS = 1.4
const CORNERS = [
  [-0.5, -0.5],
  [0.5, -0.5],
  [-0.5, 0.5],
  [0.5, 0.5],
] as const

export class HospitalView extends Showing implements View {
  readonly #stage: Stage
  readonly #options: ViewOptions
  readonly #labels: Labels
  #storeys: Storeys | null = null
  #crowd: Crowd | null = null
  #pads: RoomPads | null = null
  #heatKind: HeatKind | null = null
  #heatDrawn = { at: Number.NaN, wall: 0 }
  #follows = false
  /** What is to be added to a time so that whole days are local midnights. */
  #midnight = 0
  #aim: { from: Vector3; to: Vector3; fromTarget: Vector3; toTarget: Vector3; share: number } | null = null
  #tour: number[] = []
  /** The room that the tour goes to next, and for how long it stays where it is. */
  #next = -1
  #stops = 0
  readonly #vector = new Vector3()

  /** @param container takes the canvas and the labels. @throws Error where the browser has no WebGL: use the plan. */
  constructor(container: HTMLElement, options: ViewOptions) {
    super()
    this.#options = options
    this.#stage = new Stage(container, options.reducedMotion, (seconds) => this.#tick(seconds))
    this.#labels = new Labels(container, options.words)
    this.#stage.onMove = () => {
      this.#aim = null
      this.#tour = []
      this.#next = -1
      this.isChanged = true
    }
    this.#stage.onRestored = () => {
      this.isChanged = true
    }
    this.#stage.onPick = (x, y) => this.select(this.#picked(x, y))
  }

  /** Shows a hospital and its trace from the beginning. @param playback of the same trace, where somebody has indexed it already. */
  open(trace: Trace, playback = new Playback(trace)): Promise<void> {
    if (playback.at === trace.start && trace.runs.ids === null) playback.index()
    this.playback = playback
    this.agents = new Agents(playback)
    this.states = null
    this.#midnight = localTime(trace.start, trace.site).minuteOfWeek * 60_000 - trace.start
    this.#storeys = new Storeys(trace.places)
    this.#crowd = new Crowd(this.agents, this.#storeys)
    this.#pads = new RoomPads(playback, this.#storeys)
    this.select(null)
    this.setColours(this.#options.isDark)
    this.#stage.show([this.#storeys.group, this.#pads.mesh, this.#crowd.group])
    this.#labels.open(trace.places)
    this.seek(trace.start)
    this.home()
    this.ready = this.#stage.drawn()
    return this.ready
  }

  /** @param follow the camera goes where somebody goes. */
  override select(selected: Selection | null, follow = false): void {
    this.#follows = follow && selected?.kind === 'agent'
    super.select(selected)
  }

  /** Shows storeys up to one, or one alone; `explode` from 0, as built, to 1, apart. */
  showStoreys(top: number, isAlone: boolean, explode: number): void {
    const storeys = this.#storeys!
    Object.assign(storeys, { top: Math.min(top, this.playback!.trace.places.floors.length - 1), isAlone, explode })
    storeys.place()
    this.isChanged = true
    this.home()
  }

  showHeat(kind: HeatKind | null): void {
    this.#heatKind = kind
    this.#heatDrawn.at = Number.NaN
    this.isChanged = true
  }

  setColours(isDark: boolean): void {
    this.#options.isDark = isDark
    const colours = isDark ? DARK : LIGHT
    this.#stage.setColours(colours, isDark)
    this.#storeys?.build(colours, isDark)
    this.isChanged = true
  }

  /** Looks at the whole of what is shown. */
  home(): void {
    const { places } = this.playback!.trace
    const shown = places.rooms.filter(({ floor }) => this.#storeys!.isShown(floor))
    const [west, east] = [
      Math.min(...shown.map(({ x, width }) => x - width / 2)),
      Math.max(...shown.map(({ x, width }) => x + width / 2)),
    ]
    const [north, south] = [
      Math.min(...shown.map(({ z, depth }) => z - depth / 2)),
      Math.max(...shown.map(({ z, depth }) => z + depth / 2)),
    ]
    const floors = shown.map(({ floor }) => floor)
    const [low, high] = [this.#storeys!.heightOf(Math.min(...floors)), this.#storeys!.heightOf(Math.max(...floors))]
    const target = new Vector3((west + east) / 2, (low + high) / 2, (north + south) / 2)
    this.#stage.shade(target, Math.hypot(east - west, south - north, high - low) / 2 + 14)
    const [tilt, turn] = [this.#storeys!.isAlone ? 0.95 : 0.62, 0.55]
    const corners = shown.flatMap(({ x, z, width, depth, floor }) =>
      CORNERS.map(([along, across]) =>
        new Vector3(x + along * width, this.#storeys!.heightOf(floor), z + across * depth).sub(target),
      ),
    )
    this.#fly(target, this.#stage.distanceFor(corners, tilt, turn), tilt, turn)
  }

  /** Goes to a room or an area, close enough to see who is there. */
  goTo(room: number): void {
    const { x, z, floor, width, depth } = this.playback!.trace.places.rooms[room]!
    this.#fly(new Vector3(x, this.#storeys!.heightOf(floor), z), Math.max(16, (width + depth) * 2.2), 0.85, 0.35)
  }

  /** A way around the building: the whole, then where most people are on each storey. */
  tour(): void {
    const { places } = this.playback!.trace
    this.#tour = ['emergency', 'theatres', 'recovery', 'ward', 'reception'].flatMap((kind) => {
      const area = places.areas.find((each) => each.kind === kind)
      return area ? [area.waiting] : []
    })
    this.home()
  }

  /** For keys: a part of what is in view sideways, a factor of the distance, radians around and over. */
  move(east: number, south: number, zoom: number, turn: number, tilt: number): void {
    this.#stage.move(east, south, zoom, turn, tilt)
    this.#aim = null
    this.isChanged = true
  }

  /** The same eyes as another view's: side by side. */
  lookAs(other: HospitalView): void {
    this.#stage.lookAs(other.#stage)
    this.isChanged = true
  }

  onLook(listener: () => void): () => void {
    return this.#stage.onLook(listener)
  }

  statistics(): Statistics {
    return this.statisticsOf(this.#stage.rendered)
  }

  get canvas(): HTMLCanvasElement {
    return this.#stage.canvas
  }

  dispose(): void {
    this.#labels.dispose()
    this.#stage.dispose()
  }

  /** One frame. @returns whether anything is to be drawn. */
  #tick(seconds: number): boolean {
    if (!this.playback) return false
    this.pass(seconds)
    if (this.#aim) this.#approach(seconds)
    else if (this.#next >= 0) this.#goOn(seconds)
    if (!this.isChanged) return false
    this.isChanged = this.#aim !== null
    const begun = performance.now()
    this.#update()
    this.took(performance.now() - begun)
    return true
  }

  #update(): void {
    this.playback!.seek(this.at)
    this.agents!.update()
    this.#warm()
    this.#crowd!.scale = Math.max(1, Math.min(1.7, this.#stage.distance / 75))
    this.#crowd!.update()
    this.#light()
    this.#pads!.update()
    this.#markSelected()
    if (this.counted()) this.#labels.count(this.states!, this.alarm)
    this.#labels.update(this.#stage, this.#storeys!, this.playback!)
  }

  /** Day and night go on; who wants little motion has day always. */
  #light(): void {
    const light = this.#options.reducedMotion ? 1 : daylightAt((this.at + this.#midnight) / 3_600_000)
    this.#stage.setDaylight(light)
    this.#storeys!.setDaylight(light)
  }

  /** The tour stays a while, then opens the storey of its next place and goes there. */
  #goOn(seconds: number): void {
    this.#stops -= seconds
    if (this.#stops > 0) return
    const { floor } = this.playback!.trace.places.rooms[this.#next]!
    Object.assign(this.#storeys!, { top: floor, isAlone: false, explode: 0 })
    this.#storeys!.place()
    this.goTo(this.#next)
    this.#next = -1
  }

  /** Heat is worked out anew now and then only: it looks at a whole day. */
  #warm(): void {
    if (!this.#heatKind) {
      this.heat = null
      this.#pads!.heat = null
      return
    }
    const wall = performance.now()
    if (this.#heatDrawn.at === this.at || (this.speed !== 0 && wall - this.#heatDrawn.wall < HEAT_APART_MS)) return
    this.#heatDrawn = { at: this.at, wall }
    this.heat = heatOf(this.playback!, this.#heatKind, this.at, HEAT_BACK_MS)
    const { values, most } = this.heat
    this.#pads!.heat = values.map((value) => (most > 0 ? Math.sqrt(value / most) : 0))
  }

  #markSelected(): void {
    const { selected } = this
    if (!selected) return this.#stage.mark(null)
    const { rooms } = this.playback!.trace.places
    if (selected.kind === 'room') {
      const { x, z, floor, width, depth } = rooms[selected.room]!
      return this.#stage.mark(
        this.#storeys!.isShown(floor) ? this.#vector.set(x, this.#storeys!.heightOf(floor), z) : null,
        Math.max(width, depth) / 2,
      )
    }
    const index = this.agents!.indexOf(selected.id)
    if (index < 0) return this.#stage.mark(null)
    const { x, z, floor } = this.agents!
    this.#vector.set(x[index]!, this.#storeys!.heightOf(floor[index]!), z[index]!)
    this.#stage.mark(this.#storeys!.isShown(floor[index]!) ? this.#vector : null, 0.8)
    if (this.#follows) this.#stage.follow(this.#vector)
  }

  #picked(x: number, y: number): Selection | null {
    return this.agents ? pickedAt(x, y, this.#stage, this.agents, this.#storeys!) : null
  }

  #fly(target: Vector3, distance: number, tilt: number, turn: number): void {
    this.#follows = false
    const to = new Vector3(
      target.x + distance * Math.cos(tilt) * Math.sin(turn),
      target.y + distance * Math.sin(tilt),
      target.z + distance * Math.cos(tilt) * Math.cos(turn),
    )
    const { camera, target: now } = this.#stage
    this.#aim = {
      from: camera.clone(),
      to,
      fromTarget: now.clone(),
      toTarget: target,
      share: this.#options.reducedMotion || !this.#stage.isSet ? 1 : 0,
    }
    this.#approach(0)
  }

  #approach(seconds: number): void {
    const aim = this.#aim!
    aim.share = Math.min(1, aim.share + seconds / FLIGHT_SECONDS)
    const eased = aim.share * aim.share * (3 - 2 * aim.share)
    this.#stage.look(this.#vector.lerpVectors(aim.from, aim.to, eased), aim.fromTarget.clone().lerp(aim.toTarget, eased))
    this.isChanged = true
    if (aim.share < 1) return
    this.#aim = null
    const [next, ...rest] = this.#tour
    if (next === undefined) return
    this.#tour = rest
    this.#stops = STOP_SECONDS
    this.#next = next
  }
}

/** From 0 at night to 1 by day: dawn from 6 to 8, dusk from 19 to 21. @param hours since a midnight. */
const daylightAt = (hours: number): number => {
  const hour = hours - Math.floor(hours / 24) * 24
  const share = Math.max(0, Math.min(1, hour < 12 ? (hour - 6) / 2 : (21 - hour) / 2))
  return share * share * (3 - 2 * share)
}
