/**
 * Floors and areas of a hospital that says nothing of where it stands: whoever comes by themselves is on the ground floor, theatres and what
 * belongs to them above, wards on top. An area is what units' `place` names; units whose place nobody has said are put together by what they are.
 */
import type { Unit } from '../../pathways/resources/contract.ts'
import { kindOf, type LookedUnit } from './modules.ts'
import { type AreaKind, lookOf, type PlacesFile } from './places-file.ts'

const BEDS_PER_WARD = 60
const BEDS_PER_FLOOR = 150
/** So few beds need no floor of their own. */
const BEDS_BESIDE = 30
const ABOVE: readonly AreaKind[] = ['theatres', 'recovery', 'critical', 'sterile', 'offices']

/** A hospital laid out by rule: its units where the rule puts them. */
export interface Ruled {
  file: PlacesFile
  units: Unit[]
}

/** The same units give the same floors. Areas that nobody named are called `#` and their kind, and a number where there are several. */
export const placesByRule = (units: Unit[]): Ruled => {
  const hasCubicles = units.some(({ pool }) => lookOf(pool) === 'cubicle')
  let beds = 0
  const placed = units.map((unit) => {
    if (unit.place !== '' && unit.place !== unit.pool) return unit
    const kind = kindOfPool(unit.pool, hasCubicles)
    return { ...unit, place: kind === 'ward' ? `#ward ${1 + Math.floor(beds++ / BEDS_PER_WARD)}` : `#${kind}` }
  })
  const inside = new Map<string, LookedUnit[]>()
  for (const unit of placed) {
    const place = unit.place.split('/')[0]!
    inside.set(place, [...(inside.get(place) ?? []), { unit, look: lookOf(unit.pool) }])
  }
  const areas = [...inside].map(([place, of]) => ({
    place,
    kind: place.startsWith('#') ? kindOfPool(of[0]!.unit.pool, hasCubicles) : kindOf(of),
    beds: of.filter(({ look }) => look === 'bed').length,
  }))
  const floors = storeysOf(areas)
  return {
    units: placed,
    file: {
      floors: [...new Set(floors)].sort((one, other) => one - other).map((level) => ({ level, name: '' })),
      areas: areas.map(({ place, kind }, index) => ({ place, kind, floor: floors[index]!, remote: false })),
      looks: {},
    },
  }
}

/** The floor of each area, without gaps from 0. */
const storeysOf = (areas: { kind: AreaKind; beds: number }[]): number[] => {
  const total = areas.reduce((sum, { beds }) => sum + beds, 0)
  if (total <= BEDS_BESIDE) return areas.map(() => 0)
  const hasAbove = areas.some(({ kind }) => ABOVE.includes(kind))
  let [floor, filled] = [hasAbove ? 2 : 1, 0]
  return areas.map(({ kind, beds }) => {
    if (kind !== 'ward') return ABOVE.includes(kind) ? 1 : 0
    if (filled > 0 && filled + beds > BEDS_PER_FLOOR) [floor, filled] = [floor + 1, 0]
    filled += beds
    return floor
  })
}

const kindOfPool = (pool: string, hasCubicles: boolean): AreaKind => {
  const look = lookOf(pool)
  switch (look) {
    case 'bed':
      return 'ward'
    case 'theatre':
    case 'team':
      return 'theatres'
    case 'recovery':
      return 'recovery'
    case 'clerk':
      return 'reception'
    case 'machine':
      return 'laboratory'
    case 'cart':
      return 'sterile'
    case 'porter':
    case 'cleaner':
      return 'support'
    case 'room':
      return IMAGING.some((word) => pool.includes(word)) ? 'imaging' : 'outpatients'
    default:
      return hasCubicles ? 'emergency' : 'outpatients'
  }
}

const IMAGING = ['scan', 'imag', 'radio', 'mri']
