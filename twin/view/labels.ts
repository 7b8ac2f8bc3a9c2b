/** Names over areas, storeys and theatres, as text of the page: sharp at every distance, and never one over another. */
import type { HospitalPlaces, Room } from '../hospital/places.ts'
import type { Playback } from './playback.ts'
import type { Stage } from './stage.ts'
import type { Storeys } from './storeys.ts'
import { unitState } from './unit-state.ts'

export interface LabelWords {
  /** In the reader's language. */
  place(name: string): string
  storey(floor: HospitalPlaces['floors'][number]): string
  theatre: Record<'free' | 'occupied' | 'dirty' | 'cleaning', string>
}

interface Label {
  element: HTMLElement
  x: number
  z: number
  floor: number
  /** Shown only when the camera is nearer than this, in metres. */
  nearer: number
  theatre: number
  text: string
  width: number
  /** The lowest storey that lies over it. */
  under: number
}

export class Labels {
  readonly #root = document.createElement('div')
  readonly #words: LabelWords
  #labels: Label[] = []
  readonly #at = { x: 0, y: 0, z: 0 }
  #rooms: Room[] = []
  readonly #taken: { x: number; y: number; width: number }[] = []

  constructor(container: HTMLElement, words: LabelWords) {
    this.#words = words
    this.#root.className = 'hospital-labels'
    this.#root.setAttribute('aria-hidden', 'true')
    container.append(this.#root)
  }

  open({ areas, rooms, spots, floors }: HospitalPlaces): void {
    this.#root.replaceChildren()
    this.#labels = []
    this.#rooms = rooms
    for (const { place, wings, floor } of areas) {
      const wing = wings[0]
      if (wing) this.#add(this.#words.place(place), 'area', wing.x, wing.z, floor, 1_000)
    }
    floors.forEach((storey, floor) => {
      const spine = rooms.find((room) => room.floor === floor && room.kind === 'corridor')!
      this.#add(this.#words.storey(storey), 'storey', spine.x - spine.width / 2 - 4, 0, floor, 1_000)
    })
    spots.forEach(({ look, room }, unit) => {
      const { x, z, floor, name } = rooms[room]!
      if (look === 'theatre') this.#add(this.#words.place(name), 'theatre', x, z, floor, 95, unit)
    })
    for (const { name, kind, x, z, floor } of rooms)
      if (name !== '' && kind !== 'theatre') this.#add(this.#words.place(name), 'room', x, z, floor, 46)
  }

  update(stage: Stage, storeys: Storeys, playback: Playback): void {
    this.#taken.length = 0
    for (const label of this.#labels) {
      const { element, x, z, floor, nearer, theatre, text, width } = label
      const isOpen = storeys.explode > 0 || storeys.isAlone || label.under > storeys.top
      const isNear = isOpen && stage.distance < nearer && storeys.isShown(floor)
      if (isNear) stage.project(x, storeys.heightOf(floor) + 2.4, z, this.#at)
      const isIn =
        isNear && this.#at.z < 1 && this.#at.x > 0 && this.#at.y > 0 && this.#at.x < stage.width && this.#at.y < stage.height
      if (!isIn || this.#isTaken(this.#at.x, this.#at.y, width)) {
        if (!element.hidden) element.hidden = true
        continue
      }
      if (element.hidden) element.hidden = false
      element.style.transform = `translate(${this.#at.x.toFixed(1)}px, ${this.#at.y.toFixed(1)}px) translate(-50%, -50%)`
      if (theatre < 0) continue
      const state = unitState(playback, theatre)
      if (element.dataset.state === state) continue
      element.dataset.state = state
      element.textContent = `${text} · ${this.#words.theatre[state]}`
    }
  }

  dispose(): void {
    this.#root.remove()
  }

  #over(x: number, z: number, floor: number): number {
    const over = this.#rooms.filter(
      (room) => room.floor > floor && Math.abs(x - room.x) <= room.width / 2 && Math.abs(z - room.z) <= room.depth / 2,
    )
    return Math.min(Number.POSITIVE_INFINITY, ...over.map((room) => room.floor))
  }

  #isTaken(x: number, y: number, width: number): boolean {
    for (const other of this.#taken)
      if (Math.abs(other.y - y) < 20 && Math.abs(other.x - x) < (other.width + width) / 2) return true
    this.#taken.push({ x, y, width })
    return false
  }

  #add(text: string, kind: string, x: number, z: number, floor: number, nearer: number, theatre = -1): void {
    const element = document.createElement('div')
    element.className = `hospital-label hospital-label-${kind}`
    element.textContent = text
    element.hidden = true
    this.#root.append(element)
    const width = text.length * 7 + 22 + (theatre >= 0 ? 80 : 0)
    this.#labels.push({ element, x, z, floor, nearer, theatre, text, width, under: this.#over(x, z, floor) })
  }
}
