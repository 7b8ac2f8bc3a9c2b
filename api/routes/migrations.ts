/** Moving runs under way to another version: plan, dry run, start, stop, go on. */
import { createRoute, type z } from '@hono/zod-openapi'
import { proposePlan } from '../../pathways/engine/index.ts'
import { hospitalNow } from '../../records/clock.ts'
import {
  changePlan,
  createMigration,
  listMigrations,
  type MigrationRow,
  readMigration,
  startMigration,
  stopMigration,
} from '../../records/migrating.ts'
import { previewMigration } from '../../records/migration-preview.ts'
import { readPathwayVersion } from '../../records/pathways.ts'
import { type Dependencies, siteOf } from '../dependencies.ts'
import { once } from '../idempotency.ts'
import { migrationRefusal } from '../migration-words.ts'
import { PageQuery, pageOf, pageOfAll } from '../pages.ts'
import { timeOf, timeOrNull } from '../presenting.ts'
import { languageOf, ProblemError } from '../problems.ts'
import { DESIGN } from '../roles.ts'
import { answers, bodyOf, callerOf, declared, newRouter } from '../route.ts'
import { Id, IdPath } from '../schemas/common.ts'
import { MigrationInput, MigrationItem, MigrationRunItem, PlanInput } from '../schemas/migrations.ts'

const tag = 'migrations'
const shared = { tag, admits: DESIGN }

const plan = createRoute({
  method: 'post',
  path: '/pathways/{id}/migrations',
  ...declared({ ...shared, id: 'planMigration', summary: 'Plan to move runs to another version; nothing moves yet' }),
  request: { params: IdPath, ...bodyOf(MigrationInput) },
  responses: answers(MigrationItem, 'The plan'),
})
const list = createRoute({
  method: 'get',
  path: '/migrations',
  ...declared({ ...shared, id: 'listMigrations', summary: 'Migrations and how far they are' }),
  request: { query: PageQuery.extend({ pathway: Id.optional() }) },
  responses: answers(pageOf(MigrationItem), 'Newest first'),
})
const one = createRoute({
  method: 'get',
  path: '/migrations/{id}',
  ...declared({ ...shared, id: 'readMigration', summary: 'One migration and how far it is' }),
  request: { params: IdPath },
  responses: answers(MigrationItem, 'The migration'),
})
const runs = createRoute({
  method: 'get',
  path: '/migrations/{id}/runs',
  ...declared({ ...shared, id: 'listMigrationRuns', summary: 'The dry run: each run, and what would become of it or did' }),
  request: { params: IdPath, query: PageQuery },
  responses: answers(pageOf(MigrationRunItem), 'By run'),
})
const correct = createRoute({
  method: 'put',
  path: '/migrations/{id}/plan',
  ...declared({ ...shared, id: 'correctPlan', summary: 'Correct the plan; what was refused is looked at anew' }),
  request: { params: IdPath, ...bodyOf(PlanInput) },
  responses: answers(MigrationItem, 'With the plan as it is now'),
})
const start = createRoute({
  method: 'post',
  path: '/migrations/{id}/start',
  ...declared({ ...shared, id: 'startMigration', summary: 'Move the runs, a few at a time; after a stop, go on' }),
  request: { params: IdPath },
  responses: answers(MigrationItem, 'Under way'),
})
const stop = createRoute({
  method: 'post',
  path: '/migrations/{id}/stop',
  ...declared({ ...shared, id: 'stopMigration', summary: 'Move no more runs; those that moved stay moved' }),
  request: { params: IdPath },
  responses: answers(MigrationItem, 'Stopped'),
})

export function migrationRoutes({ records }: Dependencies) {
  const programOf = async (pathway: string, version: number) => {
    const { program } = await readPathwayVersion(records, pathway, version)
    if (!program) throw new ProblemError('not-published')
    return program
  }
  const item = async (row: MigrationRow): Promise<z.infer<typeof MigrationItem>> => {
    const { id, pathway, fromVersion: from, toVersion: to, onlyRun: run, plan, state, createdBy, startedBy, counts } = row
    const [site, older] = await Promise.all([siteOf(records), programOf(pathway, from)])
    const unmapped = older.nodes.slice(1).flatMap((node) => (Object.hasOwn(plan.elements, node.id) ? [] : [node.id]))
    return {
      ...{ id, pathway, from, to, run, elements: plan.elements, unmapped, state, createdBy, startedBy, counts },
      createdAt: timeOf(row.createdAt, site),
      endedAt: timeOrNull(row.endedAt, site),
    }
  }
  const read = async (id: string) => item(await readMigration(records, id))
  /** @throws ProblemError `wrong-plan` when an id is of neither version. */
  const checked = async (pathway: string, from: number, to: number, elements?: Record<string, string>) => {
    const [older, newer] = await Promise.all([programOf(pathway, from), programOf(pathway, to)])
    if (!elements) return proposePlan(older, newer)
    const ids = [older, newer].map(({ nodes }) => new Set(nodes.slice(1).map(({ id }) => id)))
    const unknown = [
      ...Object.keys(elements).filter((id) => !ids[0]!.has(id)),
      ...Object.values(elements).filter((id) => !ids[1]!.has(id)),
    ]
    if (unknown.length > 0) throw new ProblemError('wrong-plan', { elements: unknown.join(', ') })
    return { elements }
  }
  return newRouter()
    .openapi(plan, async (context) => {
      const { id: pathway } = context.req.valid('param')
      const { from, to, run, elements } = context.req.valid('json')
      const plan = await checked(pathway, from, to, elements)
      const [by, at] = [callerOf(context).actor, await hospitalNow(records)]
      const id = await once(records, context, { from, to, elements: elements ?? null, ...(run !== undefined && { run }) }, (tx) =>
        createMigration(tx, { pathway, fromVersion: from, toVersion: to, onlyRun: run, plan, by, at }),
      )
      return context.json(await read(id), 200)
    })
    .openapi(list, async (context) => {
      const query = context.req.valid('query')
      const page = pageOfAll(await listMigrations(records, query.pathway), query)
      return context.json({ ...page, items: await Promise.all(page.items.map(item)) }, 200)
    })
    .openapi(one, async (context) => context.json(await read(context.req.valid('param').id), 200))
    .openapi(runs, async (context) => {
      const migration = await readMigration(records, context.req.valid('param').id)
      const page = await previewMigration(records, migration, context.req.valid('query'))
      const site = await siteOf(records)
      const language = languageOf(context.req.header('accept-language'))
      const items = page.items.map(({ at, refusals, ...row }) => ({
        ...row,
        at: timeOrNull(at, site),
        refusals: refusals.map((refusal) => migrationRefusal(refusal, language)),
      }))
      return context.json({ ...page, items }, 200)
    })
    .openapi(correct, async (context) => {
      const { id } = context.req.valid('param')
      const { pathway, fromVersion, toVersion } = await readMigration(records, id)
      await changePlan(records, id, await checked(pathway, fromVersion, toVersion, context.req.valid('json').elements))
      return context.json(await read(id), 200)
    })
    .openapi(start, async (context) => {
      const { id } = context.req.valid('param')
      await startMigration(records, id, callerOf(context).actor)
      return context.json(await read(id), 200)
    })
    .openapi(stop, async (context) => {
      const { id } = context.req.valid('param')
      await stopMigration(records, id)
      return context.json(await read(id), 200)
    })
}
