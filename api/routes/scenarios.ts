/** Scenarios: those that come with Parcours, and any made ready to be simulated where the answer is looked at. */
import { gunzipSync } from 'node:zlib'
import { createRoute, z } from '@hono/zod-openapi'
import { contentHash } from '../../pathways/language/canonical.ts'
import { openedReplications, readOpened } from '../../records/openings.ts'
import { overloadsOf } from '../../twin/experiment/load.ts'
import { experimentEngine } from '../../workflows/sources.ts'
import type { Dependencies } from '../dependencies.ts'
import { Opening } from '../opening.ts'
import { ProblemError } from '../problems.ts'
import { PLANNING } from '../roles.ts'
import { answers, bodyOf, declared, newRouter } from '../route.ts'
import { type KnownScenario, knownScenarios } from '../scenario-catalogue.ts'
import type { Json } from '../schemas/common.ts'
import { OpenedPath, ScenarioInput, ScenarioItem, ScenarioModelItem } from '../schemas/scenarios.ts'
import { OURS, readySent } from '../sent-scenario.ts'

const shared = { tag: 'scenarios', admits: PLANNING }

const list = createRoute({
  method: 'get',
  path: '/scenarios',
  ...declared({ ...shared, id: 'listScenarios', summary: 'Scenarios that come with Parcours' }),
  responses: answers(z.object({ items: z.array(ScenarioItem) }), 'By name of their files'),
})
const prepare = createRoute({
  method: 'post',
  path: '/scenarios/ready',
  ...declared({ ...shared, id: 'readyScenario', summary: 'Check a scenario and make it ready to be simulated; nothing is kept' }),
  request: bodyOf(ScenarioInput),
  responses: answers(ScenarioModelItem, 'All that a simulator needs'),
})

const opened = createRoute({
  method: 'get',
  path: '/scenarios/opened/{version}/{replication}',
  ...declared({
    ...shared,
    id: 'readOpenedReplication',
    summary: 'A replication of a scenario, opened: what what-ifs of it go on from',
  }),
  request: { params: OpenedPath },
  responses: answers(z.unknown(), 'The hospital as it is when measuring begins, and what the scenario itself measures'),
})

export function scenarioRoutes({ records, log }: Dependencies) {
  const opening = new Opening(records, log)
  const engine = experimentEngine()
  let known: KnownScenario[] | null = null
  return newRouter()
    .openapi(list, async (context) => {
      known ??= knownScenarios(OURS)
      return context.json({ items: known }, 200)
    })
    .openapi(prepare, async (context) => {
      const { open, ...sent } = context.req.valid('json')
      const { ready, experiment, drawings } = await readySent(records, sent)
      const { scenario, programs } = ready
      const version = contentHash([scenario, programs.map(([file, each]) => [file, each.map(({ hash }) => hash)])])
      const key = { version, engine }
      if (open > 0) opening.want(key, ready, open)
      return context.json(
        {
          opened: await openedReplications(records, key),
          ...{ version, engine, drawings, overloads: overloadsOf(experiment) },
          scenario: scenario as unknown as Json[string],
          programs: programs as unknown as Json[string][],
        },
        200,
      )
    })
    .openapi(opened, async (context) => {
      const { version, replication } = context.req.valid('param')
      const found = await readOpened(records, { version, engine }, Number(replication))
      if (!found) throw new ProblemError('not-found')
      // It never changes: version and release are its name.
      const isGzipTaken = /\bgzip\b/.test(context.req.header('accept-encoding') ?? '')
      const kept = { ...(isGzipTaken && { 'content-encoding': 'gzip' }), 'cache-control': 'private, max-age=31536000, immutable' }
      return context.body(new Uint8Array(isGzipTaken ? found : gunzipSync(found)), 200, {
        'content-type': 'application/json',
        ...kept,
      }) as never
    })
}
