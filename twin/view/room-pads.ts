/** A coloured floor over rooms: the state of a theatre, or the heat of what is measured by room. One draw call. */
import { Color, InstancedBufferAttribute, InstancedMesh, MeshBasicMaterial, PlaneGeometry } from 'three'
import { heatColour } from './palette.ts'
import type { Playback } from './playback.ts'
import type { Storeys } from './storeys.ts'
import { unitState } from './unit-state.ts'

/** Of theatres, by what goes on in them. */
const THEATRE = { free: 0x6fbf9b, occupied: 0x4d8fb8, dirty: 0xb8743a, cleaning: 0x9a6fb0, closed: 0x4a565b }

export class RoomPads {
  readonly mesh: InstancedMesh
  readonly #playback: Playback
  readonly #storeys: Storeys
  readonly #theatreOf: Int32Array
  readonly #theatres: number[]
  readonly #all: number[]
  readonly #colour = new Color()
  #drawn: { row: number; minute: number; heat: Float32Array | null; placing: number } = {
    row: -1,
    minute: -1,
    heat: null,
    placing: -1,
  }
  /** By room, from 0 to 1; null shows theatres' states. */
  heat: Float32Array | null = null

  constructor(playback: Playback, storeys: Storeys) {
    const { rooms, spots } = playback.trace.places
    this.#playback = playback
    this.#storeys = storeys
    this.#theatreOf = new Int32Array(rooms.length).fill(-1)
    spots.forEach(({ look, room }, unit) => {
      if (look === 'theatre') this.#theatreOf[room] = unit
    })
    this.#theatres = rooms.flatMap((_, room) => (this.#theatreOf[room]! >= 0 ? [room] : []))
    this.#all = rooms.flatMap(({ kind }, room) => (kind === 'lifts' ? [] : [room]))
    const material = new MeshBasicMaterial({ transparent: true, opacity: 0.55, depthWrite: false })
    this.mesh = new InstancedMesh(new PlaneGeometry(1, 1).rotateX(-Math.PI / 2), material, rooms.length)
    this.mesh.instanceColor = new InstancedBufferAttribute(new Float32Array(rooms.length * 3), 3)
    this.mesh.frustumCulled = false
  }

  update(): void {
    const { row } = this.#playback
    const { minute } = this.#playback.opening
    if (
      row === this.#drawn.row &&
      minute === this.#drawn.minute &&
      this.heat === this.#drawn.heat &&
      this.#storeys.placing === this.#drawn.placing
    )
      return
    this.#drawn = { row, minute, heat: this.heat, placing: this.#storeys.placing }
    const { rooms } = this.#playback.trace.places
    ;(this.mesh.material as MeshBasicMaterial).opacity = this.heat ? 0.82 : 0.55
    let place = 0
    for (const room of this.heat ? this.#all : this.#theatres) {
      const { x, z, width, depth, floor } = rooms[room]!
      if (!this.#storeys.isShown(floor)) continue
      const matrix = this.mesh.instanceMatrix.array as Float32Array
      const at = place * 16
      matrix[at] = width - 0.2
      matrix[at + 5] = 1
      matrix[at + 10] = depth - 0.2
      matrix[at + 12] = x
      matrix[at + 13] = this.#storeys.heightOf(floor) + 0.02
      matrix[at + 14] = z
      matrix[at + 15] = 1
      this.#colour.setHex(this.heat ? heatColour(this.heat[room]!) : THEATRE[unitState(this.#playback, this.#theatreOf[room]!)])
      this.#colour.toArray(this.mesh.instanceColor!.array, place++ * 3)
    }
    this.mesh.count = place
    this.mesh.instanceMatrix.needsUpdate = true
    this.mesh.instanceColor!.needsUpdate = true
  }
}
