/** What floors, areas and rooms are called, in the language of the page. */
import { useMemo } from 'react'
import type { HospitalPlaces } from '../../../twin/hospital/places.ts'
import { text, textOf } from '../../shared/language.ts'
import { useNames } from '../../shared/names.tsx'

export interface PlaceNames {
  /** Of an area or a room; `#ward 2`, as rules lay out what nobody has named, is ward 2. */
  place: (name: string) => string
  storey: (floor: HospitalPlaces['floors'][number]) => string
  /** An area and the room in it, by the room's index. */
  room: (places: HospitalPlaces, room: number) => string
}

export function usePlaceNames(): PlaceNames {
  const { say } = useNames()
  return useMemo(() => {
    const place = (name: string): string => {
      if (!name.startsWith('#')) return say(name)
      const [kind, number] = name.slice(1).split(' ')
      return [textOf('hospital.kind', kind!), number].filter(Boolean).join(' ')
    }
    return {
      place,
      storey: ({ level, name }) => (name ? say(name) : text('hospital.level', { level })),
      room: ({ areas, rooms }, room) => {
        const { name, kind, area } = rooms[room]!
        const of = areas[area]?.place
        return [of && place(of), name ? place(name) : text(`hospital.room.${kind}`)].filter(Boolean).join(' · ')
      },
    }
  }, [say])
}
