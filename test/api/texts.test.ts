// Goal: whoever reads another language gets what pathways and hospital say in it. Method: two versions, one translated anew.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSite } from '../../records/sites.ts'
import { publishPathway } from '../../records/versions.ts'
import { end, pathway, start } from '../records/model.ts'
import { openTestApi, type TestApi } from './support.ts'

let api: TestApi
beforeAll(async () => {
  api = await openTestApi()
})
afterAll(() => api.close())

const visit = (name: string) => pathway('visit', `${start}<bpmn:task id="look" name="${name}"/>${end}`, 'start>look look>end')

describe('texts', () => {
  it('are those of all versions, the newest word first, and change no version', async () => {
    const { records, ask } = api
    const [first, second] = [await visit('Voir'), await visit('Revoir')]
    await publishPathway(records, { ...first, dmn: [], texts: { en: { Voir: 'See', Tri: 'Sort' } }, at: 0 })
    expect(await publishPathway(records, { ...first, dmn: [], texts: { en: { Voir: 'Look', Tri: 'Sort' } }, at: 0 })).toEqual({
      version: 1,
    })
    await publishPathway(records, { ...second, dmn: [], texts: { en: { Revoir: 'Look again', Tri: 'Triage' } }, at: 0 })
    expect((await ask('nurse', '/api/pathways/visit/versions/1')).body.texts).toEqual({ en: { Voir: 'Look', Tri: 'Sort' } })
    const english = (await ask('nurse', '/api/texts/en')).body
    expect(english).toEqual({ site: {}, pathways: { visit: { Voir: 'Look', Revoir: 'Look again', Tri: 'Triage' } } })
    expect((await ask('nurse', '/api/texts/de')).body).toEqual({ site: {}, pathways: {} })
    expect((await ask('nurse', '/api/texts/english')).status).toBe(422)
  })

  it('of the hospital follow what it is told', async () => {
    const { records, ask } = api
    const site = { id: records.site, name: 'Essai', epoch: '2026-01-01T00:00:00Z', timeZone: 'Europe/Paris' }
    await createSite(records, { ...site, texts: { en: { 'Lit 1': 'Bed 1' } } })
    expect((await ask('porter', '/api/texts/en')).body.site).toEqual({ 'Lit 1': 'Bed 1' })
  })
})
