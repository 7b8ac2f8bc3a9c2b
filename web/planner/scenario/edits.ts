/** What the forms of a scenario write into its YAML: only what differs from the one it extends. */
import { parse, stringify } from 'yaml'
import type { ScenarioFile } from '../../../twin/experiment/schema.ts'
import { yamlOf } from '../what-if/question.ts'

type Plain = Record<string, unknown>

/** The text with a change; what is not YAML yet stays as it is. */
export const edited = (text: string, change: (plain: Plain) => Plain): string => {
  const plain = plainOf(text)
  return plain === null ? text : stringify(change(plain), { lineWidth: 120 })
}

export const plainOf = (text: string): Plain | null => {
  try {
    const value: unknown = parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Plain) : null
  } catch {
    // While it is being typed it need not be YAML: the check says where.
    return null
  }
}

/** An item of a named list, changed; those that were not named yet join it. */
const withItem = (list: unknown, id: string, change: Plain): Plain[] => {
  const items = (Array.isArray(list) ? list : []) as Plain[]
  return items.some((item) => item.id === id)
    ? items.map((item) => (item.id === id ? { ...item, ...change } : item))
    : [...items, { id, ...change }]
}

/** Null takes away what an extended scenario says; one that stands alone simply does not say it. */
const standing = (plain: Plain): Plain => ('extends' in plain ? plain : (withoutNulls(plain) as Plain))

const withoutNulls = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutNulls)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, each]) => (each === null ? [] : [[key, withoutNulls(each)] as [string, unknown]])),
  )
}

/** A hospital that is named by its file alone may have changes beside the name. */
const hospitalOf = ({ hospital }: Plain): Plain =>
  typeof hospital === 'string' ? { file: hospital } : ((hospital ?? {}) as Plain)

export const withStream = (text: string, id: string, change: Plain): string =>
  edited(text, (plain) => standing({ ...plain, demand: withItem(plain.demand, id, change) }))

export const withUnits = (text: string, pool: string, units: number): string =>
  edited(text, (plain) => {
    const hospital = hospitalOf(plain)
    return { ...plain, hospital: { ...hospital, pools: withItem(hospital.pools, pool, { units }) } }
  })

export const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Day = (typeof DAYS)[number]
export type Calendar = ScenarioFile['hospital']['calendars'][number]

/** Whether it is open, by day and hour; an hour that is open in part counts as open. */
export const hoursOf = (calendar: Calendar): boolean[][] => {
  const grid = DAYS.map(() => new Array<boolean>(24).fill(false))
  const periods = 'periods' in calendar ? calendar.periods : [calendar]
  for (const { days, from, to } of periods)
    for (const day of days) {
      const [begin, end] = [Number(from.slice(0, 2)), Math.ceil(Number(to.slice(0, 2)) + Number(to.slice(3)) / 60)]
      const hours = end > begin ? end - begin : end + 24 - begin
      for (let hour = begin; hour < begin + hours; hour++)
        grid[(DAYS.indexOf(day) + Math.floor(hour / 24)) % 7]![hour % 24] = true
    }
  return grid
}

/** Periods of whole hours that say the same; days alike stand together. */
export const periodsOf = (grid: boolean[][]): { days: Day[]; from: string; to: string }[] => {
  const byHours = new Map<string, Day[]>()
  grid.forEach((hours, day) => {
    for (let begin = 0; begin < 24; begin++) {
      if (!hours[begin] || (begin > 0 && hours[begin - 1])) continue
      let end = begin
      while (end < 24 && hours[end]) end++
      const key = `${clock(begin)} ${end === 24 ? '00:00' : clock(end)}`
      byHours.set(key, [...(byHours.get(key) ?? []), DAYS[day]!])
    }
  })
  return [...byHours].map(([key, days]) => ({ days, from: key.slice(0, 5), to: key.slice(6) }))
}

const clock = (hour: number): string => `${String(hour).padStart(2, '0')}:00`

export const withCalendar = (text: string, id: string, grid: boolean[][]): string =>
  edited(text, (plain) => {
    const hospital = hospitalOf(plain)
    // What the one it extends says by days is taken away.
    const change = { days: null, from: null, to: null, periods: periodsOf(grid) }
    return standing({ ...plain, hospital: { ...hospital, calendars: withItem(hospital.calendars, id, change) } })
  })

export const withList = (text: string, key: 'interventions' | 'targets', list: unknown[]): string =>
  edited(text, (plain) => ({ ...plain, [key]: list }))

export const withField = (text: string, key: 'name' | 'note' | 'horizon' | 'warmUp' | 'seed', value: string | number): string =>
  edited(text, (plain) => ({ ...plain, [key]: value }))

/** The scenario whole, one of its pathways played by another drawing: lists of what it extends can be added to, but not taken from. */
export const withPathways = (text: string, own: ScenarioFile, index: number, file: string): string => {
  const pathways = own.pathways.map((pathway, other) => {
    if (other !== index) return pathway
    return typeof pathway === 'string' ? file : { ...pathway, file }
  })
  return plainOf(text) === null ? text : yamlOf({ ...own, pathways })
}
