/** The synthetic hospital's process: opens it in full swing the first time, then keeps its clock and drives its people. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pino from 'pino'
import { IDENTITY_STATUSES, type IdentityStatus, isIdentityStatus } from '../../pathways/identity/status.ts'
import { heartbeat, hospitalNow, startClock, stopClock } from '../../records/clock.ts'
import { openRecords, type Records } from '../../records/database.ts'
import { saveDemand } from '../../records/forecasts.ts'
import { importHospital } from '../../records/import.ts'
import { createPatient } from '../../records/patients.ts'
import { loadProgram } from '../../records/programs.ts'
import type { SyntheticPatient } from '../../scenarios/patients.ts'
import { readScenario } from '../../scenarios/read.ts'
import { type StreamFile, StreamsFile } from '../../twin/experiment/schema.ts'
import type { SimulatedRun } from '../../twin/simulate/index.ts'
import { checkedYaml, problemText } from '../../twin/yaml/checked.ts'
import { readLibrary } from '../library.ts'
import { ApiClient, ApiUnavailable } from './api-client.ts'
import { ArrivalStreams } from './arrivals.ts'
import { Driver, type Progress, readProgress, saveProgress } from './driver.ts'
import { keepHomeHistory } from './home-history.ts'
import { playOpening } from './opening.ts'
import { People } from './people.ts'
import { SyntheticStaff } from './staff.ts'

const SEED = Number(process.env.PARCOURS_SEED || 7)
/** Wednesday of the second week at eight, when planned patients come, theatres work and people at home measure. */
const OPENING_HOSPITAL_MS = (9 * 24 + 8) * 3_600_000
const TURN_MS = 400
const HEARTBEAT_MS = 1_000

const log = pino({ name: 'demo', level: process.env.PARCOURS_LOG_LEVEL ?? 'info' })
const stopping = new AbortController()
process.on('SIGTERM', () => stopping.abort())
process.on('SIGINT', () => stopping.abort())

function setting(name: string): string {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set: \`npm start\` sets it`)
  return value
}

const records = await openRecords(setting('PARCOURS_DATABASE_URL'), { key: process.env.PARCOURS_KEY, max: 4 })
const scenario = readScenario(fileURLToPath(new URL('../../scenarios/hopital-demo', import.meta.url)))
const people = new People(scenario, SEED)
const file = join(setting('PARCOURS_DATA'), 'demo.json')
const progress = await openOrGoOn(records)
const clock = await startClock(records, Number(process.env.PARCOURS_RATE || 60))
const api = new ApiClient(setting('PARCOURS_API_URL'))
const staff = new SyntheticStaff(api, {
  site: scenario.site,
  seed: SEED,
  programOf: (hash) => loadProgram(records, hash),
  onRefused: (element, problem) => log.warn({ element, problem }, 'a completion was refused'),
})
const driver = new Driver({
  api,
  scenario,
  people,
  staff,
  progress,
  file,
  register: ({ patient, at }) => register(records, patient, at),
})
console.log(JSON.stringify({ ready: true, rate: clock.rate }))
await Promise.all([beat(), drive()])
await stopClock(records)
await records.close()

/** The first time there is no run yet: the days before are played, and go on live. */
async function openOrGoOn({ sql }: Records): Promise<Progress> {
  const kept = readProgress(file)
  if (kept) return kept
  const [run] = await sql`select 1 from runs limit 1`
  if (run) {
    // Somebody else's runs, or a lost file: nobody who came before is brought in again.
    const now = await hospitalNow(records)
    const streams = new ArrivalStreams(scenario, people)
    streams.take(now)
    return { positions: streams.positions, measuredUntil: now }
  }
  const programs = (await readLibrary()).map(({ program }) => program)
  const { at, state, positions } = playOpening({ scenario, people, programs, until: OPENING_HOSPITAL_MS })
  const patients = identitiesOf(state.runs)
  for (const [id, known] of patients) await register(records, people.behind(id)!.patient, at, known)
  await startClock(records, Number(process.env.PARCOURS_RATE || 60), { from: at })
  await importHospital(records, { ...state, at })
  await keepHomeHistory(records, scenario, people, state.runs, at)
  await saveDemand(records, { streams: demandOfForecasts(), saidBy: 'demonstration', saidAt: at })
  const opened = { positions, measuredUntil: at }
  saveProgress(file, opened)
  log.info({ runs: state.runs.length, patients: patients.size }, 'the hospital opens in full swing')
  return opened
}

/** Who comes, as forecasts are told. */
function demandOfForecasts(): StreamFile[] {
  const file = fileURLToPath(new URL('../../scenarios/hopital-demo/streams.yaml', import.meta.url))
  const { value, problems } = checkedYaml(readFileSync(file, 'utf8'), StreamsFile, 'YAML')
  if (!value) throw new Error(problems.map((problem) => `${file}: ${problemText(problem)}`).join('\n'))
  return value.streams
}

interface KnownIdentity {
  insStatus: IdentityStatus
  /** The document seen at the desk; '' for none of high trust. */
  evidence: string
}

/** What became of each identity in the days before, by patient: the best that any of their runs knows. */
function identitiesOf(runs: SimulatedRun[]): Map<string, KnownIdentity> {
  const identities = new Map<string, KnownIdentity>()
  for (const { patient, pathway, instance } of runs) {
    if (!people.behind(patient)) continue
    const { identityStatus, identityDocument } = instance.variables[0] ?? {}
    // Those followed at home were qualified when they were in hospital.
    const checked = pathway === scenario.home.pathway ? 'QUAL' : identityStatus
    const insStatus = isIdentityStatus(checked) ? checked : 'PROV'
    if (rankOf(insStatus) <= rankOf(identities.get(patient)?.insStatus)) continue
    // The simulation draws the document and what came of it apart.
    const seen = identityDocument === 'PA' ? 'PA' : 'CN'
    identities.set(patient, { insStatus, evidence: insStatus === 'VALI' || insStatus === 'QUAL' ? seen : '' })
  }
  return identities
}

function rankOf(status: IdentityStatus | undefined): number {
  return status ? IDENTITY_STATUSES.indexOf(status) : -1
}

/** @param known nothing for whoever arrives: provisional until the desk has checked who it is. */
async function register(to: Records, { id, identity }: SyntheticPatient, at: number, known?: KnownIdentity): Promise<void> {
  const { generalPractitioner, ins, sex, birthFamily, birthGivens, firstBirthGiven, usedFamily, birthDate, birthPlace } = identity
  const { insStatus, evidence }: KnownIdentity = known ?? { insStatus: 'PROV', evidence: '' }
  const traits = { birthFamily, birthGivens, firstBirthGiven, usedFamily, sex, birthDate, birthPlace, ins, evidence }
  await createPatient(to, { id, traits, generalPractitioner, insStatus, at })
}

/** The site's clock runs as long as this process gives signs of life. */
async function beat(): Promise<void> {
  while (!stopping.signal.aborted) {
    await heartbeat(records).catch((error: unknown) => log.warn({ error: nameOf(error) }, 'no sign of life given'))
    await delay(HEARTBEAT_MS, undefined, { signal: stopping.signal }).catch(() => {})
  }
}

async function drive(): Promise<void> {
  while (!stopping.signal.aborted) {
    try {
      await driver.turn(await hospitalNow(records))
    } catch (error) {
      if (!(error instanceof ApiUnavailable)) log.warn({ error: nameOf(error) }, 'this turn failed; trying again')
      else log.info({ reason: error.message }, 'the API does not answer; trying again')
    }
    await delay(TURN_MS, undefined, { signal: stopping.signal }).catch(() => {})
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'error'
}
