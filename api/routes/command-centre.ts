/** The command centre: one reading of everything that is open, against the hospital's own targets. */
import { createRoute } from '@hono/zod-openapi'
import { hospitalNow } from '../../records/clock.ts'
import { figuresOf, readPicture } from '../../records/command-centre.ts'
import { readCommandCentreSettings } from '../../records/command-centre-settings.ts'
import { readCommandCentreSamples, readNewestBands } from '../../records/command-centre-trends.ts'
import { readStays } from '../../records/stays.ts'
import { seriesOf } from '../command-centre-series.ts'
import { type Dependencies, siteOf } from '../dependencies.ts'
import { commandCentre, nothingDescribed } from '../presenting-command-centre.ts'
import { HOUSE } from '../roles.ts'
import { answers, callerOf, declared, newRouter } from '../route.ts'
import { CommandCentre } from '../schemas/command-centre.ts'

const read = createRoute({
  method: 'get',
  path: '/command-centre',
  ...declared({
    id: 'readCommandCentre',
    tag: 'watch',
    summary: 'The hospital in one reading: tension, beds, theatres, jobs, alerts, partners, against targets',
    admits: HOUSE,
  }),
  responses: answers(CommandCentre, 'Now, with the last hours, and the next ones as far as the twin has said'),
})

/** How far back trends go. */
const TREND_MS = 8 * 3_600_000

export function commandCentreRoutes({ records }: Dependencies) {
  return newRouter().openapi(read, async (context) => {
    const [settings, at, site] = await Promise.all([readCommandCentreSettings(records), hospitalNow(records), siteOf(records)])
    context.header('cache-control', 'no-store')
    if (!settings) return context.json(nothingDescribed(at, site), 200)
    const series = seriesOf(settings)
    const [picture, samples, bands] = await Promise.all([
      readPicture(records, settings, at),
      readCommandCentreSamples(records, at - TREND_MS),
      readNewestBands(records, Object.values(series), at),
    ])
    const figures = figuresOf(picture, settings, at)
    const first = Object.values(figures).flatMap(({ run }) => run ?? [])
    const stays = await readStays(records, records.sql, [...new Set(first)])
    const parts = { settings, at, site, picture, figures, samples, bands, series, stays, role: callerOf(context).role }
    return context.json(commandCentre(parts), 200)
  })
}
