/** What those who care do in a day, each with their own eyes, on a stage that is shared. */
import { expect, it } from 'vitest'
import { raiseAlerts } from '../../records/alerts.ts'
import { hospitalNow } from '../../records/clock.ts'
import type { PatientTraits } from '../../records/connectors.ts'
import { createPatient } from '../../records/patients.ts'
import { pool, unit } from '../records/support.ts'
import { isLong, seriousIn } from './looking.ts'
import type { Stage } from './stage.ts'

const PHONE = { width: 390, height: 844 }
/** More than what the page waits before it says that the server is slow. */
const SLOW_MS = 5_500
const TRAITS: PatientTraits = {
  ...{ birthFamily: 'LEFÈVRE', usedFamily: 'LEFÈVRE', birthGivens: 'MARIE', firstBirthGiven: 'MARIE', usedGiven: 'Marie' },
  ...{ birthDate: '1979-03-28', sex: 'F', birthPlace: { insee: '75056', name: 'PARIS' }, ins: null },
}

const POOLS = [
  'porter',
  'cleaner',
  'remote-nurse',
  'theatre',
  'theatre-team',
  'instrument-cart',
  'surgical-set',
  'anaesthesia-set',
  'recovery-place',
]

/** What an operation needs. */
export const OPERATING = {
  pools: POOLS.map((id) => pool(id)),
  units: POOLS.flatMap((id) => [unit(`${id}-1`, id), unit(`${id}-2`, id)]),
}

export function careJourneys(stage: () => Stage): void {
  it('takes a patient to theatre from hand to hand: the porter’s phone, the nurse’s task, and a No-Go that stops', async () => {
    const { hospital } = stage()
    const { id: patient } = await createPatient(hospital.records, { traits: TRAITS, insStatus: 'QUAL', at: 0 })
    const run = await hospital.start('surgery', { urgency: 'urgent' }, { patient })
    await hospital.complete(run, 'Schedule', { procedure: 'Appendicectomie', plannedStart: null, plannedTheatre: null })
    await hospital.task(run, 'ToTheatre')

    const porter = await stage().visit('/', { role: 'porter', viewport: PHONE })
    await porter.page.getByRole('heading', { name: 'Transporter au bloc' }).waitFor()
    expect(new URL(porter.page.url()).pathname).toBe('/jobs')
    expect(await porter.page.getByText('LEFÈVRE').count()).toBe(0)
    await porter.page.getByRole('button', { name: 'Commencer' }).click()
    await porter.page.getByRole('button', { name: 'C’est fait' }).waitFor()
    expect(await seriousIn(porter.page)).toEqual([])
    await porter.page.getByRole('button', { name: 'C’est fait' }).click()
    await porter.page.getByText('Rien à faire pour l’instant.').waitFor()
    expect(porter.errors).toEqual([])
    await porter.close()

    await hospital.task(run, 'Enter')
    const nurse = await stage().visit('/tasks', { role: 'nurse' })
    await nurse.page.getByRole('link', { name: 'Ouvrir : Entrer en salle' }).click()
    await nurse.page.getByRole('button', { name: 'Prendre' }).click()
    await nurse.page.getByRole('button', { name: 'Rendre' }).waitFor()
    await nurse.page.getByRole('button', { name: 'Terminer' }).click()
    await nurse.page.getByText('C’est fait').waitFor()
    const pause = await hospital.task(run, 'PauseInduction')
    await nurse.page.goto(`${stage().url}/tasks?task=${encodeURIComponent(pause.id)}`)
    await nurse.page.getByRole('button', { name: 'Vérifié : 1. Identité du patient' }).click()
    await nurse.page.getByText('1 sur 6 points vérifiés').waitFor()
    expect(await seriousIn(nurse.page)).toEqual([])
    await nurse.page.getByRole('button', { name: 'No-Go', exact: true }).click()
    await nurse.page.getByRole('button', { name: 'Arrêter : No-Go' }).click()
    await nurse.page.getByText('Un No-Go dit son motif.').waitFor()
    await nurse.page.getByRole('dialog').last().getByRole('textbox').fill('Site opératoire non marqué')
    await nurse.page.getByRole('button', { name: 'Arrêter : No-Go' }).click()
    await nurse.page.getByText('C’est fait').waitFor()
    const after = await hospital.tasks(run)
    expect(after.find(({ element }) => element === 'PauseInduction')?.state).toBe('completed')
    expect(after.some(({ element }) => element === 'Induce')).toBe(false)
    expect(nurse.errors).toEqual([])
    await nurse.close()

    const physician = await stage().visit('/command-centre', { role: 'physician' })
    await physician.page.locator('[data-link=open]').waitFor()
    await physician.page.keyboard.press('Control+k')
    await physician.page.getByRole('textbox', { name: /Une vue, un patient/ }).waitFor()
    await physician.page.keyboard.type('lefev')
    await physician.page.getByRole('button', { name: /LEFÈVRE Marie/ }).click()
    await physician.page.waitForURL(new RegExp(`/patients/${patient}`))
    await physician.page.getByText('LEFÈVRE').first().waitFor()
    expect(physician.page.url().toLowerCase()).not.toContain('lef')
    await physician.page.getByText('Entrer en salle').first().waitFor()
    expect(await seriousIn(physician.page, ['.bjs-container'])).toEqual([])
    await physician.close()
  }, 180_000)

  it.runIf(isLong)(
    'hands a task over to another role, with what they must know',
    async () => {
      const { hospital } = stage()
      const run = await hospital.start('admission', { mode: 'emergency' })
      const task = await hospital.task(run, 'RegisterIdentity')
      const { page, close } = await stage().visit(`/tasks?task=${encodeURIComponent(task.id)}`, { role: 'operations' })
      await page.getByRole('button', { name: 'Transmettre' }).click()
      await page
        .getByRole('combobox', { name: 'À qui' })
        .or(page.getByRole('textbox', { name: 'À qui' }))
        .first()
        .fill('Infirmier')
      await page.getByRole('option', { name: 'Infirmier : le premier disponible' }).click()
      await page.getByRole('textbox', { name: 'Ce qu’il faut savoir' }).fill('Sans papiers, sa fille arrive')
      await page.getByRole('button', { name: 'Transmettre' }).last().click()
      await page.getByText('La tâche est maintenant chez : Infirmier.').waitFor()
      await close()
      const nurse = await stage().visit(`/tasks?task=${encodeURIComponent(task.id)}`, { role: 'nurse' })
      await nurse.page.getByText('Sans papiers, sa fille arrive').waitFor()
      await nurse.close()
    },
    120_000,
  )

  it('closes an alert with what was done, once, whoever else would', async () => {
    const { records } = stage().hospital
    const openedAt = await hospitalNow(records)
    const alert = { site: records.site, kind: 'turnoverMissing', level: 'critical' as const, owner: 'bed-manager', openedAt }
    await raiseAlerts(records, records.sql, [{ ...alert, place: 'Médecine A', cause: 'journey' }])
    const [one, other] = [await stage().visit('/feed', { role: 'bed-manager' }), await stage().visit('/feed', { role: 'nurse' })]
    for (const { page } of [one, other]) {
      const row = page.getByRole('listitem').filter({ hasText: 'Médecine A' })
      await row.getByText('Responsable : Gestionnaire de lits').waitFor()
      await row.getByRole('button', { name: 'Clore' }).click()
      await page.getByRole('dialog').getByText('Remise en état impossible').waitFor()
    }
    await one.page.getByRole('dialog').getByRole('button', { name: 'Clore' }).click()
    await one.page.getByRole('dialog').waitFor({ state: 'detached' })
    await other.page.getByRole('dialog').getByRole('button', { name: 'Clore' }).click()
    await other.page.getByRole('button', { name: 'Voir ce qui a changé' }).click()
    for (const { page, errors, close } of [one, other]) {
      await page.getByRole('listitem').filter({ hasText: 'Médecine A' }).waitFor({ state: 'detached' })
      expect(errors).toEqual([])
      await close()
    }
    const [row] = await records.sql`select closed_by as by, close_note as note from alerts where cause = 'journey'`
    expect(row).toMatchObject({ by: expect.stringContaining('bed-manager/') })
    expect(records.encryption.decryptJson(row!.note)).toBe('Réglé')
  }, 120_000)

  it.runIf(isLong)(
    'of a slow API shows that it is coming, then what came',
    async () => {
      const { page, close } = await stage().visit('/patients', { role: 'nurse' })
      await page.route('**/api/tasks?*', async (route) => {
        await new Promise((resolve) => setTimeout(resolve, SLOW_MS))
        await route.continue()
      })
      await page.getByRole('link', { name: 'Tâches' }).click()
      await page.getByRole('status', { name: 'Chargement' }).waitFor()
      await page.getByText('Le serveur répond lentement').waitFor()
      await page.getByRole('heading', { level: 2, name: /tâche/ }).waitFor()
      await close()
    },
    60_000,
  )

  it('cleans a bed on the phone: where, which, start, done', async () => {
    const { hospital } = stage()
    const cleaning = { unit: 'b9', unitName: 'Lit 9', place: 'Chirurgie', pool: 'ward-bed' }
    const run = await hospital.start('bed-cleaning', cleaning)
    await hospital.task(run, 'Clean')
    const { page, errors, close } = await stage().visit('/', { role: 'cleaner', viewport: PHONE })
    await page.getByRole('heading', { name: 'Nettoyer la chambre et le lit' }).waitFor()
    await page.getByText('Lit 9').waitFor()
    await page.getByRole('button', { name: 'Commencer' }).click()
    await page.getByRole('button', { name: 'C’est fait' }).waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.width)
    for (const point of await page.getByRole('checkbox').all()) await point.check()
    await page.getByRole('button', { name: 'C’est fait' }).click()
    await page.getByText('Rien à faire pour l’instant.').waitFor()
    expect((await hospital.tasks(run)).find(({ element }) => element === 'Clean')?.state).toBe('completed')
    expect(errors).toEqual([])
    await close()
  }, 120_000)

  it('calls the patient at home whose alert is red, notes it, and closes the alert with it', async () => {
    const { hospital } = stage()
    const { records } = hospital
    const { id: patient } = await createPatient(records, { traits: TRAITS, insStatus: 'QUAL', at: 0 })
    const run = await hospital.start('telesurveillance', { patient, condition: 'HF', age: 70 }, { patient })
    await hospital.complete(run, 'Enrol')
    const openedAt = await hospitalNow(records)
    const alert = { site: records.site, kind: 'telesurveillance', level: 'critical' as const, owner: 'nurse', openedAt, patient }
    await raiseAlerts(records, records.sql, [{ ...alert, reason: 'Prise de poids', dueAt: openedAt + 3_600_000 }])
    const { page, errors, close } = await stage().visit('/telesurveillance?colour=red', { role: 'nurse' })
    const row = page.getByRole('listitem').filter({ hasText: 'Prise de poids' })
    await row.getByText('Responsable : Infirmier').waitFor()
    await row.getByRole('button', { name: 'Agir pour LEFÈVRE Marie' }).click()
    await page.getByRole('button', { name: 'Enregistrer' }).click()
    await page.getByText('Écrivez quelques mots').waitFor()
    await page.getByRole('textbox', { name: 'Ce qui a été dit ou fait' }).fill('Essoufflée depuis hier, vue ce jour')
    await page.getByRole('checkbox', { name: 'L’alerte est traitée' }).check()
    expect(await seriousIn(page)).toEqual([])
    await page.getByRole('button', { name: 'Enregistrer' }).click()
    await page.getByText('Enregistré dans le dossier').waitFor()
    await row.waitFor({ state: 'detached' })
    const [closed] = await records.sql`select state, closed_by as by from alerts where patient = ${patient}`
    expect(closed).toMatchObject({ by: expect.stringContaining('nurse/') })
    expect(errors).toEqual([])
    await close()
  }, 120_000)
}
