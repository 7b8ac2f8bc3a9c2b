/** Names over areas, storeys and theatres, as text of the page: sharp at every distance, and never one over another. */
import type { HospitalPlaces, Room } from '../hospital/places.ts'
import { ALARMS, type AreaStates } from './area-states.ts'
import type { Playback } from './playback.ts'
import type { Stage } from './stage.ts'
import type { Storeys } from './storeys.ts'
import { type UnitState, unitState } from './unit-state.ts'

export interface LabelWords {
  /** In the reader's language. */
  place(name: string): string
  storey(floor: HospitalPlaces['floors'][number]): string
  theatre: Record<UnitState, string>
  /** How many are in an area, and wait there. */
  counts(patients: number, waiting: number): string
}

interface Label {
  element: HTMLElement
  x: number
  z: number
  floor: number
  /** Shown only when the camera is nearer than this, in metres. */
  nearer: number
  theatre: number
  area: number
  /** Of an area: how many are there and wait, and how loudly it calls. */
  counts: HTMLElement | null
  text: string
  width: number
  /** The lowest storey that lies over it. */
  under: number
  isStorey: boolean
}

export class Labels {
  readonly #root = document.createElement('div')
  readonly #words: LabelWords
  #labels: Label[] = []
  readonly #at = { x: 0, y: 0, z: 0 }
  #rooms: Room[] = []
  /** Where labels are already, x, y and width of each: used again and again. */
  #taken = new Float64Array(3 * 64)
  #takenCount = 0

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
    areas.forEach(({ place, wings, floor }, area) => {
      const wing = wings[0]
      if (wing) this.#add(this.#words.place(place), 'area', wing.x, wing.z, floor, 1_000, -1, area)
    })
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
    this.#takenCount = 0
    const away = stage.distance
    const isSplit = storeys.explode > 0 || storeys.isAlone
    for (let index = 0; index < this.#labels.length; index++) {
      const label = this.#labels[index]!
      const { element, x, z, floor, nearer, theatre, text, width } = label
      const isOpen = isSplit || (!label.isStorey && label.under > storeys.top)
      const isNear = isOpen && away < nearer && storeys.isShown(floor)
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
    const taken = this.#taken
    for (let other = 0; other < this.#takenCount; other++)
      if (Math.abs(taken[other * 3 + 1]! - y) < 22 && Math.abs(taken[other * 3]! - x) < (taken[other * 3 + 2]! + width) / 2)
        return true
    if (this.#takenCount * 3 === taken.length) {
      this.#taken = new Float64Array(taken.length * 2)
      this.#taken.set(taken)
    }
    const at = this.#takenCount++ * 3
    this.#taken[at] = x
    this.#taken[at + 1] = y
    this.#taken[at + 2] = width
    return false
  }

  /** Says anew how many are in each area; `alarm` by area, an index into ALARMS. */
  count({ patients, waiting }: AreaStates, alarm: ArrayLike<number>): void {
    for (const { area, counts, element } of this.#labels) {
      if (!counts) continue
      const said = this.#words.counts(patients[area]!, waiting[area]!)
      if (counts.textContent !== said) counts.textContent = said
      const level = ALARMS[alarm[area]!]!
      if (element.dataset.alarm !== level) element.dataset.alarm = level
    }
  }

  #add(text: string, kind: string, x: number, z: number, floor: number, nearer: number, theatre = -1, area = -1): void {
    const element = document.createElement('div')
    element.className = `hospital-label hospital-label-${kind}`
    element.textContent = text
    element.hidden = true
    this.#root.append(element)
    const counts = area >= 0 ? document.createElement('span') : null
    if (counts) element.append(counts)
    const width = text.length * 7 + 22 + (theatre >= 0 ? 80 : 0) + (counts ? 46 : 0)
    const isStorey = kind === 'storey'
    this.#labels.push({
      ...{ element, x, z, floor, nearer, theatre, area, counts, text, width, isStorey },
      under: this.#over(x, z, floor),
    })
  }
}
