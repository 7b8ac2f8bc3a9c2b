// Goal: a designer who follows nothing but the screen adds a pain check after surgery, proves it, rehearses it and submits it; a second person publishes it; the next patients take it. Method: the real page, API, Postgres, Temporal, worker and relay, in a real browser, in French.
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { saveDemand } from '../../records/forecasts.ts'
import { readScenario } from '../../scenarios/read.ts'
import { publishLibrary, readLibrary } from '../../start/library.ts'
import { moveSome } from '../../start/worker/migrating.ts'
import { setLedger } from '../records/support.ts'
import { COLOURS, isLong, seriousIn, type Visit } from './looking.ts'
import { Stage } from './stage.ts'

let stage: Stage
const DESIGNER = { role: 'designer', viewport: { width: 1440, height: 900 } }
const ADA = { ...DESIGNER, actor: 'ada' }
const BOB = { ...DESIGNER, actor: 'bob' }
/** Ten operations on a day, begun at once: enough for the twin to have something to say in seconds. */
const STREAMS = [
  { id: 'operations', pathway: 'surgery', perDay: 10, variables: { patient: '="p-" + string(index)', urgency: 'urgent' } },
]

beforeAll(async () => {
  stage = await Stage.open(async ({ records }) => {
    await publishLibrary(records, await readLibrary(), 0)
    const { pools, units, lots, calendars } = readScenario('scenarios/hopital-demo')
    await setLedger(records, { pools, units, lots, calendars })
    await saveDemand(records, { streams: STREAMS, saidBy: 'planner/pia', saidAt: 0 })
  })
})
afterAll(() => stage?.close())

/** A group of the properties panel, opened. */
const openGroup = (page: Page, name: string) =>
  page.locator('.bio-properties-panel-group-header', { hasText: name }).first().click()
const field = (page: Page, name: string) => page.locator('.bio-properties-panel').getByLabel(name, { exact: true })
const isSaved = (page: Page) => page.getByText(/^Enregistré à/).waitFor()
const isProven = (page: Page) => page.getByText('sain : il peut toujours finir').waitFor()

describe('a designer', () => {
  let ada: Visit
  beforeAll(async () => {
    ada = await stage.visit('/designer', ADA)
  })
  afterAll(() => ada?.close())

  it('draws a pain check after surgery, and is told at the element what is missing', async () => {
    const { page } = ada
    await page.getByRole('link', { name: 'Bloc opératoire' }).click()
    await page.getByRole('button', { name: 'Modifier à partir de la version 1' }).click()
    await isProven(page)
    await page.locator('g[data-element-id="BackToWard"] .djs-hit').first().click()
    await page.getByRole('button', { name: 'Étape après' }).click()
    await page.keyboard.type('Contrôler la douleur')
    await page.keyboard.press('Enter')
    await page
      .getByRole('listitem')
      .filter({ hasText: /Contrôler la douleur .* n’a pas de rôle/ })
      .getByRole('button')
      .click()
    await field(page, 'Rôle').selectOption({ label: 'Infirmier' })
    await field(page, 'Lieu').fill('Service')
    await openGroup(page, 'Durée (jumeau)')
    await field(page, 'Loi').selectOption('lognormal')
    await field(page, 'Moyenne (10 min)').fill('10 min')
    await field(page, 'Écart-type (4 min)').fill('4 min')
    await page.getByText('n’a pas de durée').waitFor({ state: 'detached' })
    await page.getByText('n’a pas de rôle').waitFor({ state: 'detached' })
    await isProven(page)
    await isSaved(page)
  })

  it('sees the shortest way to where a patient would be stuck, and undoes it', async () => {
    const { page } = ada
    await page.locator('g[data-element-id="ExitCheck"] .djs-hit').first().click()
    await page.getByTitle('Changer de nature').click()
    await page.getByText('Passerelle parallèle (et)').click()
    await page.getByText('il peut rester bloqué').waitFor()
    expect(await page.getByRole('button', { name: 'Soumettre' }).isDisabled()).toBe(true)
    await page.getByRole('button', { name: 'Voir comment' }).click()
    await page.getByText(/^Étape (\d+) sur \1 : .*il peut rester bloqué/).waitFor()
    await page.getByRole('button', { name: 'Fermer' }).click()
    await page.getByRole('button', { name: 'Annuler (Ctrl+Z)' }).click()
    await isProven(page)
    await isSaved(page)
  })

  it('rehearses it with the same patients as the version that is published', async () => {
    const { page } = ada
    await page.getByRole('tab', { name: 'Répéter' }).click()
    await page.getByLabel('Jours mesurés').fill('2')
    await page.getByLabel('Répétitions').fill('3')
    await page.getByRole('button', { name: 'Répéter' }).click()
    await page
      .getByText(/après 3 comparaisons/)
      .first()
      .waitFor({ timeout: 60_000 })
    const stay = page.getByRole('row', { name: /Durée du parcours : Bloc opératoire/ })
    const [, before, after] =
      /opératoire(\d+) min(\d+) min(?:▲|Aucune différence décelable)/.exec((await stay.textContent()) ?? '') ?? []
    expect(Number(after)).toBeGreaterThan(Number(before))
    await page.getByText(/Brouillon : (\d+ patients|1 patient)/).waitFor()
  })

  it('submits it, saying why', async () => {
    const { page, errors } = ada
    await page.getByRole('button', { name: 'Soumettre' }).click()
    await page.getByLabel('Pourquoi ce changement ?').fill('La douleur est contrôlée au retour dans le service.')
    await page.getByRole('dialog').getByRole('button', { name: 'Soumettre' }).click()
    await page.getByText(/^Soumis à/).waitFor()
    expect(errors).toEqual([])
  })
})

it('a second person reads what changed, publishes it, and the next patient takes it', async () => {
  const { page, errors, close } = await stage.visit('/designer', BOB)
  await page.getByText('Un brouillon attend une deuxième personne').waitFor()
  expect(await seriousIn(page)).toEqual([])
  await page.getByRole('link', { name: 'Relire et publier' }).click()
  await page.getByText('La douleur est contrôlée au retour').first().waitFor()
  await page.getByRole('button', { name: 'ajouté Contrôler la douleur', exact: true }).waitFor()
  await page.getByRole('button', { name: 'Publier' }).click()
  await page.getByText('Version 2 en service').waitFor()
  const run = await stage.hospital.start('surgery', { patient: 'patient-1', urgency: 'urgent' })
  await page.goto(`${stage.url}/designer/surgery`)
  await page.getByText('Version 2 en service, 1 parcours en cours').waitFor()
  const begun = await page.request.get(`${stage.url}/api/runs?pathway=surgery`, { headers: { origin: stage.url } })
  expect((await begun.json()).items).toMatchObject([{ id: run, version: 2 }])
  expect(errors).toEqual([])
  await close()
})

it('goes back to the version before, moves one run there alone, and says first what becomes of it', async () => {
  const { page, errors, close } = await stage.visit('/designer/surgery', BOB)
  const older = page.getByRole('row', { name: /^version 1 / })
  await older.getByRole('button', { name: 'Y revenir' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Y revenir' }).click()
  await page.getByText('Version 1 en service').waitFor()
  await page.getByRole('link', { name: /^1 parcours sur une version plus ancienne/ }).waitFor()
  const begun = await page.request.get(`${stage.url}/api/runs?pathway=surgery`, { headers: { origin: stage.url } })
  const [{ id: run }] = (await begun.json()).items
  await page.goto(`${stage.url}/runs?run=${encodeURIComponent(run)}`)
  await page.getByRole('link', { name: 'Faire passer à une autre version' }).click()
  await page.getByRole('button', { name: /^Préparer pour le seul parcours/ }).click()
  await page.getByRole('cell', { name: 'Passe', exact: true }).waitFor()
  await page.getByRole('button', { name: 'Faire passer' }).click()
  const { records, client } = stage.hospital
  await expect.poll(() => moveSome(records, client)).toBe(1)
  await page.getByText(/1 passés/).waitFor()
  await page.getByText('Version 1 en service, 1 parcours en cours').waitFor()
  expect(errors).toEqual([])
  await close()
})

it.runIf(isLong)(
  'chooses a connector, completes an expression, changes a decision and a form, takes files out and in, and undoes each',
  async () => {
    const { page, errors, close } = await stage.visit('/designer/surgery', ADA)
    const undo = page.getByRole('button', { name: 'Annuler (Ctrl+Z)' })
    await page.getByRole('button', { name: /^Modifier à partir/ }).click()
    await isProven(page)
    await page.locator('g[data-element-id="BackToWard"] .djs-hit').first().click()
    await page.getByRole('button', { name: 'Connecteur après' }).click()
    await page.keyboard.type('espace')
    await page.getByText('Dépose le document dans Mon Espace Santé').waitFor()
    await page.keyboard.press('Enter')
    await openGroup(page, 'Entrées')
    await page.locator('.bio-properties-panel').getByText('document', { exact: true }).first().waitFor()
    await isSaved(page)

    await page.goto(`${stage.url}${new URL(page.url()).pathname}?element=Awake_BackToWard`)
    const condition = page.locator('.bio-properties-panel .cm-content').first()
    await condition.click()
    await page.keyboard.press('Control+A')
    await page.keyboard.type('aldrete.')
    await page.getByRole('option', { name: /ready/ }).click()
    await page.keyboard.type(' = true')
    await page.keyboard.press('Escape')
    await isProven(page)

    const saved = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Plus', exact: true }).last().click()
    await page.getByRole('menuitem', { name: 'Enregistrer le fichier BPMN' }).click()
    const file = readFileSync(await (await saved).path(), 'utf8')
    expect(file).toContain('aldrete.ready = true')
    const step = page.locator('g[data-element-id="BackToWard"]').first()
    await page.getByRole('button', { name: 'Plus', exact: true }).last().click()
    const changed = Buffer.from(file.replace('Ramener dans le service', 'Raccompagner'))
    await page.locator('input[type=file]').setInputFiles({ name: 'surgery.bpmn', mimeType: 'text/xml', buffer: changed })
    await step.getByText('Raccompagner').waitFor()
    await undo.click()
    await step.getByText('Ramener').waitFor()

    await page.getByRole('tab', { name: 'Décisions' }).click()
    const rule = page.locator('.dmn-decision-table-container td.input-cell').first()
    await rule.click()
    await page.keyboard.press('Control+A')
    await page.keyboard.type('>= 8')
    await page.getByRole('tab', { name: 'Formulaires' }).click()
    await page.locator('.fjs-form-field', { hasText: 'Respiration' }).last().click()
    await page.locator('.fjs-properties-container').getByText('CHOIX UNIQUE', { exact: false }).waitFor()
    await page.locator('.fjs-context-pad-item').first().click()
    await page.getByRole('tab', { name: 'Comparer' }).click()
    await page.getByText('règle 1, Total').waitFor()
    await page.getByText(/^Formulaire aldrete \(/).waitFor()

    await page.getByRole('tab', { name: 'Formulaires' }).click()
    while (await undo.isEnabled()) await undo.click()
    await page.getByRole('tab', { name: 'Décisions' }).click()
    await undo.click()
    await rule.getByText('>= 9').waitFor()
    const taken = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Enregistrer le fichier DMN' }).click()
    const decisions = readFileSync(await (await taken).path(), 'utf8').replace('&gt;= 9', '&gt;= 7')
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'recovery.dmn', mimeType: 'text/xml', buffer: Buffer.from(decisions) })
    await rule.getByText('>= 7').waitFor()
    await undo.click()
    await rule.getByText('>= 9').waitFor()
    await page.getByRole('tab', { name: 'Comparer' }).click()
    await page.getByRole('button', { name: 'ajouté Mon Espace Santé : déposer', exact: true }).waitFor()
    expect(await page.getByText(/^(Décisions|Formulaire aldrete) \(/).count()).toBe(0)
    expect(errors).toEqual([])
    await close()
  },
)

it('two on one draft: who saves second is told who was first, and loses nothing', async () => {
  const first = await stage.visit('/designer/discharge', ADA)
  await first.page.getByRole('button', { name: /^Modifier à partir/ }).click()
  await isProven(first.page)
  const second = await stage.visit(new URL(first.page.url()).pathname, BOB)
  await second.page.getByText(/Concepteur ada a ce brouillon ouvert depuis/).waitFor()
  await isProven(second.page)
  const rename = async ({ page }: Visit, name: string) => {
    await page.locator('g[data-element-id="discharge"]').first().waitFor({ state: 'attached' })
    await openGroup(page, 'Général')
    await page.locator('#bio-properties-panel-name').fill(name)
  }
  await rename(first, 'Sortie, revue par Ada')
  await isSaved(first.page)
  await rename(second, 'Sortie, revue par Bob')
  await second.page.getByText(/Concepteur ada a enregistré ce brouillon/).waitFor()
  await second.page.getByRole('button', { name: 'Garder les miennes' }).click()
  await isSaved(second.page)
  await second.page.reload()
  await openGroup(second.page, 'Général')
  expect(await second.page.locator('#bio-properties-panel-name').inputValue()).toBe('Sortie, revue par Bob')
  await first.close()
  await second.close()
})

it.each(COLOURS)('has no serious obstacle to anybody, %s', async (colorScheme) => {
  const { page, close } = await stage.visit('/designer/surgery', { ...ADA, colorScheme })
  // What bpmn.io draws is not ours to change.
  const theirs = ['.djs-container', '.bio-properties-panel']
  for (const show of ['month', 'compare', 'migrate']) {
    await page.goto(`${stage.url}/designer/surgery?show=${show}`)
    await page.locator('.panel').nth(1).waitFor()
    expect({ show, serious: await seriousIn(page, theirs) }).toEqual({ show, serious: [] })
  }
  await page.getByRole('button', { name: /^Modifier à partir/ }).click()
  await isProven(page)
  for (const tab of ['Schéma', 'Scénarios', 'Répéter']) {
    await page.getByRole('tab', { name: tab, exact: true }).click()
    expect({ tab, serious: await seriousIn(page, theirs) }).toEqual({ tab, serious: [] })
  }
  await close()
})
