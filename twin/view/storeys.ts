/** The storeys of the building: which are shown, and how high each is when they are drawn apart. */
import { Group, Mesh, MeshLambertMaterial } from 'three'
import type { HospitalPlaces } from '../hospital/places.ts'
import type { Surroundings } from './palette.ts'
import { storeyOf } from './storey.ts'

/** Metres between storeys that are wholly apart, besides their height. */
const APART = 26

export class Storeys {
  readonly group = new Group()
  readonly #places: HospitalPlaces
  readonly #material = new MeshLambertMaterial({ vertexColors: true })
  #meshes: Mesh[] = []
  /** 0 as built, 1 wholly apart. */
  explode = 0
  /** The topmost storey that is shown; of it alone, when `isAlone`. */
  top: number
  isAlone = false

  constructor(places: HospitalPlaces) {
    this.#places = places
    this.top = places.floors.length - 1
  }

  /** Builds them anew, in other colours. */
  build(colours: Surroundings, isDark: boolean): void {
    for (const mesh of this.#meshes) mesh.geometry.dispose()
    this.group.clear()
    this.#meshes = this.#places.floors.map((_, floor) => new Mesh(storeyOf(this.#places, floor, colours, isDark), this.#material))
    this.group.add(...this.#meshes)
    this.place()
  }

  place(): void {
    this.#meshes.forEach((mesh, floor) => {
      mesh.position.y = this.heightOf(floor)
      mesh.visible = this.isShown(floor)
    })
  }

  /** Metres above the ground; between two floors, in a lift. */
  heightOf(floor: number): number {
    return floor * (this.#places.floorHeight + this.explode * APART)
  }

  isShown(floor: number): boolean {
    const storey = Math.round(floor)
    return this.isAlone ? storey === this.top : storey <= this.top
  }
}
