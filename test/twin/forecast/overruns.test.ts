// Goal: minutes past closing are those that units were in use while their hours were over, and no others; the twin's own series says the same. Method: stretches by hand, and a theatre that runs late in the twin.
import { expect, it } from 'vitest'
import { overrunsOf } from '../../../twin/forecast/overruns.ts'
import { Series, Watch } from '../../../twin/forecast/watch.ts'
import { createHospital, standardActivities } from '../../../twin/simulate/index.ts'
import { pool, snapshot, units } from '../../pathways/resources/build.ts'
import { oneTask } from '../simulate/models.ts'

const hourMs = 3_600_000
const site = { epoch: '2026-01-05T00:00:00+01:00', timeZone: 'Europe/Paris' }
const ledger = snapshot({
  pools: [pool('theatre'), pool('bed')],
  units: [...units('theatre', 2).map((unit) => ({ ...unit, calendar: 'day' })), ...units('bed', 1)],
  calendars: [
    { id: 'day', open: Array.from({ length: 5 }, (_, day) => ({ fromMinute: day * 1440 + 480, toMinute: day * 1440 + 960 })) },
  ],
})
const [one, other] = ledger.units.map(({ id }) => id) as [string, string]

it('counts what of a use lies in closed hours and in the time asked about', () => {
  const minutes = (uses: [string, number, number | null][], from: number, until: number) =>
    overrunsOf(
      ledger,
      site,
      uses.map(([unit, begun, over]) => ({ unit, from: begun * hourMs, until: over === null ? null : over * hourMs })),
      from * hourMs,
      until * hourMs,
    )
  expect(minutes([[one, 15, 16.5]], 16, 17)).toEqual({ 'pool.theatre.overrunMinutes': 30 })
  expect(
    minutes(
      [
        [one, 15, null],
        [other, 16.25, 16.5],
      ],
      16,
      17,
    ),
  ).toEqual({ 'pool.theatre.overrunMinutes': 75 })
  expect(minutes([[one, 9, 15.75]], 15, 16)).toEqual({ 'pool.theatre.overrunMinutes': 0 })
  // From before opening until after it.
  expect(minutes([[one, 31, 33]], 31.5, 32.5)).toEqual({ 'pool.theatre.overrunMinutes': 30 })
  expect(minutes([['gone', 0, null]], 16, 17)).toEqual({ 'pool.theatre.overrunMinutes': 0 })
})

it('says what the twin says of the same hours', async () => {
  const program = await oneTask('operation', '<hospital:need pool="theatre" quantity="1"/><hospital:duration value="PT150M"/>')
  const series = new Series([program], ledger)
  const watch = new Watch(series)
  const uses: { unit: string; from: number; until: number | null }[] = []
  const held: Parameters<NonNullable<typeof watch.observer.held>>[] = []
  const hospital = createHospital({
    ...{ programs: [program], ledger, site, seed: 1, start: 0, activities: standardActivities },
    observer: {
      ...watch.observer,
      held: (...change) => {
        watch.observer.held?.(...change)
        held.push(change)
        const [, count, at, [unit]] = change
        if (count > 0) uses.push({ unit: unit!, from: at, until: null })
        else uses.findLast((use) => use.unit === unit)!.until = at
      },
    },
  })
  watch.begin(hospital)
  for (const at of [8, 9, 11, 12, 13, 14, 30]) hospital.admit('operation', at * hourMs, `at-${at}`, {})
  const place = series.names.findIndex(({ name }) => name === 'pool.theatre.overrunMinutes')
  let total = 0
  for (let hour = 1; hour <= 40; hour++) {
    hospital.run(hour * hourMs)
    const minutes = watch.read()[place]!
    expect(overrunsOf(ledger, site, uses, (hour - 1) * hourMs, hour * hourMs)).toEqual({
      'pool.theatre.overrunMinutes': expect.closeTo(minutes, 6),
    })
    total += minutes
  }
  // The last of them begins at half past two.
  expect(total).toBe(60)
})
