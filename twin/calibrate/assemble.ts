/** From events, one by one in the order of a file, to cases with their work: begin and end of the same work are brought together. */
import { offsetMinutesAt } from '../../pathways/time/zones.ts'
import { beganAt, type Case, type Log, lastHeard, type Work } from './log.ts'
import { Problems } from './problems.ts'
import { type TimestampReader, zoneOf } from './timestamp.ts'

/** What an event says of its work. `whole`: a record of its own, begin and end together. */
export type Step = 'asked' | 'start' | 'end' | 'whole'

export interface LogEvent {
  case: string
  activity: string
  step: Step
  /** Of `whole` work all three, where they are known; of a step its own time alone. */
  asked: number
  start: number
  end: number
  resource: string
  /** Tells apart works of one activity in a case that overlap; ''. */
  instance: string
  line: number
}

interface OpenCase {
  id: string
  events: {
    activity: number
    step: Step
    asked: number
    start: number
    end: number
    resource: number
    instance: string
    line: number
  }[]
  /** Null: it changes within the case. */
  attributes: Map<string, string | null>
}

/** What most logs are: of one pathway, and without its flows. */
const OF_ONE = { taken: null, pathways: null }

/** More values than these are no class. */
const CLASS_VALUES_MAX = 12

export class Assembly {
  readonly problems = new Problems()
  readonly assumptions: string[] = []
  events = 0
  readonly #cases = new Map<string, OpenCase>()
  readonly #activities = new Index()
  readonly #resources = new Index()
  /** Values of each attribute, until there are too many. */
  readonly #values = new Map<string, Set<string> | null>()

  add(event: LogEvent): void {
    this.events++
    const { step, asked, start, end, line, instance } = event
    this.#open(event.case).events.push({
      activity: this.#activities.of(event.activity),
      step,
      asked,
      start,
      end,
      resource: event.resource === '' ? -1 : this.#resources.of(event.resource),
      instance,
      line,
    })
  }

  /** What is said of a case, or of it at one event. */
  attribute(id: string, name: string, value: string): void {
    if (value === '') return
    const values = this.#values.get(name) ?? (this.#values.has(name) ? null : new Set<string>())
    if (values === null) return
    values.add(value)
    this.#values.set(name, values.size > CLASS_VALUES_MAX ? null : values)
    const { attributes } = this.#open(id)
    const known = attributes.get(name)
    if (known === undefined) attributes.set(name, value)
    else if (known !== value) attributes.set(name, null)
  }

  #open(id: string): OpenCase {
    let found = this.#cases.get(id)
    if (!found) {
      found = { id, events: [], attributes: new Map() }
      this.#cases.set(id, found)
    }
    return found
  }

  finish(format: Log['format'], clock: Clock, { taken, pathways }: Pick<Log, 'taken' | 'pathways'> = OF_ONE): Log {
    const classes = [...this.#values].flatMap(([name, values]) => (values !== null && values.size > 1 ? [name] : []))
    const cases: Case[] = []
    for (const open of this.#cases.values()) {
      const works = this.#worksOf(open)
      if (works.length > 0) cases.push({ id: open.id, attributes: attributesOf(open, classes), works })
      open.events = []
    }
    this.#cases.clear()
    cases.sort((one, other) => beganAt(one.works[0]!) - beganAt(other.works[0]!))
    if (cases.length > 0 && cases.every(({ works }) => works.every(({ start }) => Number.isNaN(start))))
      this.assumptions.push(
        'The log has one time for each piece of work: it was taken to be its end. Work and the wait before it cannot be told apart then.',
      )
    if (clock.grid > 0) this.#noteRounding(clock.grid)
    if (clock.skipped > 0)
      this.problems.add(
        'zoneChange',
        clock.localZone,
        `times that the clocks of ${clock.localZone} never show: summer time skips them`,
        'They were moved on by an hour. If the log is written in UTC or another zone, say --time-zone.',
        { count: clock.skipped },
      )
    return {
      format,
      events: this.events,
      cases,
      activities: this.#activities.texts,
      resources: this.#resources.texts,
      timeZone: clock.timeZone,
      grid: clock.grid,
      taken,
      pathways,
      assumptions: this.assumptions,
      problems: this.problems.all,
    }
  }

  #noteRounding(grid: number): void {
    const what = grid >= 86_400_000 ? 'the day (all at midnight)' : grid >= 3_600_000 ? 'the hour' : 'the minute'
    this.problems.add(
      'rounded',
      'all times',
      `times are rounded to ${what}`,
      grid > 60_000
        ? 'Durations and hours of the day cannot be told from them: export the log with the time of day, to the minute at least.'
        : 'Fits take the rounding into account; nothing to do.',
      { count: this.events },
    )
  }

  #worksOf({ id, events }: OpenCase): Work[] {
    const seen = new Set<string>()
    const works: Work[] = []
    /** Works that are not begun, or not done, by activity and instance, oldest first. */
    const open = new Map<string, Work[]>()
    const timeOf = (each: OpenCase['events'][number]) => (each.step === 'whole' ? beganAt({ ...each }) : each[each.step])
    // Equal times stay in the order of the file, which sorting keeps.
    for (const each of events.sort((one, other) => timeOf(one) - timeOf(other))) {
      const { activity, step, asked, start, end, resource, instance, line } = each
      const print = `${activity} ${step} ${asked} ${start} ${end} ${resource} ${instance}`
      if (seen.has(print)) {
        this.problems.add(
          'duplicate',
          `line ${line}`,
          'events that are there twice: the same case, activity, time and resource',
          'Each was counted once. Remove what is there twice.',
        )
        continue
      }
      seen.add(print)
      const key = `${activity} ${instance}`
      if (step === 'whole') {
        const work = { activity, asked, start, end, resource, line }
        if (end < start) {
          this.problems.add(
            'endBeforeStart',
            `line ${line}`,
            'work that ends before it begins',
            'Its duration was left out. Correct its times, or see that the two columns are not exchanged.',
          )
          work.start = Number.NaN
        }
        if (work.asked > beganAt(work)) work.asked = Number.NaN
        works.push(work)
        continue
      }
      const waiting = open.get(key) ?? []
      const fits = waiting.find((work) =>
        step === 'start' ? Number.isNaN(work.start) : step === 'end' ? Number.isNaN(work.end) : false,
      )
      const work = fits ?? { activity, asked: Number.NaN, start: Number.NaN, end: Number.NaN, resource: -1, line }
      if (!fits) {
        works.push(work)
        if (step !== 'end') open.set(key, [...waiting, work])
      }
      work[step] = step === 'asked' ? asked : step === 'start' ? start : end
      // Whoever does the work counts, not whoever asked for it.
      if (resource >= 0 && step !== 'asked') work.resource = resource
      if (step === 'end' && fits)
        open.set(
          key,
          waiting.filter((other) => other !== work),
        )
    }
    const left = [...open.values()].flat().filter((work) => Number.isNaN(work.end))
    for (const { line } of left)
      this.problems.add(
        'unmatched',
        `line ${line}, case ${id}`,
        'work that begins, or is asked for, and never ends in the log',
        'Its duration was left out. At the end of the log this is to be expected; elsewhere, see why the end is missing.',
      )
    return works.sort((one, other) => beganAt(one) - beganAt(other) || lastHeard(one) - lastHeard(other))
  }
}

/** A log's clock: what zone its times are of, and how finely it goes. */
export interface Clock {
  timeZone: string
  grid: number
  /** Times that the clocks of `localZone`, by which times without an offset were read, never show. */
  skipped: number
  localZone: string
}

/** @param asked the zone that was asked for, ''. Says what it assumed. */
export const clockOf = (times: TimestampReader, asked: string, { assumptions, problems }: Assembly): Clock => {
  const { grid, skipped, offsets, local, localZone } = times
  const clock = (timeZone: string): Clock => ({ timeZone, grid, skipped, localZone })
  if (asked !== '') return clock(asked)
  if (local > 0)
    assumptions.push(
      `${offsets.length > 0 ? 'Some times' : 'Times'} carry no offset: they were read as those of ${localZone}. Say --time-zone for another.`,
    )
  if (offsets.length === 0) return clock(localZone)
  const timeZone = zoneOf(offsets)
  if (timeZone !== '') {
    assumptions.push(`Times carry offsets, which are those of ${timeZone}: hours of the day are those of that zone.`)
    return clock(timeZone)
  }
  const strange = offsets.find(({ at, offsetMinutes }) => offsetMinutesAt('Europe/Paris', at) !== offsetMinutes)!
  problems.add(
    'zoneChange',
    `offset ${strange.offsetMinutes >= 0 ? '+' : ''}${strange.offsetMinutes / 60} h`,
    'times whose offsets are not those of one time zone that is known here',
    'Hours of the day were taken to be those of Europe/Paris. Say --time-zone for the hospital’s.',
    { count: new Set(offsets.map(({ offsetMinutes }) => offsetMinutes)).size },
  )
  return clock('Europe/Paris')
}

const attributesOf = ({ attributes }: OpenCase, classes: string[]): Record<string, string> =>
  Object.fromEntries(
    classes.flatMap((name) => {
      const value = attributes.get(name)
      return value == null ? [] : [[name, value]]
    }),
  )

/** Texts that stand once, referred to by number. */
class Index {
  readonly texts: string[] = []
  readonly #known = new Map<string, number>()

  of(text: string): number {
    const found = this.#known.get(text)
    if (found !== undefined) return found
    this.#known.set(text, this.texts.length)
    return this.texts.push(text) - 1
  }
}
