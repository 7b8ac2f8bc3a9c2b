/** The command centre as people read it: figures held against targets, with what was and what is to come. */
import type { z } from '@hono/zod-openapi'
import type { SiteTime } from '../pathways/time/site.ts'
import type { CommandCentrePicture, Figure } from '../records/command-centre.ts'
import type { CommandCentreSettings, Watched } from '../records/command-centre-settings.ts'
import type { CommandCentreSample, ForecastBands } from '../records/command-centre-trends.ts'
import type { Stay } from '../records/stays.ts'
import { askedSeries } from './command-centre-series.ts'
import { seesPatients, timeOf } from './presenting.ts'
import { type Role, seesIdentity } from './roles.ts'
import type { CommandCentre, MeasureItem } from './schemas/command-centre.ts'

type Answer = z.infer<typeof CommandCentre>
type Measure = z.infer<typeof MeasureItem>

const HOUR_MS = 3_600_000

export const nothingDescribed = (at: number, site: SiteTime): Answer => ({
  ...{ at: timeOf(at, site), described: false, forecast: null, pools: null },
  ...{ measures: [], samples: [], forecastSeries: [], waiting: [], wards: [], theatres: [], jobs: [], alerts: [], incidents: [] },
})

/** How loud a value is. Beyond its target it is as the hospital says; between `near` and the target it is a matter of looking. */
export function alarmOf(value: number, { atMost, atLeast, near, alarm }: Watched): Measure['alarm'] {
  if (atMost !== undefined) return value > atMost ? alarm : near !== undefined && near < atMost && value >= near ? 'low' : 'none'
  if (atLeast !== undefined)
    return value < atLeast ? alarm : near !== undefined && near > atLeast && value <= near ? 'low' : 'none'
  return 'none'
}

interface Read {
  settings: CommandCentreSettings
  at: number
  site: SiteTime
  picture: CommandCentrePicture
  figures: Record<string, Figure>
  samples: CommandCentreSample[]
  bands: ForecastBands | null
  /** By measure, the name of its series in a forecast. */
  series: Record<string, string>
  /** By run, of those that come first. */
  stays: ReadonlyMap<string, Stay>
  role: Role
}

export function commandCentre({ settings, at, site, picture, figures, samples, bands, series, stays, role }: Read): Answer {
  const time = (ms: number | null) => (ms === null ? null : timeOf(ms, site))
  const { emergency, beds, theatres } = settings
  const firstOf = (run: string | null): Measure['first'] => {
    if (run === null) return null
    const stay = stays.get(run)
    return {
      run,
      patient: seesPatients(role) ? (stay?.patient ?? null) : null,
      person: seesIdentity(role) ? (stay?.person ?? null) : null,
    }
  }
  return {
    at: timeOf(at, site),
    described: true,
    measures: Object.entries(figures).map(([id, { value, since, run }]) => {
      const watched = settings.measures[id]
      return {
        ...{ id, value, since: time(since), first: firstOf(run) },
        target: watched ? { atMost: watched.atMost ?? null, atLeast: watched.atLeast ?? null } : null,
        alarm: watched ? alarmOf(value, watched) : ('none' as const),
        owner: watched?.owner ?? null,
        trend: samples.map(({ values }) => values[id] ?? null),
        forecast: bandOf(bands, series[id]),
      }
    }),
    samples: samples.map((sample) => timeOf(sample.at, site)),
    forecast: bands && {
      id: bands.id,
      at: timeOf(bands.at, site),
      times: Array.from({ length: bands.hours }, (_, hour) => timeOf(bands.at + (hour + 1) * HOUR_MS, site)),
    },
    forecastSeries: askedSeries(settings),
    pools: { emergency: emergency.pool, beds: beds.pool, theatres: theatres.pool },
    waiting: emergency.levels.map(({ priority, name }) => {
      const found = picture.waiting.find((one) => one.priority === priority)
      return { level: name, count: found?.count ?? 0, since: time(found?.since ?? null) }
    }),
    wards: picture.wards.map(({ closed, reserved, ...ward }) => ({ ...ward, blocked: closed, expectedIn: reserved })),
    theatres: picture.theatres.map(({ nextRun: _, ...theatre }) => ({
      ...theatre,
      since: timeOf(theatre.since, site),
      nextAt: time(theatre.nextAt),
    })),
    jobs: settings.jobs.map((role) => {
      const found = picture.jobs.find((job) => job.role === role)
      return { role, open: found?.open ?? 0, late: found?.late ?? 0, dueAt: time(found?.dueAt ?? null) }
    }),
    alerts: (['critical', 'warning', 'info'] as const).map((level) => {
      const found = picture.alerts.find((one) => one.level === level)
      return { level, count: found?.count ?? 0, overdue: found?.overdue ?? 0, dueAt: time(found?.dueAt ?? null) }
    }),
    incidents: picture.incidents.map(({ activity, count, since }) => ({ activity, count, since: time(since) })),
  }
}

/** The band of a series: quantiles 10, 50 and 90. */
function bandOf(bands: ForecastBands | null, name: string | undefined): Measure['forecast'] {
  const found = bands?.bands.find((band) => band.name === name)
  if (!bands || !found) return null
  const at = (quantile: number) => found.quantiles[bands.quantiles.indexOf(quantile)] ?? []
  return { low: at(0.1), median: at(0.5), high: at(0.9) }
}
