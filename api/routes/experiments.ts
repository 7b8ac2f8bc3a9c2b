/** Experiments of the twin on the server: begun, followed, stopped, extended, compared. */
import { createRoute, z } from '@hono/zod-openapi'
import type { Program } from '../../pathways/language/program.ts'
import { hospitalNow } from '../../records/clock.ts'
import {
  createExperiment,
  type ExperimentRow,
  experimentContent,
  experimentSource,
  extendExperiment,
  listExperiments,
  readExperiment,
  stopExperiment,
} from '../../records/experiments.ts'
import { overloadsOf } from '../../twin/experiment/load.ts'
import { prepareExperiment } from '../../twin/experiment/prepare.ts'
import type { ScenarioFile } from '../../twin/experiment/schema.ts'
import { experimentEngine } from '../../workflows/sources.ts'
import { type Dependencies, siteOf } from '../dependencies.ts'
import { eventStream, HEARTBEAT_MS } from '../event-stream.ts'
import { RESULTS_TYPES, resultsText } from '../experiment-results.ts'
import { followExperiment } from '../experiment-stream.ts'
import { once } from '../idempotency.ts'
import type { Metrics } from '../observing.ts'
import { PageQuery, pageOf } from '../pages.ts'
import { experimentItem } from '../presenting-experiments.ts'
import { languageOf, ProblemError } from '../problems.ts'
import { PLANNING } from '../roles.ts'
import { answers, bodyOf, callerOf, declared, newRouter, PROBLEM_RESPONSE } from '../route.ts'
import { Id, IdempotencyHeader, IdPath } from '../schemas/common.ts'
import { ExperimentInput, ExperimentItem, ExperimentSource, ExtensionInput, SearchInput } from '../schemas/experiments.ts'
import { checkMeasures, readySent, type SentScenario } from '../sent-scenario.ts'
import { readySearch, type SentSearch } from '../sent-search.ts'

const shared = { tag: 'experiments', admits: PLANNING }

const begin = createRoute({
  method: 'post',
  path: '/experiments',
  ...declared({ ...shared, id: 'beginExperiment', summary: 'Simulate a scenario on the server' }),
  request: { headers: IdempotencyHeader, ...bodyOf(ExperimentInput) },
  responses: answers(ExperimentItem, 'It is kept, and begins as soon as a simulation worker has a thread to spare'),
})
const beginSearch = createRoute({
  method: 'post',
  path: '/searches',
  ...declared({
    ...shared,
    id: 'beginSearch',
    summary: 'Look for the best of many designs on the server, or for what factors do: an experiment like others from then on',
  }),
  request: { headers: IdempotencyHeader, ...bodyOf(SearchInput) },
  responses: answers(ExperimentItem, 'It is kept, and begins as soon as a simulation worker has a thread to spare'),
})
const list = createRoute({
  method: 'get',
  path: '/experiments',
  ...declared({ ...shared, id: 'listExperiments', summary: 'Experiments and how far they are' }),
  request: { query: PageQuery },
  responses: answers(pageOf(ExperimentItem), 'Newest first'),
})
const one = createRoute({
  method: 'get',
  path: '/experiments/{id}',
  ...declared({ ...shared, id: 'readExperiment', summary: 'One experiment and how far it is' }),
  request: { params: IdPath },
  responses: answers(ExperimentItem, 'The experiment'),
})
const source = createRoute({
  method: 'get',
  path: '/experiments/{id}/scenario',
  ...declared({ ...shared, id: 'readExperimentScenario', summary: 'What it was asked for with: it can be sent again as it is' }),
  request: { params: IdPath },
  responses: answers(ExperimentSource, 'The scenario and its files'),
})
const events = createRoute({
  method: 'get',
  path: '/experiments/{id}/events',
  ...declared({ ...shared, id: 'followExperiment', summary: 'One experiment as it goes on, until it is over' }),
  request: { params: IdPath },
  responses: {
    200: {
      description:
        'Server-sent events: `experiment` whenever it has come further, `end` once it is over; the data of both is an Experiment',
      content: { 'text/event-stream': { schema: z.string() } },
    },
    default: PROBLEM_RESPONSE,
  },
})
const stop = createRoute({
  method: 'post',
  path: '/experiments/{id}/stop',
  ...declared({ ...shared, id: 'stopExperiment', summary: 'Simulate no more; what is finished stays' }),
  request: { params: IdPath },
  responses: answers(ExperimentItem, 'Stopped, or over already'),
})
const extend = createRoute({
  method: 'post',
  path: '/experiments/{id}/extend',
  ...declared({
    ...shared,
    id: 'extendExperiment',
    summary: 'More replications, after those that are there; goes on after a stop',
  }),
  request: { params: IdPath, headers: IdempotencyHeader, ...bodyOf(ExtensionInput) },
  responses: answers(ExperimentItem, 'Under way'),
})
const results = createRoute({
  method: 'get',
  path: '/experiments/{id}/results',
  ...declared({ ...shared, id: 'experimentResults', summary: 'What is known so far, alone or compared' }),
  request: {
    params: IdPath,
    query: z.object({
      format: z.enum(['json', 'csv', 'stress', 'text']).default('json').openapi({
        description: '`stress`: the STRESS-DES sheet, as Markdown; `text`: of a search, the table that people read.',
      }),
      against: z
        .union([Id, z.array(Id).max(20)])
        .optional()
        .openapi({ description: 'Experiments of the same seed: what each changes, paired by replication. As often as wanted.' }),
    }),
  },
  responses: {
    200: {
      description: 'The bytes that `parcours simulate --out` writes; of a search, those of `parcours search --out`',
      content: {
        'application/json': { schema: z.looseObject({ replications: z.number().int() }).openapi('ExperimentResults') },
        'text/csv': { schema: z.string() },
        'text/markdown': { schema: z.string() },
        'text/plain': { schema: z.string() },
      },
    },
    default: PROBLEM_RESPONSE,
  },
})

export function experimentRoutes({ records, live, log }: Dependencies, metrics: Metrics) {
  const engine = experimentEngine()
  const item = async (row: ExperimentRow) => experimentItem(row, await siteOf(records))
  const read = async (id: string) => item(await readExperiment(records, id))
  return newRouter()
    .openapi(begin, async (context) => {
      const sent: SentScenario = context.req.valid('json')
      const { ready, experiment } = await readySent(records, sent)
      const { scenario, programs } = ready
      const [by, at] = [callerOf(context).actor, await hospitalNow(records)]
      const id = await once(records, context, sent, (tx) =>
        createExperiment(tx, {
          ...{ name: scenario.name || 'scenario', seed: scenario.seed, source: sent, scenario, programs, search: null },
          ...{ replications: scenario.replications, overloads: overloadsOf(experiment), engine, by, at },
        }),
      )
      return context.json(await read(id), 200)
    })
    .openapi(beginSearch, async (context) => {
      const sent: SentSearch = context.req.valid('json')
      const { search, ready, experiment, replications } = await readySearch(records, sent)
      const { scenario, programs } = ready
      const [by, at] = [callerOf(context).actor, await hospitalNow(records)]
      const [name, seed] = [search.name || scenario.name || 'search', search.seed ?? scenario.seed]
      const id = await once(records, context, sent, (tx) =>
        createExperiment(tx, {
          ...{ name, seed, source: sent, scenario, programs, search, replications, overloads: overloadsOf(experiment) },
          ...{ engine, by, at },
        }),
      )
      return context.json(await read(id), 200)
    })
    .openapi(list, async (context) => {
      const [page, site] = await Promise.all([listExperiments(records, context.req.valid('query')), siteOf(records)])
      return context.json({ ...page, items: page.items.map((row) => experimentItem(row, site)) }, 200)
    })
    .openapi(one, async (context) => context.json(await read(context.req.valid('param').id), 200))
    .openapi(source, async (context) => {
      const sent = (await experimentSource(records, context.req.valid('param').id)) as z.infer<typeof ExperimentSource>
      return context.json(sent, 200)
    })
    .openapi(events, async (context) => {
      const { id } = context.req.valid('param')
      // Whoever asks for what there is not is told so before the stream begins.
      await readExperiment(records, id)
      return eventStream(context, { log, metrics, source: live, name: 'experiment' }, async (stream, line) => {
        let [told, saidAt] = ['', Date.now()]
        for await (const row of followExperiment(records, id, line.signal)) {
          if (!line.isOpen) break
          const data = JSON.stringify(await item(row))
          if (data !== told) {
            await stream.writeSSE({ event: row.state === 'running' ? 'experiment' : 'end', data })
          } else if (Date.now() - saidAt > HEARTBEAT_MS) await stream.write(': still here\n\n')
          else continue
          told = data
          saidAt = Date.now()
        }
      })
    })
    .openapi(stop, async (context) => {
      const { id } = context.req.valid('param')
      await stopExperiment(records, id, callerOf(context).actor, await hospitalNow(records))
      return context.json(await read(id), 200)
    })
    .openapi(extend, async (context) => {
      const { id } = context.req.valid('param')
      const { replications } = context.req.valid('json')
      const [by, at] = [callerOf(context).actor, await hospitalNow(records)]
      const { scenario, programs, search } = await experimentContent<ScenarioFile, [string, Program[]][]>(records, id)
      if (search) throw new ProblemError('of-a-search', { experiment: id })
      checkMeasures(prepareExperiment({ ...scenario, replications }, new Map(programs)))
      const settle = (there: number) => {
        if (typeof replications === 'number' && replications <= there) throw new ProblemError('not-more-replications', { there })
        return replications
      }
      await once(records, context, { replications }, async (tx) => {
        await extendExperiment(tx, id, { engine, by, at, settle })
        return id
      })
      return context.json(await read(id), 200)
    })
    .openapi(results, async (context) => {
      const { format, against = [] } = context.req.valid('query')
      const { id } = context.req.valid('param')
      const text = await resultsText(records, id, {
        ...{ format, language: languageOf(context.req.header('accept-language')) },
        against: typeof against === 'string' ? [against] : against,
      })
      return context.body(text, 200, { 'content-type': RESULTS_TYPES[format] }) as never
    })
}
