/** The storeys of the building: which are shown, and how high each is when they are drawn apart. */
import { BoxGeometry, Group, InstancedMesh, Mesh, MeshLambertMaterial } from 'three'
import type { HospitalPlaces } from '../hospital/places.ts'
import { groundOf } from './ground.ts'
import type { Surroundings } from './palette.ts'
import { storeyOf } from './storey.ts'

/** Metres between storeys that are wholly apart, besides their height. */
const APART = 26

export class Storeys {
  readonly group = new Group()
  readonly #places: HospitalPlaces
  readonly #material = new MeshLambertMaterial({ vertexColors: true })
  readonly #glass: InstancedMesh
  #meshes: Mesh[] = []
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
    const glass = new MeshLambertMaterial({ transparent: true, opacity: 0.16, depthWrite: false })
    const wings = places.areas.reduce((sum, area) => sum + area.wings.length, 0)
    this.#glass = new InstancedMesh(new BoxGeometry(1, 1, 1), glass, Math.max(1, wings))
    this.#glass.frustumCulled = false
  }

  /** Builds them anew, in other colours. */
  build(colours: Surroundings, isDark: boolean): void {
    for (const mesh of this.#meshes) mesh.geometry.dispose()
    this.group.clear()
    this.#meshes = this.#places.floors.map((_, floor) => new Mesh(storeyOf(this.#places, floor, colours, isDark), this.#material))
    ;(this.#glass.material as MeshLambertMaterial).color.setHex(colours.glass)
    this.group.add(groundOf(this.#places, colours), ...this.#meshes, this.#glass)
    this.place()
  }

  place(): void {
    this.placing++
    this.metresApart = this.#places.floorHeight + this.explode * APART
    this.#meshes.forEach((mesh, floor) => {
      mesh.position.y = this.heightOf(floor)
      mesh.visible = this.isShown(floor)
    })
    this.#glaze()
  }

  /** As built, what lies under another storey is behind glass; the topmost lies open. */
  #glaze(): void {
    const { areas, floorHeight } = this.#places
    const matrix = this.#glass.instanceMatrix.array as Float32Array
    let count = 0
    for (const { floor, wings } of areas) {
      if (this.explode > 0 || this.isAlone || floor >= this.top) continue
      for (const { x, z, width, depth } of wings) {
        const at = count++ * 16
        matrix.fill(0, at, at + 16)
        matrix[at] = width + 0.2
        matrix[at + 5] = floorHeight - 0.45
        matrix[at + 10] = depth + 0.2
        matrix[at + 12] = x
        matrix[at + 13] = this.heightOf(floor) + (floorHeight - 0.45) / 2
        matrix[at + 14] = z
        matrix[at + 15] = 1
      }
    }
    this.#glass.count = count
    this.#glass.instanceMatrix.needsUpdate = true
  }

  /** Metres above the ground; between two floors, in a lift. */
  heightOf(floor: number): number {
    return floor * this.metresApart
  }

  isShown(floor: number): boolean {
    const storey = Math.round(floor)
    return this.isAlone ? storey === this.top : storey <= this.top
  }
}
