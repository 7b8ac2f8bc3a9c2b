/** For those who rehearse a pathway where they draw it: a scenario made ready to be simulated, who came lately, and how long everything took. */
import { createRoute } from '@hono/zod-openapi'
import { epochMsOfInstant } from '../../pathways/time/site.ts'
import { hospitalNow } from '../../records/clock.ts'
import { elementTimes, startsByHourOfWeek } from '../../records/element-times.ts'
import { readPathwayVersion } from '../../records/pathways.ts'
import { type Dependencies, siteOf } from '../dependencies.ts'
import { DESIGN, HOUSE, PLANNING } from '../roles.ts'
import { answers, bodyOf, declared, newRouter } from '../route.ts'
import { IdPath, type Json } from '../schemas/common.ts'
import { ElementTimesList, LastDays, ReadyScenarioItem, ScenarioInput, StartsList } from '../schemas/rehearsals.ts'
import { readySent } from '../sent-scenario.ts'

const DAY_MS = 86_400_000
const HOURS_OF_WEEK = 168

const times = createRoute({
  method: 'get',
  path: '/pathways/{id}/times',
  ...declared({
    id: 'readElementTimes',
    tag: 'pathways',
    summary: 'How long each element was waited for and took lately, all versions together',
    admits: HOUSE,
  }),
  request: { params: IdPath, query: LastDays },
  responses: answers(ElementTimesList, 'By element that anybody came to'),
})
const starts = createRoute({
  method: 'get',
  path: '/starts',
  ...declared({
    id: 'countStarts',
    tag: 'pathways',
    summary: 'How many runs began lately, by pathway and hour of the week; called ones are not counted',
    admits: PLANNING,
  }),
  request: { query: LastDays },
  responses: answers(StartsList, 'From Monday 0 h, by the wall clock of the site'),
})
const ready = createRoute({
  method: 'post',
  path: '/scenarios/ready',
  ...declared({
    id: 'readyScenario',
    tag: 'experiments',
    summary: 'Put a scenario together, to be simulated by whoever asks; nothing is kept',
    admits: [...new Set([...PLANNING, ...DESIGN])],
  }),
  request: bodyOf(ScenarioInput),
  responses: answers(ReadyScenarioItem, 'The scenario, and the Programs that its pathways name'),
})

export function rehearsalRoutes({ records }: Dependencies) {
  return newRouter()
    .openapi(times, async (context) => {
      const { id } = context.req.valid('param')
      const { days } = context.req.valid('query')
      await readPathwayVersion(records, id)
      const items = await elementTimes(records, id, (await hospitalNow(records)) - days * DAY_MS)
      return context.json({ pathway: id, days, items: [...items] }, 200)
    })
    .openapi(starts, async (context) => {
      const { days } = context.req.valid('query')
      const [site, now] = await Promise.all([siteOf(records), hospitalNow(records)])
      const rows = await startsByHourOfWeek(records, now - days * DAY_MS, epochMsOfInstant(site.epoch), site.timeZone)
      const counts = new Map<string, number[]>()
      for (const { pathway, hour, starts: count } of rows) {
        const byHour = counts.get(pathway) ?? new Array<number>(HOURS_OF_WEEK).fill(0)
        byHour[hour] = count
        counts.set(pathway, byHour)
      }
      const items = [...counts].map(([pathway, startsByHour]) => ({ pathway, startsByHourOfWeek: startsByHour }))
      return context.json({ days: Math.min(days, now / DAY_MS), items }, 200)
    })
    .openapi(ready, async (context) => {
      const { ready: made } = await readySent(records, context.req.valid('json'))
      const programs = made.programs.map(([file, found]) => ({ file, programs: found as unknown as Json[string][] }))
      return context.json({ scenario: made.scenario as unknown as Json[string], programs }, 200)
    })
}
