/** The storeys of the building in one draw call: which are shown, and how high each is when they are drawn apart. */
import { BoxGeometry, type BufferGeometry, Group, InstancedMesh, Mesh, MeshLambertMaterial } from 'three'
import type { HospitalPlaces } from '../hospital/places.ts'
import { facadeMaterial } from './facade.ts'
import { groundOf } from './ground.ts'
import type { Surroundings } from './palette.ts'
import { Shapes } from './shapes.ts'
import { storeyInto } from './storey.ts'

/** Metres between storeys that are wholly apart, besides their height. */
const APART = 26

export class Storeys {
  readonly group = new Group()
  readonly #places: HospitalPlaces
  readonly #material = new MeshLambertMaterial({ vertexColors: true })
  readonly #facade: InstancedMesh
  #building: Mesh<BufferGeometry> | null = null
  /** Of each storey: where it begins among corners and among indices; then the end of all. */
  #begins: { corners: number; indices: number }[] = []
  /** Heights of corners above their own floor. */
  #heights = new Float32Array(0)
  #ground: Mesh | null = null
  /** 0 as built, 1 wholly apart. */
  explode = 0
  /** From one storey to the next, as they are drawn. */
  metresApart: number
  /** The topmost storey that is shown; of it alone, when `isAlone`. */
  top: number
  isAlone = false
  /** Another number whenever storeys are placed anew. */
  placing = 0

  constructor(places: HospitalPlaces) {
    this.#places = places
    this.metresApart = places.floorHeight
    this.top = places.floors.length - 1
    const wings = places.areas.reduce((sum, area) => sum + area.wings.length, 0)
    this.#facade = new InstancedMesh(new BoxGeometry(1, 1, 1), facadeMaterial(), Math.max(1, wings))
    this.#facade.frustumCulled = false
    this.#facade.renderOrder = 2
  }

  /** Builds them anew, in other colours. */
  build(colours: Surroundings, isDark: boolean): void {
    this.#building?.geometry.dispose()
    this.#ground?.geometry.dispose()
    this.group.clear()
    const shapes = new Shapes()
    this.#begins = this.#places.floors.map((_, floor) => {
      const begin = shapes.extent
      storeyInto(shapes, this.#places, floor, colours, isDark)
      return begin
    })
    this.#begins.push(shapes.extent)
    const geometry = shapes.geometry()
    const positions = geometry.getAttribute('position').array as Float32Array
    this.#heights = new Float32Array(positions.length / 3)
    for (let corner = 0; corner < this.#heights.length; corner++) this.#heights[corner] = positions[corner * 3 + 1]!
    this.#building = new Mesh(geometry, this.#material)
    this.#building.frustumCulled = false
    this.#building.castShadow = true
    this.#building.receiveShadow = true
    this.#ground = groundOf(this.#places, colours)
    ;(this.#facade.material as MeshLambertMaterial).color.setHex(colours.glass)
    this.group.add(this.#ground, this.#building, this.#facade)
    this.place()
  }

  place(): void {
    this.placing++
    this.metresApart = this.#places.floorHeight + this.explode * APART
    const { geometry } = this.#building!
    const positions = geometry.getAttribute('position')
    const array = positions.array as Float32Array
    for (let floor = 0; floor < this.#places.floors.length; floor++) {
      const height = this.heightOf(floor)
      for (let corner = this.#begins[floor]!.corners; corner < this.#begins[floor + 1]!.corners; corner++)
        array[corner * 3 + 1] = this.#heights[corner]! + height
    }
    positions.needsUpdate = true
    // Storeys lie one after the other: those that are not shown are not drawn.
    const from = this.#begins[this.isAlone ? this.top : 0]!.indices
    geometry.setDrawRange(from, this.#begins[this.top + 1]!.indices - from)
    // One that is looked at alone hangs over no lawn; what hangs in the air throws no shadow on it.
    this.#ground!.visible = !this.isAlone || this.top === 0
    this.#ground!.receiveShadow = this.explode === 0
    this.#clad()
  }

  /** As built, what lies under another storey is behind glass; the topmost lies open. */
  #clad(): void {
    const { areas, floorHeight } = this.#places
    const matrix = this.#facade.instanceMatrix.array as Float32Array
    let count = 0
    for (const { floor, wings } of areas) {
      if (this.explode > 0 || this.isAlone || floor >= this.top) continue
      for (const { x, z, width, depth } of wings) {
        const at = count++ * 16
        matrix.fill(0, at, at + 16)
        matrix[at] = width + 0.3
        matrix[at + 5] = floorHeight - 0.4
        matrix[at + 10] = depth + 0.3
        matrix[at + 12] = x
        matrix[at + 13] = this.heightOf(floor) + (floorHeight - 0.4) / 2
        matrix[at + 14] = z
        matrix[at + 15] = 1
      }
    }
    this.#facade.count = count
    this.#facade.visible = count > 0
    this.#facade.instanceMatrix.needsUpdate = true
  }

  /** Metres above the ground; between two floors, in a lift. */
  heightOf(floor: number): number {
    return floor * this.metresApart
  }

  /** How light it is outside, from 0 at night to 1 by day. */
  setDaylight(light: number): void {
    const { color } = this.#ground!.material as MeshLambertMaterial
    color.setRGB(0.3 + 0.7 * light, 0.36 + 0.64 * light, 0.48 + 0.52 * light)
  }

  isShown(floor: number): boolean {
    const storey = Math.round(floor)
    return this.isAlone ? storey === this.top : storey <= this.top
  }
}
