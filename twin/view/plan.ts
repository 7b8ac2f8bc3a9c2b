/** The hospital as a plan: the same places, the same people, in two dimensions; for those who prefer it, and where there is no WebGL. */
import type { HospitalPlaces } from '../hospital/places.ts'
import type { Trace } from '../trace/trace.ts'
import { Agents, Pose, Role } from './agents.ts'
import type { Statistics, View, ViewOptions } from './contract.ts'
import { type HeatKind, heatOf } from './heat.ts'
import { AREA_COLOURS, DARK, heatColour, LIGHT, ROLE_COLOURS, TINT_COLOURS, UnitColour } from './palette.ts'
import { roomAt, type Selection } from './picking.ts'
import { Playback } from './playback.ts'
import { Showing } from './showing.ts'
import { unitState } from './unit-state.ts'

const HEAT_BACK_MS = 24 * 3_600_000
const REACH_PIXELS = 12
const css = (colour: number): string => `#${colour.toString(16).padStart(6, '0')}`
const TINTS = TINT_COLOURS.map(css)
const ROLES = ROLE_COLOURS.map(css)

/** Where a storey's plan lies on the canvas. */
interface Sheet {
  floor: number
  left: number
  top: number
}

export class PlanView extends Showing implements View {
  readonly canvas = document.createElement('canvas')
  readonly #options: ViewOptions
  readonly #context: CanvasRenderingContext2D
  readonly #container: HTMLElement
  readonly #observer: ResizeObserver
  #drawn: (() => void)[] = []
  #frame = 0
  #last = 0
  #sheets: Sheet[] = []
  #scale = 1
  #pan = { x: 0, y: 0, zoom: 1 }
  #shown = { top: 0, isAlone: false }
  #heatKind: HeatKind | null = null

  constructor(container: HTMLElement, options: ViewOptions) {
    super()
    this.#options = options
    this.#container = container
    this.#context = this.canvas.getContext('2d')!
    this.canvas.setAttribute('aria-hidden', 'true')
    this.canvas.style.display = 'block'
    container.append(this.canvas)
    this.#observer = new ResizeObserver(() => this.#resize())
    this.#observer.observe(container)
    this.canvas.addEventListener('click', ({ offsetX, offsetY }) => this.select(this.#picked(offsetX, offsetY)))
    this.canvas.addEventListener('wheel', (event) => {
      event.preventDefault()
      this.move(0, 0, event.deltaY > 0 ? 1.15 : 1 / 1.15)
    })
    this.canvas.addEventListener('pointermove', ({ buttons, movementX, movementY }) => {
      if (buttons !== 1) return
      this.#pan.x += movementX
      this.#pan.y += movementY
      this.isChanged = true
    })
    this.#frame = requestAnimationFrame((now) => this.#tick(now))
  }

  open(trace: Trace, playback = new Playback(trace)): Promise<void> {
    if (playback.at === trace.start && trace.runs.ids === null) playback.index()
    this.playback = playback
    this.agents = new Agents(playback)
    this.states = null
    this.#shown = { top: trace.places.floors.length - 1, isAlone: false }
    this.select(null)
    this.#resize()
    this.seek(trace.start)
    this.ready = new Promise((resolve) => this.#drawn.push(resolve))
    return this.ready
  }

  showStoreys(top: number, isAlone: boolean): void {
    this.#shown = { top: Math.min(top, this.playback!.trace.places.floors.length - 1), isAlone }
    this.home()
  }

  showHeat(kind: HeatKind | null): void {
    this.#heatKind = kind
    this.heat = null
    this.isChanged = true
  }

  setColours(isDark: boolean): void {
    this.#options.isDark = isDark
    this.isChanged = true
  }

  home(): void {
    this.#pan = { x: 0, y: 0, zoom: 1 }
    this.#arrange()
    this.isChanged = true
  }

  goTo(room: number): void {
    const { x, z, floor } = this.playback!.trace.places.rooms[room]!
    if (!this.#sheets.some((sheet) => sheet.floor === floor)) this.showStoreys(floor, true)
    const sheet = this.#sheets.find((one) => one.floor === floor)!
    this.#pan.zoom = Math.max(2.5, 9 / this.#scale)
    this.#pan.x = this.canvas.clientWidth / 2 - (sheet.left + x * this.#scale) * this.#pan.zoom
    this.#pan.y = this.canvas.clientHeight / 2 - (sheet.top + z * this.#scale) * this.#pan.zoom
    this.isChanged = true
  }

  move(east: number, south: number, zoom: number): void {
    const [width, height] = [this.canvas.clientWidth, this.canvas.clientHeight]
    const before = this.#pan.zoom
    this.#pan.zoom = Math.max(0.5, Math.min(20, before / zoom))
    const factor = this.#pan.zoom / before
    this.#pan.x = width / 2 - (width / 2 - this.#pan.x) * factor - east * width
    this.#pan.y = height / 2 - (height / 2 - this.#pan.y) * factor - south * height
    this.isChanged = true
  }

  tour(): void {
    this.home()
  }

  statistics(): Statistics {
    return this.statisticsOf({ calls: 0, triangles: 0 })
  }

  dispose(): void {
    cancelAnimationFrame(this.#frame)
    this.#observer.disconnect()
    this.canvas.remove()
  }

  #tick(now: number): void {
    this.#frame = requestAnimationFrame((next) => this.#tick(next))
    const seconds = Math.min(0.1, (now - this.#last) / 1_000)
    this.#last = now
    if (!this.playback) return
    this.pass(seconds)
    if (!this.isChanged) return
    this.isChanged = false
    const begun = performance.now()
    this.playback.seek(this.at)
    this.agents!.update()
    this.counted()
    if (this.#heatKind && (this.speed === 0 || !this.heat))
      this.heat = heatOf(this.playback, this.#heatKind, this.at, HEAT_BACK_MS)
    this.#draw()
    this.took(performance.now() - begun)
    for (const resolve of this.#drawn.splice(0)) resolve()
  }

  #draw(): void {
    const context = this.#context
    const colours = this.#options.isDark ? DARK : LIGHT
    const ratio = window.devicePixelRatio
    context.setTransform(ratio, 0, 0, ratio, 0, 0)
    context.fillStyle = css(colours.sky)
    context.fillRect(0, 0, this.canvas.clientWidth, this.canvas.clientHeight)
    for (const { floor, left, top } of this.#sheets) {
      const scale = this.#scale * this.#pan.zoom
      const [x, y] = [left * this.#pan.zoom + this.#pan.x, top * this.#pan.zoom + this.#pan.y]
      context.setTransform(ratio * scale, 0, 0, ratio * scale, ratio * x, ratio * y)
      this.#drawStorey(this.playback!.trace.places, floor, scale)
    }
  }

  #drawStorey(places: HospitalPlaces, floor: number, scale: number): void {
    const context = this.#context
    const { isDark, words } = this.#options
    const colours = isDark ? DARK : LIGHT
    const most = this.heat?.most ?? 0
    places.rooms.forEach((room, index) => {
      if (room.floor !== floor) return
      const { x, z, width, depth } = room
      const area = places.areas[room.area]
      const plain = area && room.kind !== 'corridor' && !isDark ? AREA_COLOURS[area.kind] : colours.slab
      context.fillStyle = css(this.heat && most > 0 ? heatColour(Math.sqrt(this.heat.values[index]! / most)) : plain)
      context.fillRect(x - width / 2, z - depth / 2, width, depth)
      if (room.kind === 'corridor') return
      context.strokeStyle = css(isDark ? colours.wall : colours.dark)
      context.lineWidth = 0.16
      context.strokeRect(x - width / 2, z - depth / 2, width, depth)
    })
    this.#drawUnits(places, floor)
    this.#drawPeople(floor, scale)
    context.fillStyle = isDark ? '#e6eeee' : '#14262a'
    context.textAlign = 'center'
    places.areas.forEach(({ place, wings, floor: of }, area) => {
      const wing = wings[0]
      if (of !== floor || !wing) return
      const { patients, waiting } = this.states!
      const alarm = this.alarm[area]!
      const sign = alarm > 0 ? `${'!'.repeat(alarm)} ` : ''
      context.font = `600 ${Math.max(1.1, Math.min(3, 12 / scale))}px Inter, sans-serif`
      context.fillText(
        `${sign}${words.place(place)} ${words.counts(patients[area]!, waiting[area]!)}`,
        wing.x,
        wing.z + (wing.z < 0 ? -wing.depth / 2 - 1 : wing.depth / 2 + 3),
      )
    })
    context.font = `700 ${Math.max(1.4, 14 / scale)}px Inter, sans-serif`
    context.fillText(words.storey(places.floors[floor]!), 0, 5.2 + Math.max(1.4, 14 / scale))
  }

  #drawUnits({ spots, rooms }: HospitalPlaces, floor: number): void {
    const context = this.#context
    spots.forEach(({ look, room, x, z }, unit) => {
      if (rooms[room]!.floor !== floor) return
      const state = unitState(this.playback!, unit)
      if (look === 'bed' || look === 'cubicle' || look === 'recovery') {
        context.fillStyle = css(UnitColour[state])
        context.strokeStyle = '#7b8a8e'
        context.lineWidth = 0.08
        context.fillRect(x - 1, z - 0.5, 2, 1)
        context.strokeRect(x - 1, z - 0.5, 2, 1)
      } else if (look === 'theatre') {
        const { x: middle, z: along, width, depth } = rooms[room]!
        context.fillStyle = `${css(state === 'free' ? 0x6fbf9b : UnitColour[state])}99`
        context.fillRect(middle - width / 2 + 0.3, along - depth / 2 + 0.3, width - 0.6, depth - 0.6)
      }
    })
  }

  /** Patients are discs, nurses squares, physicians triangles, porters lozenges, cleaners rings, carts bars. */
  #drawPeople(floor: number, scale: number): void {
    const context = this.#context
    const { count, x, z, floor: floors, role, tint, waiting, pose, id } = this.agents!
    const size = Math.max(0.42, Math.min(1.1, 3.2 / scale))
    for (let index = 0; index < count; index++) {
      if (Math.round(floors[index]!) !== floor) continue
      const of = role[index]!
      context.fillStyle = of === Role.patient ? TINTS[tint[index]!]! : ROLES[of]!
      context.strokeStyle = '#24363b'
      context.lineWidth = 0.1
      context.beginPath()
      shape(context, of, x[index]!, z[index]!, pose[index] === Pose.lying ? size * 0.85 : size)
      context.fill()
      context.stroke()
      if (waiting[index]) {
        context.beginPath()
        context.arc(x[index]!, z[index]!, size * 1.6, 0, Math.PI * 2)
        context.setLineDash([0.4, 0.35])
        context.stroke()
        context.setLineDash([])
      }
      if (this.selected?.kind === 'agent' && this.selected.id === id[index]) {
        context.strokeStyle = '#d55e00'
        context.lineWidth = 0.35
        context.strokeRect(x[index]! - size * 2, z[index]! - size * 2, size * 4, size * 4)
      }
    }
  }

  #picked(pixelX: number, pixelY: number): Selection | null {
    const { agents } = this
    if (!agents) return null
    for (const { floor, left, top } of this.#sheets) {
      const scale = this.#scale * this.#pan.zoom
      const x = (pixelX - left * this.#pan.zoom - this.#pan.x) / scale
      const z = (pixelY - top * this.#pan.zoom - this.#pan.y) / scale
      let [nearest, best] = [-1, REACH_PIXELS / scale]
      for (let index = 0; index < agents.count; index++) {
        if (Math.round(agents.floor[index]!) !== floor) continue
        const away = Math.hypot(agents.x[index]! - x, agents.z[index]! - z)
        if (away < best) [nearest, best] = [index, away]
      }
      if (nearest >= 0) return { kind: 'agent', id: agents.id[nearest]! }
      const room = roomAt(this.playback!.trace.places.rooms, floor, x, z)
      if (room >= 0) return { kind: 'room', room }
    }
    return null
  }

  #resize(): void {
    const { clientWidth, clientHeight } = this.#container
    if (clientWidth === 0 || clientHeight === 0) return
    const ratio = window.devicePixelRatio
    this.canvas.width = clientWidth * ratio
    this.canvas.height = clientHeight * ratio
    this.canvas.style.width = `${clientWidth}px`
    this.canvas.style.height = `${clientHeight}px`
    this.#arrange()
    this.isChanged = true
  }

  /** Storeys side by side, as large as they can be. */
  #arrange(): void {
    if (!this.playback) return
    const { floors, rooms } = this.playback.trace.places
    const { top, isAlone } = this.#shown
    const shown = floors.map((_, floor) => floor).filter((floor) => (isAlone ? floor === top : floor <= top))
    const of = rooms.filter(({ floor }) => shown.includes(floor))
    const half = Math.max(...of.map(({ x, width }) => Math.abs(x) + width / 2)) + 4
    const north = Math.max(...of.map(({ z, depth }) => -z + depth / 2)) + 6
    const south = Math.max(...of.map(({ z, depth }) => z + depth / 2)) + 6
    const [width, height] = [this.canvas.clientWidth, this.canvas.clientHeight]
    let best = { scale: 0, columns: 1 }
    for (let columns = 1; columns <= shown.length; columns++) {
      const lines = Math.ceil(shown.length / columns)
      const scale = Math.min(width / columns / (half * 2), height / lines / (north + south))
      if (scale > best.scale) best = { scale, columns }
    }
    this.#scale = best.scale
    const lines = Math.ceil(shown.length / best.columns)
    this.#sheets = shown.map((floor, index) => ({
      floor,
      left: ((index % best.columns) + 0.5) * (width / best.columns),
      top:
        Math.floor(index / best.columns) * (height / lines) +
        (height / lines - (north + south) * best.scale) / 2 +
        north * best.scale,
    }))
  }
}

const shape = (context: CanvasRenderingContext2D, role: number, x: number, z: number, size: number): void => {
  switch (role) {
    case Role.nurse:
      return context.rect(x - size * 0.85, z - size * 0.85, size * 1.7, size * 1.7)
    case Role.physician:
      context.moveTo(x, z - size * 1.15)
      context.lineTo(x + size * 1.05, z + size * 0.85)
      context.lineTo(x - size * 1.05, z + size * 0.85)
      return context.closePath()
    case Role.porter:
      context.moveTo(x, z - size * 1.2)
      context.lineTo(x + size * 1.2, z)
      context.lineTo(x, z + size * 1.2)
      context.lineTo(x - size * 1.2, z)
      return context.closePath()
    case Role.cleaner:
      context.arc(x, z, size, 0, Math.PI * 2)
      return context.arc(x, z, size * 0.45, Math.PI * 2, 0, true)
    case Role.cart:
      return context.rect(x - size * 0.5, z - size, size, size * 2)
    default:
      return context.arc(x, z, size, 0, Math.PI * 2)
  }
}
