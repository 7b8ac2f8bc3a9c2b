/** What each area is made of, before anything has a position: rooms in a row, with the units that stand in each. */
import type { Unit } from '../../pathways/resources/contract.ts'
import type { RoomKind } from './places.ts'
import { type AreaKind, isPerson, type Look, lookOf, type PlacesFile } from './places-file.ts'

/** A room that will stand in a row. */
export interface Module {
  id: string
  name: string
  kind: RoomKind
  /** Along the corridor, in metres. */
  width: number
  units: LookedUnit[]
}

export interface LookedUnit {
  unit: Unit
  look: Look
}

export interface PlannedArea {
  place: string
  kind: AreaKind
  floor: number
  remote: boolean
  at: { x: number; side: 'north' | 'south' } | null
  modules: Module[]
}

const KIND_OF_LOOK: Partial<Record<Look, AreaKind>> = {
  theatre: 'theatres',
  cubicle: 'emergency',
  recovery: 'recovery',
  bed: 'ward',
  machine: 'laboratory',
  room: 'outpatients',
  clerk: 'reception',
}

const ROOM_OF_LOOK: Partial<Record<Look, { kind: RoomKind; width: number }>> = {
  cubicle: { kind: 'cubicle', width: 3.2 },
  theatre: { kind: 'theatre', width: 7 },
  room: { kind: 'exam', width: 4.4 },
}

/** Metres of a hall for each unit that stands in it. */
const HALL_PER_UNIT: Partial<Record<Look, number>> = { recovery: 1.5, machine: 0.8, cart: 0.5 }
/** Where many wait at a time. */
const CROWDED: readonly AreaKind[] = ['emergency', 'reception', 'outpatients']
const BEDROOM = { single: 2.8, double: 3.6 }

/** Every area with its rooms: those of `file`, then those that units stand in and nobody has put on a floor. */
export const plannedAreas = (file: PlacesFile, units: Unit[]): PlannedArea[] => {
  const lowest = Math.min(...file.floors.map(({ level }) => level))
  const floorOf = (level: number) =>
    Math.max(
      0,
      [...file.floors].sort(byLevel).findIndex((floor) => floor.level === level),
    )
  const looked = units.map((unit): LookedUnit => ({ unit, look: file.looks[unit.pool] ?? lookOf(unit.pool) }))
  const byPlace = new Map<string, LookedUnit[]>()
  for (const each of looked) {
    const place = each.unit.place.split('/')[0]!
    byPlace.set(place, [...(byPlace.get(place) ?? []), each])
  }
  const named = new Map(file.areas.map((area) => [area.place, area]))
  const left = [...byPlace.keys()].filter((place) => !named.has(place))
  // People whose place is nowhere work wherever there are beds.
  const roaming = left.filter((place) => byPlace.get(place)!.every(({ look }) => isPerson(look)))
  const areas = [
    ...file.areas,
    ...left
      .filter((place) => !roaming.includes(place))
      .map((place) => ({ place, floor: lowest, kind: undefined, remote: false, at: undefined })),
  ].map(({ place, floor, kind, remote, at }) => ({
    place,
    floor: floorOf(floor),
    kind,
    remote,
    at,
    inside: byPlace.get(place) ?? [],
  }))
  const wards = areas.filter(({ inside }) => inside.some(({ look }) => look === 'bed'))
  const hosts = wards.length > 0 ? wards : areas
  roaming
    .flatMap((place) => byPlace.get(place)!)
    .forEach((each, index) => {
      if (hosts.length > 0) hosts[index % hosts.length]!.inside = [...hosts[index % hosts.length]!.inside, each]
    })
  return areas.map(({ place, floor, kind, remote, at, inside }) => {
    const known = kind ?? kindOf(inside)
    return { place, floor, kind: known, remote, at: at ?? null, modules: modulesOf(place, known, inside) }
  })
}

const byLevel = (one: { level: number }, other: { level: number }): number => one.level - other.level

/** What an area is, from what there is most of in it. */
export const kindOf = (inside: LookedUnit[]): AreaKind => {
  const counts = new Map<AreaKind, number>()
  for (const { look } of inside) {
    const kind = KIND_OF_LOOK[look] ?? 'support'
    counts.set(kind, (counts.get(kind) ?? 0) + (isPerson(look) ? 0.1 : 1))
  }
  return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0] ?? 'offices'
}

const modulesOf = (place: string, kind: AreaKind, inside: LookedUnit[]): Module[] => {
  const people = inside.filter(({ look }) => isPerson(look))
  const things = inside.filter(({ look }) => !isPerson(look))
  const crowd = CROWDED.includes(kind) ? 9 + things.length * 0.25 : 4.2
  const waiting: Module = { id: `${place}#waiting`, name: '', kind: 'waiting', width: crowd, units: [] }
  const staff: Module = {
    id: `${place}#staff`,
    name: '',
    kind: 'staff',
    width: Math.max(4, Math.min(18, 2 + Math.ceil(mostTogether(people) / 2) * 1.2)),
    units: people,
  }
  return [waiting, staff, ...bedrooms(place, things), ...ownRooms(place, things), ...halls(place, things)]
}

/** People of other shifts stand in the same place: a room is for those who are there at a time. */
const mostTogether = (people: LookedUnit[]): number => {
  const byCalendar = new Map<string, number>()
  for (const { unit } of people) byCalendar.set(unit.calendar, (byCalendar.get(unit.calendar) ?? 0) + 1)
  return Math.max(0, ...byCalendar.values()) * 1.5
}

/** Beds in the rooms that their place names; else two by two, those for isolation alone. */
const bedrooms = (place: string, things: LookedUnit[]): Module[] => {
  const rooms = new Map<string, LookedUnit[]>()
  let number = 0
  let open = ''
  for (const each of things) {
    if (each.look !== 'bed') continue
    const { unit } = each
    const isSingle = unit.attributes.isolation === true
    const hasRoom =
      open !== '' && rooms.get(open)!.length < 2 && !isSingle && rooms.get(open)![0]!.unit.attributes.isolation !== true
    let id = unit.place
    if (!id.includes('/')) {
      id = hasRoom ? open : `${place}/${++number}`
      open = id
    }
    rooms.set(id, [...(rooms.get(id) ?? []), each])
  }
  return [...rooms].map(([id, units]) => ({
    id,
    name: id.split('/').slice(1).join('/'),
    kind: 'bedroom',
    width: units.length === 1 ? BEDROOM.single : BEDROOM.double + Math.max(0, units.length - 2) * 1.8,
    units,
  }))
}

const ownRooms = (place: string, things: LookedUnit[]): Module[] =>
  things.flatMap(({ unit, look }) => {
    const room = ROOM_OF_LOOK[look]
    return room ? [{ id: `${place}/${unit.id}`, name: unit.name, ...room, units: [{ unit, look }] }] : []
  })

/** What stands together in one open room, by pool. */
const halls = (place: string, things: LookedUnit[]): Module[] => {
  const pools = new Map<string, LookedUnit[]>()
  for (const each of things) if (HALL_PER_UNIT[each.look]) pools.set(each.unit.pool, [...(pools.get(each.unit.pool) ?? []), each])
  return [...pools].map(([pool, units]) => ({
    id: `${place}#${pool}`,
    name: '',
    kind: 'hall',
    width: Math.max(4, units.length * HALL_PER_UNIT[units[0]!.look]!),
    units,
  }))
}
