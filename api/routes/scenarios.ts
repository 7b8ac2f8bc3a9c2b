/** Scenarios: those that come with Parcours, and any made ready to be simulated where the answer is looked at. */
import { createRoute, z } from '@hono/zod-openapi'
import { contentHash } from '../../pathways/language/canonical.ts'
import { overloadsOf } from '../../twin/experiment/load.ts'
import { experimentEngine } from '../../workflows/sources.ts'
import type { Dependencies } from '../dependencies.ts'
import { PLANNING } from '../roles.ts'
import { answers, bodyOf, declared, newRouter } from '../route.ts'
import { type KnownScenario, knownScenarios } from '../scenario-catalogue.ts'
import type { Json } from '../schemas/common.ts'
import { ScenarioInput, ScenarioItem, ScenarioModelItem } from '../schemas/scenarios.ts'
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

export function scenarioRoutes({ records }: Dependencies) {
  const engine = experimentEngine()
  let known: KnownScenario[] | null = null
  return newRouter()
    .openapi(list, async (context) => {
      known ??= knownScenarios(OURS)
      return context.json({ items: known }, 200)
    })
    .openapi(prepare, async (context) => {
      const { ready, experiment, drawings } = await readySent(records, context.req.valid('json'))
      const { scenario, programs } = ready
      const version = contentHash([scenario, programs.map(([file, each]) => [file, each.map(({ hash }) => hash)])])
      return context.json(
        {
          ...{ version, engine, drawings, overloads: overloadsOf(experiment) },
          scenario: scenario as unknown as Json[string],
          programs: programs as unknown as Json[string][],
        },
        200,
      )
    })
}
