/** For those who draw a pathway and rehearse it there: the connectors there are, what else is published, who came lately, and how long everything took. */
import { createRoute } from '@hono/zod-openapi'
import { CONNECTORS } from '../../activities/catalogue.ts'
import { epochMsOfInstant } from '../../pathways/time/site.ts'
import { hospitalNow } from '../../records/clock.ts'
import { elementTimes, startsByHourOfWeek } from '../../records/element-times.ts'
import { logBeganAt, recentFacts } from '../../records/facts.ts'
import { listPathways, readPathwayVersion } from '../../records/pathways.ts'
import { loadProgram } from '../../records/programs.ts'
import { FactRows } from '../../twin/calibrate/facts.ts'
import { type Dependencies, siteOf } from '../dependencies.ts'
import { timeOf } from '../presenting.ts'
import { DESIGN, HOUSE, PLANNING } from '../roles.ts'
import { answers, declared, newRouter } from '../route.ts'
import { IdPath, type Json } from '../schemas/common.ts'
import { ConnectorsList, ElementTimesList, LastDays, LogProblems, ProgramsList, StartsList } from '../schemas/rehearsals.ts'

const DAY_MS = 86_400_000
const HOURS_OF_WEEK = 168
/** A reading of the log takes a second at most. */
const FACTS_LOOKED_AT = 50_000

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
const programs = createRoute({
  method: 'get',
  path: '/programs',
  ...declared({
    id: 'readPrograms',
    tag: 'pathways',
    summary: 'The Programs of all current versions: what a drawing calls or starts while it is rehearsed',
    admits: DESIGN,
  }),
  responses: answers(ProgramsList, 'By pathway'),
})
const logProblems = createRoute({
  method: 'get',
  path: '/log/problems',
  ...declared({
    id: 'readLogProblems',
    tag: 'pathways',
    summary: 'What is wrong with the log of what happened, before anything is learnt from it',
    admits: PLANNING,
  }),
  responses: answers(LogProblems, 'The most frequent first'),
})
const connectors = createRoute({
  method: 'get',
  path: '/connectors',
  ...declared({
    id: 'listConnectors',
    tag: 'pathways',
    summary: 'What a service task may call, with what it takes and gives',
    admits: DESIGN,
  }),
  responses: answers(ConnectorsList, 'All of them'),
})

export function rehearsalRoutes({ records }: Dependencies) {
  return newRouter()
    .openapi(connectors, (context) => context.json({ items: CONNECTORS }, 200))
    .openapi(times, async (context) => {
      const { id } = context.req.valid('param')
      const { days } = context.req.valid('query')
      await readPathwayVersion(records, id)
      const items = await elementTimes(records, id, (await hospitalNow(records)) - days * DAY_MS)
      return context.json({ pathway: id, days, items: [...items] }, 200)
    })
    .openapi(starts, async (context) => {
      const { days } = context.req.valid('query')
      const [site, now, began] = await Promise.all([siteOf(records), hospitalNow(records), logBeganAt(records)])
      // Of what came before the log, only those who are still here are known.
      const since = Math.max(now - days * DAY_MS, began ?? 0)
      const rows = await startsByHourOfWeek(records, since, epochMsOfInstant(site.epoch), site.timeZone)
      const counts = new Map<string, number[]>()
      for (const { pathway, hour, starts: count } of rows) {
        const byHour = counts.get(pathway) ?? new Array<number>(HOURS_OF_WEEK).fill(0)
        byHour[hour] = count
        counts.set(pathway, byHour)
      }
      const items = [...counts].map(([pathway, startsByHour]) => ({ pathway, startsByHourOfWeek: startsByHour }))
      return context.json({ days: (now - since) / DAY_MS, items }, 200)
    })
    .openapi(logProblems, async (context) => {
      const [facts, site] = await Promise.all([recentFacts(records, FACTS_LOOKED_AT), siteOf(records)])
      const rows = new FactRows([], { timeZone: site.timeZone, columns: {} })
      // The oldest first; times with their offset, since hospital time counts from an epoch of its own.
      for (const [place, fact] of facts.reverse().entries()) rows.fact({ ...fact, at: timeOf(fact.at, site) }, place + 1)
      const { problems, cases } = rows.finish()
      return context.json({ facts: facts.length, runs: cases.length, items: [...problems] }, 200)
    })
    .openapi(programs, async (context) => {
      const rows = await listPathways(records)
      const found = await Promise.all(rows.map(({ hash }) => loadProgram(records, hash)))
      return context.json({ items: found as unknown as Json[string][] }, 200)
    })
}
