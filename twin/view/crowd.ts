/** People, carts, beds and their shadows as instances: a draw call for each shape, matrices written in place. */
import {
  type BufferGeometry,
  CircleGeometry,
  Color,
  DynamicDrawUsage,
  Group,
  InstancedBufferAttribute,
  InstancedMesh,
  type Material,
  MeshBasicMaterial,
  MeshLambertMaterial,
} from 'three'
import { NONE } from '../trace/trace.ts'
import { type Agents, Pose, Role, UNIT } from './agents.ts'
import { bed, figures, waitMark } from './figures.ts'
import { ROLE_COLOURS, UnitColour, URGENCY_COLOURS } from './palette.ts'
import type { Playback } from './playback.ts'
import type { Storeys } from './storeys.ts'

const LYING_MAX = 1.1
const FIRST = 256

export class Crowd {
  readonly group = new Group()
  readonly #agents: Agents
  readonly #storeys: Storeys
  readonly #figures: InstancedMesh[]
  readonly #beds: InstancedMesh
  readonly #shadows: InstancedMesh
  readonly #waits: InstancedMesh
  readonly #bedUnits: number[]
  readonly #bedsShown: Int32Array
  #bedsPlaced = -1
  #bedsRow = -1
  readonly #counts = new Int32Array(6)
  readonly #urgency = URGENCY_COLOURS.map((colour) => new Color(colour))
  readonly #role = ROLE_COLOURS.map((colour) => new Color(colour))
  readonly #free = new Color(UnitColour.free)
  readonly #occupied = new Color(UnitColour.occupied)
  readonly #dirty = new Color(UnitColour.dirty)
  readonly #cleaning = new Color(UnitColour.cleaning)
  /** How much larger than life people are drawn. */
  scale = 1

  constructor(agents: Agents, storeys: Storeys) {
    this.#agents = agents
    this.#storeys = storeys
    const solid = new MeshLambertMaterial({ vertexColors: true })
    // What is white takes the instance's colour; skin, collars and legs keep their own.
    solid.onBeforeCompile = (shader) => {
      shader.vertexShader = shader.vertexShader.replace(
        '#include <color_vertex>',
        'vColor = vec4(1.0); vColor.rgb = min(color.r, min(color.g, color.b)) > 0.99 ? instanceColor.xyz : color;',
      )
    }
    this.#figures = figures().map((geometry) => this.#instances(geometry, solid, FIRST))
    this.#bedUnits = agents.playback.trace.places.spots.flatMap(({ look }, unit) =>
      look === 'bed' || look === 'cubicle' || look === 'recovery' ? [unit] : [],
    )
    this.#bedsShown = new Int32Array(this.#bedUnits.length)
    this.#beds = this.#instances(bed(), solid, Math.max(1, this.#bedUnits.length))
    const shadow = new MeshBasicMaterial({ color: 0x1b2a2e, transparent: true, opacity: 0.2, depthWrite: false })
    this.#shadows = this.#instances(new CircleGeometry(0.42, 12).rotateX(-Math.PI / 2), shadow, FIRST)
    this.#waits = this.#instances(waitMark(), new MeshLambertMaterial({ emissive: 0x222222 }), FIRST)
    this.group.add(...this.#figures, this.#beds, this.#shadows, this.#waits)
  }

  /** Draws everybody where they are. */
  update(): void {
    const { count, role, floor } = this.#agents
    this.#counts.fill(0)
    for (let index = 0; index < count; index++) this.#counts[role[index]!]!++
    for (let of = 0; of < this.#figures.length; of++) reserve(this.#figures[of]!, this.#counts[of]!)
    this.#counts.fill(0)
    let [shadows, waits] = [0, 0]
    reserve(this.#shadows, count)
    reserve(this.#waits, count)
    for (let index = 0; index < count; index++) {
      if (!this.#storeys.isShown((floor[index]! + 0.5) | 0)) continue
      const of = role[index]!
      const place = this.#counts[of]!++
      this.#putFigure(this.#figures[of]!, place, index)
      if (this.#agents.pose[index] !== Pose.lying) this.#putShadow(shadows++, index)
      if (this.#agents.waiting[index]) this.#putWait(waits++, index)
    }
    for (let of = 0; of < this.#figures.length; of++) commit(this.#figures[of]!, this.#counts[of]!, true)
    commit(this.#shadows, shadows, false)
    commit(this.#waits, waits, true)
    this.#updateBeds()
  }

  #putFigure(mesh: InstancedMesh, place: number, index: number): void {
    const { x, z, floor, sin: sines, cos: cosines, pose, role, urgency } = this.#agents
    const matrix = mesh.instanceMatrix.array as Float32Array
    const at = place * 16
    const sin = sines[index]!
    const cos = cosines[index]!
    const y = floor[index]! * this.#storeys.metresApart
    const lies = pose[index] === Pose.lying
    const s = lies ? Math.min(this.scale, LYING_MAX) : this.scale
    matrix[at] = s * cos
    matrix[at + 2] = -s * sin
    matrix[at + 15] = 1
    if (lies) {
      // On the back, the head where the bed has its own.
      matrix[at + 4] = -s * sin
      matrix[at + 5] = 0
      matrix[at + 6] = -s * cos
      matrix[at + 8] = 0
      matrix[at + 9] = s
      matrix[at + 10] = 0
      matrix[at + 12] = x[index]! + 0.78 * s * sin
      matrix[at + 13] = y + 0.86
      matrix[at + 14] = z[index]! + 0.78 * s * cos
    } else {
      matrix[at + 4] = 0
      matrix[at + 5] = pose[index] === Pose.sitting ? s * 0.86 : s
      matrix[at + 6] = 0
      matrix[at + 8] = s * sin
      matrix[at + 9] = 0
      matrix[at + 10] = s * cos
      matrix[at + 12] = x[index]!
      matrix[at + 13] = y
      matrix[at + 14] = z[index]!
    }
    paint(mesh, place, role[index] === Role.patient ? this.#urgency[urgency[index]!]! : this.#role[role[index]!]!)
  }

  #putShadow(place: number, index: number): void {
    const { x, z, floor } = this.#agents
    const matrix = this.#shadows.instanceMatrix.array as Float32Array
    const at = place * 16
    matrix[at] = this.scale
    matrix[at + 5] = 1
    matrix[at + 10] = this.scale
    matrix[at + 12] = x[index]!
    matrix[at + 13] = floor[index]! * this.#storeys.metresApart + 0.025
    matrix[at + 14] = z[index]!
    matrix[at + 15] = 1
  }

  #putWait(place: number, index: number): void {
    const { x, z, floor, urgency, pose } = this.#agents
    const matrix = this.#waits.instanceMatrix.array as Float32Array
    const at = place * 16
    matrix[at] = this.scale
    matrix[at + 5] = this.scale * 1.3
    matrix[at + 10] = this.scale
    matrix[at + 12] = x[index]!
    matrix[at + 13] = floor[index]! * this.#storeys.metresApart + (pose[index] === Pose.lying ? 1.35 : 1.75 * this.scale + 0.35)
    matrix[at + 14] = z[index]!
    matrix[at + 15] = 1
    paint(this.#waits, place, this.#urgency[urgency[index]!]!)
  }

  #updateBeds(): void {
    const { playback } = this.#agents
    if (this.#bedsPlaced !== this.#storeys.placing) this.#placeBeds()
    if (playback.row === this.#bedsRow) return
    this.#bedsRow = playback.row
    for (let place = 0; place < this.#beds.count; place++)
      paint(this.#beds, place, this.#stateColour(playback, this.#bedsShown[place]!))
    this.#beds.instanceColor!.needsUpdate = true
  }

  /** Beds stand where they stand until storeys move. */
  #placeBeds(): void {
    this.#bedsPlaced = this.#storeys.placing
    this.#bedsRow = -1
    const { spots, rooms } = this.#agents.playback.trace.places
    const matrix = this.#beds.instanceMatrix.array as Float32Array
    let place = 0
    for (const unit of this.#bedUnits) {
      const { x, z, facing, room } = spots[unit]!
      const { floor } = rooms[room]!
      if (!this.#storeys.isShown(floor)) continue
      const at = place * 16
      matrix[at] = Math.cos(facing)
      matrix[at + 2] = -Math.sin(facing)
      matrix[at + 5] = 1
      matrix[at + 8] = Math.sin(facing)
      matrix[at + 10] = Math.cos(facing)
      matrix[at + 12] = x
      matrix[at + 13] = this.#storeys.heightOf(floor)
      matrix[at + 14] = z
      matrix[at + 15] = 1
      this.#bedsShown[place++] = unit
    }
    commit(this.#beds, place, true)
  }

  #stateColour(playback: Playback, unit: number): Color {
    const state = unitState(playback, unit)
    return state === 'free'
      ? this.#free
      : state === 'occupied'
        ? this.#occupied
        : state === 'dirty'
          ? this.#dirty
          : this.#cleaning
  }

  #instances(geometry: BufferGeometry, material: Material, count: number): InstancedMesh {
    const mesh = new InstancedMesh(geometry, material, count)
    mesh.instanceMatrix.setUsage(DynamicDrawUsage)
    mesh.instanceColor = new InstancedBufferAttribute(new Float32Array(count * 3).fill(1), 3)
    mesh.instanceColor.setUsage(DynamicDrawUsage)
    mesh.frustumCulled = false
    mesh.count = 0
    return mesh
  }
}

/** What a place that somebody may have is like now. */
export const unitState = (playback: Playback, unit: number): 'free' | 'occupied' | 'dirty' | 'cleaning' => {
  const cleaner = playback.cleaner[unit]!
  if (cleaner !== NONE)
    return playback.heldFirst[cleaner]! >= 0 || (playback.step[cleaner]! >= 0 && playback.waiting[cleaner] === 0)
      ? 'cleaning'
      : 'dirty'
  return playback.holder[unit] === NONE ? 'free' : 'occupied'
}

/** The unit that an agent is, or -1. */
export const unitOfAgent = (id: number): number => (id >= UNIT ? id - UNIT : -1)

/** Room for twice as many as there are, once there are more than there is room for. */
const reserve = (mesh: InstancedMesh, count: number): void => {
  if (count * 16 <= mesh.instanceMatrix.array.length) return
  mesh.dispose()
  mesh.instanceMatrix = new InstancedBufferAttribute(new Float32Array(count * 32), 16)
  mesh.instanceMatrix.setUsage(DynamicDrawUsage)
  mesh.instanceColor = new InstancedBufferAttribute(new Float32Array(count * 6).fill(1), 3)
  mesh.instanceColor.setUsage(DynamicDrawUsage)
}

const commit = (mesh: InstancedMesh, count: number, isColoured: boolean): void => {
  mesh.count = count
  mesh.instanceMatrix.needsUpdate = true
  if (isColoured && mesh.instanceColor) mesh.instanceColor.needsUpdate = true
}

const paint = (mesh: InstancedMesh, place: number, { r, g, b }: Color): void => {
  const colours = mesh.instanceColor!.array as Float32Array
  colours[place * 3] = r
  colours[place * 3 + 1] = g
  colours[place * 3 + 2] = b
}
