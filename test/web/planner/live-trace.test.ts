// Goal: in the live hospital a fresh sighting goes before what the pathway says, and no longer. Method: readings, one after another.
import { expect, it } from 'vitest'
import type { PresenceItem, UnitItem } from '../../../api/types.ts'
import { layOut } from '../../../twin/hospital/layout.ts'
import { roomOfPlace } from '../../../twin/trace/trace.ts'
import { Playback } from '../../../twin/view/playback.ts'
import { LiveTrace, type Reading } from '../../../web/planner/hospital/live-trace.ts'
import { FRESH_MINUTES, type Seen } from '../../../web/planner/hospital/sightings.ts'
import { readHospital } from '../../twin/hospital/read-hospital.ts'

const MINUTE = 60_000
const { units, pools, places: file } = readHospital('hopital-demo')
const places = layOut(units, file)
const bed = places.spots.find(({ look }) => look === 'bed')!
const cart = places.spots.find(({ look }) => look === 'cart')!
const elsewhere = places.rooms.findIndex(({ kind, area }) => kind === 'theatre' && area !== places.rooms[bed.room]!.area)

const reading = (at: number, seen: Seen[] = []): Reading => ({
  at,
  units: [],
  queue: [],
  presence: [
    { run: 'admission-1', pathway: 'admission', element: null, name: '', since: null, place: null, urgency: null },
  ] as PresenceItem[],
  holds: [{ run: 'admission-1.2', pathway: 'stay', units: [bed.unit] }] as Reading['holds'],
  sightings: new Map(seen.map((each) => [`${each.subject.type} ${each.subject.id}`, each])),
})
const seen = (type: 'Patient' | 'Device', id: string, at: number): Seen => ({
  ...{ subject: { type, id }, location: places.rooms[elsewhere]!.id },
  at,
})

it('a sighting says where somebody and something is, until it is too old', () => {
  const live = new LiveTrace(
    places,
    units as unknown as UnitItem[],
    pools,
    { epoch: '2026-01-01T00:00:00Z', timeZone: 'Europe/Paris' },
    0,
  )
  const cartIndex = places.spots.indexOf(cart)
  const shown = (at: number, sightings: Seen[] = []) => {
    live.read(reading(at, sightings))
    const playback = new Playback(live.trace)
    playback.seek(at)
    return {
      patient: roomOfPlace(live.trace, playback.place[0]!),
      lies: playback.place[0]! < places.spots.length,
      cart: roomOfPlace(live.trace, playback.unitPlace[cartIndex]!),
    }
  }
  expect(shown(1 * MINUTE)).toEqual({ patient: bed.room, lies: true, cart: cart.room })
  const both = [seen('Patient', 'admission-1', 2 * MINUTE), seen('Device', cart.unit, 2 * MINUTE)]
  expect(shown(3 * MINUTE, both)).toEqual({ patient: elsewhere, lies: false, cart: elsewhere })
  expect(shown((2 + FRESH_MINUTES) * MINUTE, both)).toEqual({ patient: elsewhere, lies: false, cart: elsewhere })
  expect(shown((3 + FRESH_MINUTES) * MINUTE, both)).toEqual({ patient: bed.room, lies: true, cart: cart.room })
  // Who is seen in the room of their own bed lies in it.
  const atHome = { ...seen('Patient', 'admission-1', 30 * MINUTE), location: places.rooms[bed.room]!.id }
  expect(shown(31 * MINUTE, [atHome])).toMatchObject({ patient: bed.room, lies: true })
})
