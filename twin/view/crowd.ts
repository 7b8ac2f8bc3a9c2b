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
    this.#beds = this.#instances(bed(), solid, Math.max(1, this.#bedUnits.length))
    const shadow = new MeshBasicMaterial({ color: 0x1b2a2e, transparent: true, opacity: 0.2, depthWrite: false })
    this.#shadows = this.#instances(new CircleGeometry(0.42, 12).rotateX(-Math.PI / 2), shadow, FIRST)
    this.#waits = this.#instances(waitMark(), new MeshLambertMaterial({ emissive: 0x222222 }), FIRST)
    this.group.add(...this.#figures, this.#beds, this.#shadows, this.#waits)
  }

  /** Draws everybody where they are. */
  update(): void {
    const { count, role } = this.#agents
    this.#counts.fill(0)
    for (let index = 0; index < count; index++) this.#counts[role[index]!]!++
    for (let of = 0; of < this.#figures.length; of++) reserve(this.#figures[of]!, this.#counts[of]!)
    this.#counts.fill(0)
    let [shadows, waits] = [0, 0]
    reserve(this.#shadows, count)
    reserve(this.#waits, count)
    for (let index = 0; index < count; index++) {
      if (!this.#storeys.isShown(this.#agents.floor[index]!)) continue
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
    const { x, z, floor, facing, pose, role, urgency } = this.#agents
    const matrix = mesh.instanceMatrix.array as Float32Array
    const at = place * 16
    const [sin, cos] = [Math.sin(facing[index]!), Math.cos(facing[index]!)]
    const y = this.#storeys.heightOf(floor[index]!)
    if (pose[index] === Pose.lying) {
      const s = Math.min(this.scale, LYING_MAX)
      write(
        matrix,
        at,
        s * cos,
        0,
        -s * sin,
        -s * sin,
        0,
        -s * cos,
        0,
        s,
        0,
        x[index]! + 0.78 * s * sin,
        y + 0.86,
        z[index]! + 0.78 * s * cos,
      )
    } else {
      const s = this.scale
      const up = pose[index] === Pose.sitting ? s * 0.86 : s
      write(matrix, at, s * cos, 0, -s * sin, 0, up, 0, s * sin, 0, s * cos, x[index]!, y, z[index]!)
    }
    const colour = role[index] === Role.patient ? this.#urgency[urgency[index]!]! : this.#role[role[index]!]!
    paint(mesh, place, colour)
  }

  #putShadow(place: number, index: number): void {
    const { x, z, floor } = this.#agents
    const s = this.scale
    const matrix = this.#shadows.instanceMatrix.array as Float32Array
    write(matrix, place * 16, s, 0, 0, 0, 1, 0, 0, 0, s, x[index]!, this.#storeys.heightOf(floor[index]!) + 0.025, z[index]!)
  }

  #putWait(place: number, index: number): void {
    const { x, z, floor, urgency, pose } = this.#agents
    const s = this.scale
    const matrix = this.#waits.instanceMatrix.array as Float32Array
    const over = pose[index] === Pose.lying ? 1.35 : 1.75 * s + 0.35
    write(matrix, place * 16, s, 0, 0, 0, s * 1.3, 0, 0, 0, s, x[index]!, this.#storeys.heightOf(floor[index]!) + over, z[index]!)
    paint(this.#waits, place, this.#urgency[urgency[index]!]!)
  }

  #updateBeds(): void {
    const { playback } = this.#agents
    const { spots, rooms } = playback.trace.places
    const matrix = this.#beds.instanceMatrix.array as Float32Array
    let place = 0
    for (let index = 0; index < this.#bedUnits.length; index++) {
      const unit = this.#bedUnits[index]!
      const spot = spots[unit]!
      const { floor } = rooms[spot.room]!
      if (!this.#storeys.isShown(floor)) continue
      const [sin, cos] = [Math.sin(spot.facing), Math.cos(spot.facing)]
      write(matrix, place * 16, cos, 0, -sin, 0, 1, 0, sin, 0, cos, spot.x, this.#storeys.heightOf(floor), spot.z)
      paint(this.#beds, place++, this.#stateColour(playback, unit))
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

/** Three axes and a position, as a column-major matrix. */
const write = (
  matrix: Float32Array,
  at: number,
  xx: number,
  xy: number,
  xz: number,
  yx: number,
  yy: number,
  yz: number,
  zx: number,
  zy: number,
  zz: number,
  x: number,
  y: number,
  z: number,
): void => {
  matrix[at] = xx
  matrix[at + 1] = xy
  matrix[at + 2] = xz
  matrix[at + 3] = 0
  matrix[at + 4] = yx
  matrix[at + 5] = yy
  matrix[at + 6] = yz
  matrix[at + 7] = 0
  matrix[at + 8] = zx
  matrix[at + 9] = zy
  matrix[at + 10] = zz
  matrix[at + 11] = 0
  matrix[at + 12] = x
  matrix[at + 13] = y
  matrix[at + 14] = z
  matrix[at + 15] = 1
}
