/** Who comes, and when: the streams of a scenario, and what is drawn of each patient. */
import { ownValue } from '../../pathways/engine/variables.ts'
import { unknownNames } from '../../pathways/language/feel/check.ts'
import { type FeelScope, toClosure } from '../../pathways/language/feel/evaluate.ts'
import type { FeelTree } from '../../pathways/language/feel/tree.ts'
import type { Value, Variables } from '../../pathways/language/feel/value.ts'
import type { Calendar } from '../../pathways/resources/contract.ts'
import { formatDuration } from '../../pathways/time/duration.ts'
import type { SiteTime } from '../../pathways/time/site.ts'
import type { Surge } from '../simulate/arrivals.ts'
import { byWeight } from '../simulate/chance.ts'
import {
  type ArrivalRates,
  type ChanceKey,
  checkDistribution,
  Purpose,
  type Stream,
  sample,
  uniform,
  within,
} from '../simulate/index.ts'
import { ImpossibleScenario, mustBeAmong } from './impossible.ts'
import { durationOf, msOf, treeOf } from './parts.ts'
import type { StreamFile, Variable } from './schema.ts'

/** @param end until when lists come again. @throws ImpossibleScenario for FEEL that is none, and a calendar that there is not. */
export const streamOf = (
  file: StreamFile,
  number: number,
  site: SiteTime,
  calendars: Calendar[],
  end: number,
  surges: Surge[] = [],
  changes: Stream['changes'] = [],
): Stream => {
  const variables = variablesOf(file.variables, `demand[${number}].variables`)
  const names = Object.keys(file.variables)
  // Those of an appointment come after those of all.
  const own = (file.times ?? []).map((time, index) =>
    typeof time === 'string' ? [] : variablesOf(time.variables, `demand[${number}].times[${index}].variables`, names),
  )
  const scope = new PatientScope(site)
  return {
    id: file.id,
    pathway: file.pathway ?? '',
    ...(file.message && { message: messageOf(file.message, site, names, `demand[${number}].message.key`) }),
    arrivals: arrivalsOf(file, calendars, surges, `demand[${number}]`, end),
    ...(file.limit && { limit: file.limit }),
    ...(file.together !== undefined && { together: togetherOf(file.together) }),
    ...(changes.length > 0 && { changes }),
    variables: (index, at, patient) => {
      scope.aim(index, at, patient)
      for (let draw = 0; draw < variables.length; draw++) {
        const { name, value } = variables[draw]!
        scope.given[name] = value(scope, draw)
      }
      if (own.length > 0) {
        const more = own[index % own.length]!
        for (let draw = 0; draw < more.length; draw++) {
          const { name, value } = more[draw]!
          scope.given[name] = value(scope, variables.length + draw)
        }
      }
      return scope.given
    },
  }
}

const messageOf = (
  { name, key: given }: NonNullable<StreamFile['message']>,
  site: SiteTime,
  names: string[],
  place: string,
): NonNullable<Stream['message']> => {
  const key = given ?? null
  if (typeof key !== 'string' || !key.startsWith('=')) return { name, key: (): Value => key }
  const closure = toClosure(knowingTreeOf(key.slice(1), names, place))
  const scope = new PatientScope(site)
  return {
    name,
    key: (variables: Variables) => {
      scope.given = variables
      return closure(scope)
    },
  }
}

/** A list again and again until a time. */
const repeated = (list: number[], every: number, end: number, place: string): number[] => {
  const longest = list.at(-1)! - list[0]!
  if (every <= 0 || every < longest)
    throw new ImpossibleScenario(place, 'the list would begin again before it is over', 'Make it longer than the list.')
  const times: number[] = []
  for (let from = 0; from + list[0]! <= end; from += every) for (const at of list) times.push(from + at)
  return times
}

/** @param before names that are known already. */
const variablesOf = (variables: StreamFile['variables'], place: string, before: string[] = []) =>
  Object.entries(variables).map(([name, variable], index, all) => {
    const known = [...before, ...all.slice(0, index).map(([earlier]) => earlier)]
    return { name, value: givenBy(variable, known, `${place}.${name}`) }
  })

/** FEEL that can see nothing but these variables, luck and the index. @throws ImpossibleScenario for another name: it would be null for everybody. */
const knowingTreeOf = (text: string, names: string[], place: string): FeelTree => {
  const tree = treeOf(text, place)
  const known = [...names, 'luck', 'index']
  const [unknown] = unknownNames(tree, known)
  if (unknown !== undefined) mustBeAmong(known, unknown, place, 'earlier variable')
  return tree
}

/** A draw that no variable has. */
const TOGETHER = -1

const togetherOf = (together: NonNullable<StreamFile['together']>): ((first: ChanceKey) => number) => {
  if (typeof together === 'number') return () => together
  const [counts, shares] = [Object.keys(together.shares).map(Number), Object.values(together.shares)]
  return (first) => counts[byWeight(shares, uniform(first, Purpose.patient, TOGETHER))]!
}

const arrivalsOf = (
  {
    perHour,
    perDay,
    perHourOfDay,
    perHourOfWeek,
    weekdayFactors,
    hourShares,
    factorMax,
    interarrival,
    calendar,
    whenClosed,
    times,
    every,
    noShow,
  }: StreamFile,
  calendars: Calendar[],
  surges: Surge[],
  place: string,
  end: number,
): Stream['arrivals'] => {
  if (interarrival)
    return {
      interarrival: durationOf(interarrival),
      ...(calendar && { open: openOf(calendar, calendars, `${place}.calendar`) }),
      ...(whenClosed === 'postpones' && { postpones: true }),
      ...(noShow && { noShow }),
    }
  if (times) {
    const list = times.map((time) => msOf(typeof time === 'string' ? time : time.at))
    return { times: every === undefined ? list : repeated(list, msOf(every), end, `${place}.every`), noShow: noShow ?? 0 }
  }
  if (perHourOfWeek) return { rates: ratesWith(perHourOfWeek, surges, factorMax) }
  const shares = hourShares ?? new Array<number>(24).fill(1 / 24)
  const factors = weekdayFactors ?? new Array<number>(7).fill(1)
  const perHourEachDay = perHourOfDay ?? shares.map((each) => each * (perDay ?? perHour! * 24))
  return {
    rates: ratesWith(
      factors.flatMap((factor) => perHourEachDay.map((rate) => rate * factor)),
      surges,
      factorMax,
    ),
  }
}

/** Candidates come at a power of two an hour, above any rate: what demands somewhat more or less has the same ones, and so the same patients. */
const ratesWith = (perHourOfWeek: number[], surges: Surge[], factorMax = 1): ArrivalRates => {
  // Surges may overlap: all of them at once is the most there can be.
  const surged = surges.reduce((most, { factor }) => most * Math.max(1, factor), 1)
  const peak = Math.max(...perHourOfWeek) * Math.max(surged, factorMax)
  let candidatesPerHour = 1 / 1024
  while (candidatesPerHour < peak) candidatesPerHour *= 2
  return { perHourOfWeek, candidatesPerHour, ...(surges.length > 0 && { surges }) }
}

const openOf = (id: string, calendars: Calendar[], place: string): Calendar['open'] => {
  mustBeAmong(
    calendars.map((calendar) => calendar.id),
    id,
    place,
    'calendar',
  )
  return calendars.find((calendar) => calendar.id === id)!.open
}

/** What the FEEL of a patient's variables sees: its luck, its number and the variables before it. Aimed anew for each patient. */
class PatientScope implements FeelScope {
  at = 0
  readonly site: SiteTime
  given: Variables = {}
  index = 0
  luck = 0
  patient: ChanceKey = { low: 0, high: 0 }

  constructor(site: SiteTime) {
    this.site = site
  }

  aim(index: number, at: number, patient: ChanceKey): void {
    this.given = {}
    this.index = index
    this.at = at
    this.patient = patient
  }

  get(name: string): Value | undefined {
    if (name === 'luck') return this.luck
    if (name === 'index') return this.index
    return ownValue(this.given, name)
  }
}

const givenBy = (variable: Variable, names: string[], place: string): ((scope: PatientScope, draw: number) => Value) => {
  if (typeof variable === 'object' && 'distribution' in variable) {
    const duration = durationOf(variable)
    checkDistribution(duration, place)
    return ({ patient }, draw) =>
      formatDuration({ months: 0, milliseconds: Math.round(sample(duration, within(patient, draw), Purpose.patient)) })
  }
  if (typeof variable === 'object') {
    const [values, shares] = [Object.keys(variable.shares), Object.values(variable.shares)]
    return ({ patient }, draw) => values[byWeight(shares, uniform(patient, Purpose.patient, draw))]!
  }
  if (typeof variable !== 'string' || !variable.startsWith('=')) return () => variable
  const closure = toClosure(knowingTreeOf(variable.slice(1), names, place))
  return (scope, draw) => {
    scope.luck = uniform(scope.patient, Purpose.patient, draw)
    return closure(scope)
  }
}
