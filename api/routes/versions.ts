/** The life of a pathway's versions: drafts, publication by a second person, retirement. */
import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { Program } from '../../pathways/language/program.ts'
import { hospitalNow } from '../../records/clock.ts'
import {
  type CompiledSources,
  listDrafts,
  listPathways,
  listPathwayVersions,
  readPathwayVersion,
  type VersionSources as Sources,
  scenariosBefore,
} from '../../records/pathways.ts'
import { loadProgram } from '../../records/programs.ts'
import { deleteDraft, publishVersion, retireVersion, saveDraft, submitDraft } from '../../records/versions.ts'
import { checkedItem, checkSources, errorsOf, playScenarios, unmetScenarios, unsoundness } from '../checking.ts'
import { type Dependencies, siteOf } from '../dependencies.ts'
import { once } from '../idempotency.ts'
import { PageQuery, pageOf, pageOfAll } from '../pages.ts'
import { versionItem } from '../presenting.ts'
import { type Language, languageOf, ProblemError } from '../problems.ts'
import { DESIGN } from '../roles.ts'
import { type ApiEnv, answers, bodyOf, callerOf, declared, newRouter } from '../route.ts'
import { IdPath } from '../schemas/common.ts'
import {
  CheckedSources,
  DraftInput,
  DraftReplacement,
  PathwayVersionItem,
  SavedDraft,
  ScenarioResults,
  ScenarioTests,
  VersionSources,
} from '../schemas/pathways.ts'

const tag = 'pathways'
const VersionPath = IdPath.extend({ version: z.coerce.number().int().positive() })

const drafts = createRoute({
  method: 'get',
  path: '/drafts',
  ...declared({
    id: 'listDrafts',
    tag,
    summary: 'The drafts of all pathways: those to go on with, those to approve',
    admits: DESIGN,
  }),
  request: { query: PageQuery },
  responses: answers(pageOf(PathwayVersionItem), 'Last saved first'),
})
const check = createRoute({
  method: 'post',
  path: '/pathways/check',
  ...declared({ id: 'checkPathway', tag, summary: 'What there is to say about a drawing; nothing is kept', admits: DESIGN }),
  request: bodyOf(VersionSources),
  responses: answers(CheckedSources, 'Its findings'),
})
const rehearse = createRoute({
  method: 'post',
  path: '/pathways/{id}/scenarios',
  ...declared({
    id: 'testScenarios',
    tag,
    summary: 'Play scenario tests of a drawing in virtual time; nothing is kept',
    admits: DESIGN,
  }),
  request: { params: IdPath, ...bodyOf(ScenarioTests) },
  responses: answers(ScenarioResults, 'What was not as expected, and what no scenario came to'),
})
const save = createRoute({
  method: 'post',
  path: '/pathways/{id}/versions',
  ...declared({ id: 'saveDraft', tag, summary: 'Keep a new draft, of a new pathway too', admits: DESIGN }),
  request: { params: IdPath, ...bodyOf(DraftInput) },
  responses: answers(SavedDraft, 'The draft, and what there is to say about it'),
})
const replace = createRoute({
  method: 'put',
  path: '/pathways/{id}/versions/{version}',
  ...declared({ id: 'replaceDraft', tag, summary: 'Save a draft again', admits: DESIGN }),
  request: { params: VersionPath, ...bodyOf(DraftReplacement) },
  responses: answers(SavedDraft, 'The draft as it is now'),
})
const replay = createRoute({
  method: 'get',
  path: '/pathways/{id}/versions/{version}/scenarios',
  ...declared({ id: 'playVersionScenarios', tag, summary: 'Play the scenario tests kept with a version', admits: DESIGN }),
  request: { params: VersionPath },
  responses: answers(ScenarioResults, 'What was not as expected, and what no scenario came to'),
})
const remove = createRoute({
  method: 'delete',
  path: '/pathways/{id}/versions/{version}',
  ...declared({ id: 'deleteDraft', tag, summary: 'Throw a draft away', admits: DESIGN }),
  request: { params: VersionPath },
  responses: answers(z.object({ deleted: z.literal(true) }), 'It is gone'),
})
const submit = createRoute({
  method: 'post',
  path: '/pathways/{id}/versions/{version}/submit',
  ...declared({
    id: 'submitDraft',
    tag,
    summary: 'Say that a draft is ready for a second person; saving it again takes that back',
    admits: DESIGN,
  }),
  request: { params: VersionPath, ...bodyOf(z.object({ revision: z.string() })) },
  responses: answers(PathwayVersionItem, 'It waits to be published'),
})
const publish = createRoute({
  method: 'post',
  path: '/pathways/{id}/versions/{version}/publish',
  ...declared({
    id: 'publishVersion',
    tag,
    summary: 'Publish what another person has drawn; an older version again, to go back',
    admits: DESIGN,
  }),
  request: { params: VersionPath, ...bodyOf(z.object({ revision: z.string() })) },
  responses: answers(PathwayVersionItem, 'New runs take it from now on'),
})
const retire = createRoute({
  method: 'post',
  path: '/pathways/{id}/versions/{version}/retire',
  ...declared({ id: 'retireVersion', tag, summary: 'Start no run on it any more; those under way go on', admits: DESIGN }),
  request: { params: VersionPath },
  responses: answers(PathwayVersionItem, 'Retired'),
})

export function versionRoutes({ records }: Dependencies) {
  const item = async (pathway: string, version: number) => {
    const row = (await listPathwayVersions(records, pathway)).find((each) => each.version === version)
    if (!row) throw new ProblemError('unknown-version', { pathway })
    return versionItem(row, await siteOf(records))
  }
  const keep = async (
    context: Context<ApiEnv>,
    pathway: string,
    body: Omit<Sources, 'scenarios'> & { note: string; scenarios?: string | undefined },
    replaces?: { version: number; revision: string },
  ) => {
    const { note, ...said } = body
    const sources = { ...said, scenarios: said.scenarios ?? (await scenariosBefore(records, pathway, replaces?.version)) }
    const language = languageOf(context.req.header('accept-language'))
    const checked = await checkSources(sources, language, await knownBeside(pathway), pathway)
    const draft = { pathway, title: checked.program?.name || pathway, sources, program: checked.program, note }
    const author = callerOf(context).actor
    const at = await hospitalNow(records)
    const { version } = await once(records, context, body, (tx) =>
      saveDraft(tx, { ...draft, author, at, ...(replaces && { replaces }) }),
    )
    return { ...(await item(pathway, version)), check: checkedItem(checked, language) }
  }
  const play = async (pathway: string, sources: CompiledSources, scenarios: string, language: Language) => {
    const known = await knownBeside(pathway)
    const { program, drawing, findings } = await checkSources(sources, language, known, pathway)
    const rehearsed = program ?? drawing
    if (!rehearsed) throw new ProblemError('not-executable', { pathway }, errorsOf(findings, language))
    return playScenarios(scenarios, rehearsed, known)
  }
  /** The published pathways, which one may call, but itself. */
  const knownBeside = async (pathway?: string): Promise<Program[]> => {
    const others = (await listPathways(records)).filter(({ id }) => id !== pathway)
    return Promise.all(others.map(({ hash }) => loadProgram(records, hash)))
  }
  return newRouter()
    .openapi(drafts, async (context) => {
      const page = pageOfAll(await listDrafts(records), context.req.valid('query'))
      const site = await siteOf(records)
      return context.json({ ...page, items: page.items.map((row) => versionItem(row, site)) }, 200)
    })
    .openapi(check, async (context) => {
      const language = languageOf(context.req.header('accept-language'))
      return context.json(
        checkedItem(await checkSources(context.req.valid('json'), language, await knownBeside()), language),
        200,
      )
    })
    .openapi(rehearse, async (context) => {
      const { id } = context.req.valid('param')
      const { scenarios, ...sources } = context.req.valid('json')
      return context.json(await play(id, sources, scenarios, languageOf(context.req.header('accept-language'))), 200)
    })
    .openapi(replay, async (context) => {
      const { id, version } = context.req.valid('param')
      const found = await readPathwayVersion(records, id, version)
      return context.json(await play(id, found, found.scenarios, languageOf(context.req.header('accept-language'))), 200)
    })
    .openapi(save, async (context) =>
      context.json(await keep(context, context.req.valid('param').id, context.req.valid('json')), 200),
    )
    .openapi(replace, async (context) => {
      const { id, version } = context.req.valid('param')
      const { revision, ...body } = context.req.valid('json')
      return context.json(await keep(context, id, body, { version, revision }), 200)
    })
    .openapi(remove, async (context) => {
      const { id, version } = context.req.valid('param')
      await deleteDraft(records, id, version)
      return context.json({ deleted: true as const }, 200)
    })
    .openapi(submit, async (context) => {
      const { id, version } = context.req.valid('param')
      const { revision } = context.req.valid('json')
      await submitDraft(records, { pathway: id, version, by: callerOf(context).actor, at: await hospitalNow(records), revision })
      return context.json(await item(id, version), 200)
    })
    .openapi(publish, async (context) => {
      const { id, version } = context.req.valid('param')
      const { revision } = context.req.valid('json')
      const found = await readPathwayVersion(records, id, version)
      const language = languageOf(context.req.header('accept-language'))
      // What a release before this one let through may be refused by now.
      const known = await knownBeside(id)
      const { program, findings, verdict } = await checkSources(found, language, known, id)
      if (!program) throw new ProblemError('not-executable', { pathway: id }, errorsOf(findings, language))
      if (verdict!.sound === false) throw new ProblemError('not-sound', { pathway: id }, unsoundness(verdict!, language))
      const unmet = unmetScenarios(await playScenarios(found.scenarios, program, known), language)
      if (unmet.length > 0) throw new ProblemError('scenarios-unmet', { pathway: id }, unmet)
      const approver = callerOf(context).actor
      await publishVersion(records, { pathway: id, version, approver, at: await hospitalNow(records), revision })
      return context.json(await item(id, version), 200)
    })
    .openapi(retire, async (context) => {
      const { id, version } = context.req.valid('param')
      await retireVersion(records, id, version, await hospitalNow(records))
      return context.json(await item(id, version), 200)
    })
}
