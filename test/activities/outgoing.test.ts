// Goal: a letter is written once, deposited once and mailed once, through every fault. Method: the partners as programs, faults by seed.
import { unzipSync } from 'fflate'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Connector } from '../../activities/connector.ts'
import { ConnectorError } from '../../activities/connector.ts'
import { createActivities } from '../../activities/connectors.ts'
import { all, attribute, parseXml } from '../../partners/mon-espace-sante/rules/xml.ts'
import { faultLog, type RunningPartner, removeFolder, setFaults, startPartner, temporaryFolder } from '../partners/process.ts'
import { dependenciesWith, MemoryRecords, patientRecord } from './memory-records.ts'

let folders: string[]
let sandbox: RunningPartner
let mail: RunningPartner

beforeAll(async () => {
  folders = await Promise.all([temporaryFolder(), temporaryFolder()])
  ;[sandbox, mail] = await Promise.all([startPartner('mon-espace-sante', folders[0]!), startPartner('mail', folders[1]!)])
})
beforeEach(async () => {
  await setFaults(sandbox.port, {})
  await setFaults(mail.httpPort, {})
})
afterAll(async () => {
  await Promise.all([sandbox.stop(), mail.stop()])
  await Promise.all(folders.map(removeFolder))
})

const hospital = (...patients: Parameters<typeof patientRecord>) => {
  const records = new MemoryRecords(patientRecord(...patients))
  const urls = { monEspaceSanteUrl: `http://127.0.0.1:${sandbox.port}/fhir`, smtpUrl: `smtp://127.0.0.1:${mail.port}` }
  return { records, activities: createActivities(dependenciesWith(records, urls)) }
}
const run = (activities: Record<string, Connector>, name: string, runId: string, wait: number, inputs = {}) =>
  activities[name]!({ run: runId, wait, element: 'Task', inputs })
const written = (activities: Record<string, Connector>, runId: string) =>
  run(activities, 'documents.dischargeLetter', runId, 4, {
    patient: 'patient-1',
    synthesis: 'Évolution favorable.',
    dischargeTreatment: 'Furosémide 40 mg\nBisoprolol 2,5 mg',
    destination: 'home',
    mode: 'emergency',
  })
/** As Temporal would: again and again while it may help. */
async function untilDone<T>(attempt: () => Promise<T>, attemptsMax = 60): Promise<T> {
  for (let number = 1; ; number++) {
    try {
      return await attempt()
    } catch (error) {
      if (!(error instanceof ConnectorError && error.retryable) || number === attemptsMax) throw error
    }
  }
}
const errorOf = (attempt: Promise<unknown>): Promise<ConnectorError> =>
  attempt.then(
    () => expect.unreachable(),
    (error: ConnectorError) => error,
  )
const depositsOf = async (uniqueId: string) => {
  const response = await fetch(`http://127.0.0.1:${sandbox.port}/fhir/DocumentReference?patient.identifier=279035121518989`)
  const { entry } = (await response.json()) as { entry: { resource: { masterIdentifier: { value: string } } }[] }
  return entry.filter(({ resource }) => resource.masterIdentifier.value === `urn:oid:${uniqueId}`).length
}
const mailbox = async () => {
  const response = await fetch(`http://127.0.0.1:${mail.httpPort}/messages`)
  return (await response.json()) as { total: number; items: { messageId: string; file: string; recipients: string[] }[] }
}

describe('documents.dischargeLetter', () => {
  it('writes the letter once for a run and a wait', async () => {
    const { records, activities } = hospital()
    const first = await written(activities, 'written')
    expect(await written(activities, 'written')).toEqual(first)
    expect(records.documents.size).toBe(1)
    const [kept] = records.documents.values()
    expect(kept).toMatchObject({ id: first.document, run: 'written', patient: 'patient-1', typeCode: '11490-0' })
    expect(kept!.cda).toContain('Bisoprolol 2,5 mg')
    expect(kept!.cda).toContain('Domicile')
  })

  it('needs a patient who is there', async () => {
    const { activities } = hospital()
    const missing = await errorOf(run(activities, 'documents.dischargeLetter', 'r', 1))
    expect(missing.message).toContain('<hospital:input name="patient"')
    const unknown = await errorOf(run(activities, 'documents.dischargeLetter', 'r', 1, { patient: 'nobody' }))
    expect([missing.retryable, unknown.retryable]).toEqual([false, false])
  })
})

describe('monEspaceSante.deposit', () => {
  it('deposits the letter, and says so again without asking the partner', async () => {
    const { records, activities } = hospital()
    const { document } = await written(activities, 'deposited')
    const first = await run(activities, 'monEspaceSante.deposit', 'deposited', 5, { document })
    expect(first).toMatchObject({ deposited: true, at: '2026-11-23T12:00:00+01:00' })
    await setFaults(sandbox.port, { failProbability: 1 })
    expect(await run(activities, 'monEspaceSante.deposit', 'deposited', 5, { document })).toEqual(first)
    expect(records.marks).toEqual(['deposited'])
    expect(await depositsOf(first.uniqueId as string)).toBe(1)
  })

  it('is there exactly once after silence, failure and lost answers', async () => {
    const { activities } = hospital()
    await setFaults(sandbox.port, { seed: 11, downProbability: 0.15, failProbability: 0.15, storeThenDropProbability: 0.35 })
    const results = []
    for (let patient = 0; patient < 6; patient++) {
      const { document } = await written(activities, `faults-${patient}`)
      results.push(await untilDone(() => run(activities, 'monEspaceSante.deposit', `faults-${patient}`, 5, { document })))
    }
    expect(new Set((await faultLog(sandbox.port)).map(({ fault }) => fault)).size).toBe(4)
    for (const { uniqueId } of results) expect(await depositsOf(uniqueId as string)).toBe(1)
  })

  it('is refused without a qualified INS, for good', async () => {
    const { activities } = hospital({ identityStatus: 'VALI' })
    const { document } = await written(activities, 'unqualified')
    const error = await errorOf(run(activities, 'monEspaceSante.deposit', 'unqualified', 5, { document }))
    expect(error).toMatchObject({ retryable: false, code: 'deposit.refused' })
  })

  it('a refusal names codes and places, and not a word about the patient', async () => {
    const { records, activities } = hospital()
    const { document } = await written(activities, 'refused')
    const kept = records.documents.get(document as string)!
    kept.cda = kept.cda.replace('<signatureCode code="S"/>', '')
    const error = await errorOf(run(activities, 'monEspaceSante.deposit', 'refused', 5, { document }))
    expect(error).toMatchObject({ retryable: false, code: 'deposit.refused' })
    expect(error.message).toBe(
      'Mon Espace Santé refused the document (HTTP 422): required Bundle.entry[2].resource.data.ClinicalDocument.legalAuthenticator/signatureCode.',
    )
  })

  it('waits for a partner that is away', async () => {
    const records = new MemoryRecords(patientRecord())
    const activities = createActivities(dependenciesWith(records))
    const { document } = await written(activities, 'away')
    expect(await errorOf(run(activities, 'monEspaceSante.deposit', 'away', 5, { document }))).toMatchObject({
      retryable: true,
      code: '',
    })
    expect(await errorOf(run(activities, 'mail.generalPractitioner', 'away', 6, { document }))).toMatchObject({ retryable: true })
    expect(records.marks).toEqual([])
  })
})

describe('mail.generalPractitioner', () => {
  it('sends the archive with its headers, and names nobody in the open', async () => {
    const { activities } = hospital()
    const { document } = await written(activities, 'mailed')
    expect(await run(activities, 'mail.generalPractitioner', 'mailed', 6, { document })).toEqual({ sent: true })
    expect(await run(activities, 'mail.generalPractitioner', 'mailed', 6, { document })).toEqual({ sent: true })
    const { total, items } = await mailbox()
    expect([total, items[0]!.recipients]).toEqual([1, ['cabinet@medecin.mssante.example']])
    const eml = await (await fetch(`http://127.0.0.1:${mail.httpPort}/messages/${items[0]!.file}`)).text()
    expect(eml).toMatch(/^X-Mss-Codecda: 11490-0\r?$/im)
    expect(eml).toMatch(/^X-Mss-Ins: O\r?$/im)
    expect(eml).toMatch(/^X-Mss-Nil: DEMO-0000\r?$/im)
    expect(eml).toContain('IHE_XDM.ZIP')
    for (const trait of ['PAT-TROIS', '279035121518989', '1979']) expect(eml).not.toContain(trait)

    const archive = unzipSync(Buffer.from(/filename=IHE_XDM\.ZIP[\s\S]*?\r\n\r\n([\s\S]*?)\r\n--/.exec(eml)![1]!, 'base64'))
    expect(Object.keys(archive)).toEqual([
      'INDEX.HTM',
      'README.TXT',
      'IHE_XDM/SUBSET01/METADATA.XML',
      'IHE_XDM/SUBSET01/DOC00001.XML',
    ])
    const metadata = parseXml(Buffer.from(archive['IHE_XDM/SUBSET01/METADATA.XML']!).toString())
    const identifiers = all(metadata, 'RegistryObjectList/ExtrinsicObject/ExternalIdentifier').map(
      ({ attributes }) => attributes.value,
    )
    expect(identifiers[0]).toBe('279035121518989^^^&1.2.250.1.213.1.4.10&ISO^NH')
    const cda = parseXml(Buffer.from(archive['IHE_XDM/SUBSET01/DOC00001.XML']!).toString())
    expect(attribute(cda, 'id', 'root')).toBe(identifiers[1])
  })

  it('is in the mailbox once after greylisting, silence and lost answers', async () => {
    const { activities } = hospital()
    const before = (await mailbox()).total
    await setFaults(mail.httpPort, {
      seed: 5,
      greylistProbability: 0.15,
      downProbability: 0.1,
      dropAfterDataProbability: 0.15,
      storeThenDropProbability: 0.25,
    })
    for (let patient = 0; patient < 6; patient++) {
      const { document } = await written(activities, `mail-faults-${patient}`)
      await untilDone(() => run(activities, 'mail.generalPractitioner', `mail-faults-${patient}`, 6, { document }))
    }
    expect(new Set((await faultLog(mail.httpPort)).map(({ fault }) => fault)).size).toBeGreaterThanOrEqual(4)
    expect((await mailbox()).total).toBe(before + 6)
  })

  it('has nobody to write to when the patient declared no general practitioner', async () => {
    const { activities } = hospital({ generalPractitioner: null })
    const { document } = await written(activities, 'no-practitioner')
    expect(await run(activities, 'mail.generalPractitioner', 'no-practitioner', 6, { document })).toEqual({ sent: false })
  })
})
