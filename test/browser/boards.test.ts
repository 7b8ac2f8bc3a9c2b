// Goal: the boards of beds and theatres are worked by keys alone, two people never overwrite each other, and 1,500 beds and 10,000 tasks cost what is in sight.
// Method: the real page, API and Postgres in a real browser; runs are driven by a host that hears the outbox as the workflow does.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { isoOf } from '../../pathways/time/site.ts'
import { hospitalNow, startClock } from '../../records/clock.ts'
import type { PatientTraits } from '../../records/connectors.ts'
import { createPatient } from '../../records/patients.ts'
import { siteTime } from '../../records/sites.ts'
import { startRun } from '../../records/starting.ts'
import { openTestApi, type TestApi } from '../api/support.ts'
import { end, extended, pathway, start } from '../records/model.ts'
import { Host, pool, publish, setLedger, unit } from '../records/support.ts'
import { testPage } from '../services/index.ts'
import { isLong, openBrowser, type Served, seriousIn, served, visit as visitAs } from './looking.ts'
import { LONG_TASK_MS, median, type Scrolling, scroll } from './scrolling.ts'

const BEDS = 1500
const TASKS = 10_000
const TRAITS: PatientTraits = {
  ...{ birthFamily: 'LEFÈVRE', usedFamily: 'LEFÈVRE', birthGivens: 'MARIE', firstBirthGiven: 'MARIE', usedGiven: 'Marie' },
  ...{ birthDate: '1979-03-28', sex: 'F', birthPlace: { insee: '75056', name: 'PARIS' }, ins: null },
}

let api: TestApi
let host: Host
let serving: Served
let browser: Browser

beforeAll(async () => {
  api = await openTestApi({ pageFolders: [await testPage()] })
  const { records } = api
  const task = (id: string, more: string) =>
    `<bpmn:userTask id="${id}" name="${id} it">${extended(`<hospital:task role="nurse" form="f"/>${more}`)}</bpmn:userTask>`
  const hold = (name: string, of: string) => extended(`<hospital:hold name="${name}" pool="${of}" quantity="1"/>`)
  await publish(
    records,
    await pathway(
      'stay',
      `${hold('bed', 'cubicle')}${start}${task('lie', '<hospital:take hold="bed"/>')}${task('rest', '')}${end}`,
      'start>lie lie>rest rest>end',
    ),
  )
  const slot = `<hospital:slot unit='=if room = null then "" else room' start="=planned"/><hospital:duration distribution="fixed" value="PT60M"/>`
  await publish(
    records,
    await pathway(
      'operation',
      `${hold('room', 'theatre')}${start}<bpmn:intermediateCatchEvent id="call"><bpmn:timerEventDefinition><bpmn:timeDate>=planned</bpmn:timeDate></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>
       ${task('operate', `<hospital:take hold="room"/>${slot}`)}${task('leave', '<hospital:give hold="room"/>')}${end}`,
      'start>call call>operate operate>leave leave>end',
    ),
  )
  const beds = Array.from({ length: BEDS }, (_, index) => {
    const number = String(index + 1).padStart(4, '0')
    const place = `Service ${String(Math.floor(index / 30) + 1).padStart(2, '0')}/Chambre ${Math.floor(index / 2) + 1}`
    return { ...unit(`bed-${number}`, 'ward-bed'), name: `Lit ${number}`, place }
  })
  const cubicles = Array.from({ length: 8 }, (_, index) => ({ ...unit(`box-${index + 1}`, 'cubicle'), name: `Box ${index + 1}` }))
  const theatres = ['t1', 't2'].map((id) => ({ ...unit(id, 'theatre'), name: `Salle ${id.slice(1)}`, place: 'Bloc' }))
  await setLedger(records, {
    pools: [pool('ward-bed', { name: 'Lits' }), pool('cubicle', { name: 'Box' }), pool('theatre', { name: 'Salles' })],
    units: [...beds, ...cubicles, ...theatres],
  })
  // Eight in the morning of the site's first Thursday: whatever time it is here, the day of theatres lies ahead.
  await startClock(records, 1, { from: 7 * 3_600_000, heartbeats: false })
  host = new Host(records)
  serving = await served(api)
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await serving?.close()
  await api?.close()
})

const visit = (path: string, role: string) => visitAs(browser, serving.url, path, { role })

async function lie(): Promise<string> {
  const { run } = await startRun(api.records, { pathway: 'stay', variables: {}, at: await hospitalNow(api.records) })
  await host.relay()
  await host.complete(run, host.taskOf(run), await hospitalNow(api.records))
  await host.relay()
  return run
}
const unitsOf = (run: string) => host.instance(run).marking.holds.flatMap(({ units }) => units)

const everyThousand = (steps: number) => Array.from({ length: steps }, (_, index) => (index + 1) * 1_000)
/** Steps of which one took longer than a long task, and how many rows stood there at most: told where it fails, and by the long suite. */
function expectLight(what: string, { rowsMost, stepsMs, scriptsMs }: Scrolling): void {
  const figures = {
    rowsMost,
    stepMs: Math.round(median(stepsMs)),
    scriptMs: Math.round(median(scriptsMs)),
    longest: Math.max(...stepsMs),
  }
  if (isLong || process.env.PARCOURS_FIGURES) console.log(what, figures, stepsMs.map(Math.round).join(' '))
  expect({ ...figures, long: stepsMs.filter((step) => step > LONG_TASK_MS) }).toMatchObject({ long: [] })
  expect(rowsMost).toBeLessThan(100)
}

it('draws of 1,500 beds those in sight, however far one scrolls, without a long task', async () => {
  const { page, errors, close } = await visit('/beds?pool=ward-bed', 'bed-manager')
  await page.getByRole('gridcell').first().waitFor()
  // Who lies where comes some at a time.
  await expect.poll(() => page.getByRole('grid').getAttribute('aria-rowcount')).toBe('450')
  expectLight('beds', await scroll(page, '[role=gridcell]', everyThousand(25)))
  expect(errors).toEqual([])
  expect(await seriousIn(page)).toEqual([])
  await close()
}, 60_000)

it('moves a patient by keys alone, and tells the run', async () => {
  const run = await lie()
  expect(unitsOf(run)).toEqual(['box-1'])
  const { page, errors, close } = await visit('/beds?pool=cubicle', 'bed-manager')
  await page.locator('[data-unit="box-1"][data-state="occupied"]').focus()
  await page.keyboard.press('Space')
  await page.getByText('choisissez une place').waitFor()
  await page.keyboard.press('ArrowRight')
  await page.locator('[data-unit="box-2"]:focus').waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').getByText('De Box 1 vers Box 2').waitFor()
  await page.keyboard.press('Enter')
  await page.locator('[data-unit="box-2"][data-state="occupied"]').waitFor()
  await host.relay()
  expect(unitsOf(run)).toEqual(['box-2'])
  expect(errors).toEqual([])
  await close()
}, 60_000)

it('shows that somebody else was first, and changes nothing', async () => {
  const run = await lie()
  const [from] = unitsOf(run)
  const { page, close } = await visit('/beds?pool=cubicle', 'bed-manager')
  await page.locator(`[data-unit="${from}"][data-state="occupied"]`).focus()
  await page.keyboard.press('Space')
  await page.locator('[data-unit="box-4"]').click()
  await page.getByRole('dialog').waitFor()
  const { body } = await api.ask('bed-manager', '/api/resources/pools/cubicle/board')
  const { revision } = body.units.find(({ id }: { id: string }) => id === 'box-4')
  const block = { action: 'block', unit: 'box-4', reason: 'Fuite d’eau', expected: { unit: revision } }
  expect((await api.ask('bed-manager', '/api/resources/decisions', { body: block, actor: 'other' })).status).toBe(200)
  await page.getByRole('button', { name: 'Confirmer' }).click()
  await page.getByText('Changé entre-temps').waitFor()
  await page.getByText('bed-manager/other').first().waitFor()
  await page.getByRole('button', { name: 'Voir ce qui a changé' }).click()
  await page.locator('[data-unit="box-4"][data-state="closed"]').getByText('Fuite d’eau').waitFor()
  await host.relay()
  expect(unitsOf(run)).toEqual([from])
  await close()
}, 60_000)

it('moves a case by keys, with what it pushes said before, and tells its run', async () => {
  const { records } = api
  const now = await hospitalNow(records)
  const site = await siteTime(records, records.sql, records.site)
  const runs: string[] = []
  for (const minutes of [60, 130]) {
    const variables = { planned: isoOf(now + minutes * 60_000, site), room: 't1' }
    runs.push((await startRun(records, { pathway: 'operation', variables, at: now })).run)
  }
  await host.relay()
  const { page, errors, close } = await visit('/theatres', 'theatre-manager')
  const first = page.locator(`[data-run="${runs[0]}"]`)
  await first.focus()
  await page.keyboard.press('Space')
  for (let times = 0; times < 6; times++) await page.keyboard.press('ArrowRight')
  await page.getByRole('status').getByText('décale 1 intervention').waitFor()
  await page.keyboard.press('ArrowDown')
  await page.getByRole('status').getByText('ne décale personne').waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').getByRole('button', { name: 'Confirmer' }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await host.relay()
  const variables = host.instance(runs[0]!).variables[0]!
  expect(variables.room).toBe('t2')
  expect(Date.parse(String(variables.planned)) - Date.parse(isoOf(now + 90 * 60_000, site))).toBeLessThan(5 * 60_000)
  expect(errors).toEqual([])
  expect(await seriousIn(page)).toEqual([])
  await close()
}, 60_000)

it('inserts an urgent case from the theatres’ page, its consequences shown before', async () => {
  const { records } = api
  const now = await hospitalNow(records)
  const site = await siteTime(records, records.sql, records.site)
  await createPatient(records, { traits: TRAITS, insStatus: 'QUAL', at: now })
  const begins = isoOf(now + 20 * 60_000, site)
  const start = { pathway: 'operation', variables: { planned: begins, room: 't1' }, at: now }
  const { run } = await startRun(records, start)
  await host.relay()
  const { page, errors, close } = await visit('/theatres', 'theatre-manager')
  await page.locator(`[data-run="${run}"]`).waitFor()
  await page.getByRole('button', { name: 'Intervention urgente' }).click()
  const dialog = page.getByRole('dialog')
  const confirm = dialog.getByRole('button', { name: 'Insérer au programme' })
  await dialog
    .getByRole('combobox', { name: 'Patient' })
    .or(dialog.getByRole('textbox', { name: 'Patient' }))
    .first()
    .fill('lefèvre')
  await page.getByRole('option', { name: /LEFÈVRE Marie/ }).click()
  expect(await confirm.isDisabled()).toBe(true)
  await dialog.getByLabel('Acte').first().fill('Appendicectomie')
  await dialog.getByRole('textbox', { name: 'Où le prendre' }).fill('Urgences, Box 3')
  const theatre = dialog.getByRole('radio', { name: 'Salle 1' })
  await theatre.click()
  expect(await theatre.innerText()).toMatch(/décale 1 intervention, de \+\d+ min au plus/)
  const changes = dialog.getByRole('region', { name: 'Ce qui change' })
  expect(await changes.getByRole('row').nth(1).innerText()).toMatch(/LEFÈVRE Marie Appendicectomie\s+–\s+Salle 1 \d\d:\d\d/)
  expect(await changes.getByRole('row').count()).toBe(3)
  expect(await seriousIn(page)).toEqual([])
  await confirm.click()
  await dialog.waitFor({ state: 'detached' })
  await host.relay()
  await page.getByRole('region', { name: 'LEFÈVRE Marie' }).getByText('Urgent').waitFor()
  const inserted = new URL(page.url()).searchParams.get('case')!
  expect(host.instance(inserted).variables[0]).toMatchObject({ room: 't1', procedure: 'Appendicectomie', urgency: 'urgent' })
  expect(Date.parse(String(host.instance(run).variables[0]!.planned))).toBeGreaterThan(Date.parse(begins))
  expect(errors).toEqual([])
  await close()
}, 60_000)

it('draws of 10,000 tasks those in sight, however far one scrolls, without a long task', async () => {
  const run = await lie()
  await api.records.sql`
    insert into tasks (id, site, run, wait, pathway, hash, patient, element, name, kind, role, unit, place, form, priority, state, created_at, due_at, inputs)
    select 'many:' || n, site, run, wait, pathway, hash, patient, element, name, kind, 'physician', unit, place, form, priority, 'open', created_at, created_at + n, inputs
    from tasks, generate_series(1, ${TASKS}) n where tasks.run = ${run} and tasks.ended_at is null`
  const { page, errors, close } = await visit('/tasks', 'physician')
  await page.locator('[aria-posinset="1"]').waitFor()
  expect(await page.locator('[aria-posinset="1"]').getAttribute('aria-setsize')).toBe(String(TASKS))
  expectLight('tasks', await scroll(page, '[aria-posinset]', everyThousand(25)))
  if (isLong) {
    const height = () => page.locator('ul:has([aria-posinset])').evaluate((list) => list.scrollHeight)
    for (let before = 0; before !== (await height()); ) {
      before = await height()
      await scroll(page, '[aria-posinset]', [before])
      await expect
        .poll(height, { timeout: 10_000 })
        .not.toBe(before)
        .catch(() => {})
    }
    expectLight(
      'tasks, all read',
      await scroll(
        page,
        '[aria-posinset]',
        Array.from({ length: 100 }, (_, step) => step * 7_300),
      ),
    )
    expect(await page.locator('[aria-posinset]').last().getAttribute('aria-posinset')).toMatch(/^\d{4,5}$/)
  }
  expect(errors).toEqual([])
  await close()
}, 300_000)
