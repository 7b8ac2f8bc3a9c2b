/** Where a hospital's units stand, as data: `places` of a `hospital.yaml`. What it leaves out is laid out by rule (`layout.ts`). */
import { z } from 'zod'

/** What a unit of a pool is, to whoever looks at it. */
export const LOOKS = [
  'bed',
  'cubicle',
  'theatre',
  'recovery',
  'room',
  'machine',
  'cart',
  'clerk',
  'nurse',
  'physician',
  'team',
  'porter',
  'cleaner',
] as const
export type Look = (typeof LOOKS)[number]

export const AREA_KINDS = [
  'reception',
  'emergency',
  'ward',
  'critical',
  'theatres',
  'recovery',
  'imaging',
  'laboratory',
  'outpatients',
  'sterile',
  'support',
  'offices',
] as const
export type AreaKind = (typeof AREA_KINDS)[number]

const metres = z.number().min(-500).max(500)

const Area = z.strictObject({
  /** As in `place` of units and of tasks, without the room. */
  place: z.string().min(1),
  floor: z.int(),
  kind: z.enum(AREA_KINDS).optional(),
  /** Patients are followed there from afar: they are not in the building. */
  remote: z.boolean().default(false),
  /** Where its first wing leaves the main corridor, in metres east of the lifts, and to which side; by rule without it. */
  at: z.strictObject({ x: metres, side: z.enum(['north', 'south']) }).optional(),
})

export const PlacesFile = z.strictObject({
  floors: z.array(z.strictObject({ level: z.int().min(-5).max(40), name: z.string().min(1) })).min(1),
  areas: z.array(Area),
  /** By pool. */
  looks: z.record(z.string(), z.enum(LOOKS)).default({}),
})
export type PlacesFile = z.infer<typeof PlacesFile>

/** What a pool looks like where nobody says: by the words of its id. */
export const lookOf = (pool: string): Look => {
  for (const [word, look] of WORDS) if (pool.includes(word)) return look
  return 'room'
}

const WORDS: [string, Look][] = [
  ['clerk', 'clerk'],
  ['nurse', 'nurse'],
  ['physician', 'physician'],
  ['doctor', 'physician'],
  ['surgeon', 'physician'],
  ['team', 'team'],
  ['porter', 'porter'],
  ['cleaner', 'cleaner'],
  ['theatre', 'theatre'],
  ['cubicle', 'cubicle'],
  ['recovery', 'recovery'],
  ['bed', 'bed'],
  ['cart', 'cart'],
  ['lab', 'machine'],
]

const PEOPLE: readonly Look[] = ['clerk', 'nurse', 'physician', 'team', 'porter', 'cleaner']
export const isPerson = (look: Look): boolean => PEOPLE.includes(look)

/** A patient can be there; of several that one holds, the first of these is where one is. */
const WHERE_ONE_IS: readonly Look[] = ['room', 'theatre', 'recovery', 'cubicle', 'bed']
/** Its rank among the places that a patient may hold, 0 the first; -1 for what nobody is in. */
export const rankOfPlace = (look: Look): number => WHERE_ONE_IS.indexOf(look)
