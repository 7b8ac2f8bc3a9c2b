/**
 * Patients, people at home and synthetic staff at speed: all through the API, at the site's own clock, which jumps ahead when nobody has
 * anything to do. Whatever does not answer is asked again at the next turn, under the same idempotency key.
 */
import { setTimeout as delay } from 'node:timers/promises'
import type { Instance } from '../../pathways/engine/instance.ts'
import { isoOf } from '../../pathways/time/site.ts'
import { advanceClock, hospitalNow, startClock } from '../../records/clock.ts'
import { keepCalendars } from '../../records/ledger-change.ts'
import { createPatient } from '../../records/patients.ts'
import { loadProgram } from '../../records/programs.ts'
import type { ArrivingPatient } from '../../start/demo/arrivals.ts'
import { measurementsBetween } from '../../start/demo/opening.ts'
import { People } from '../../start/demo/people.ts'
import { eachOf, SyntheticStaff } from '../../start/demo/staff.ts'
import { arrivals, OPENING_HOSPITAL_MS } from './arrivals.ts'
import type { WholeHospital } from './hospital.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
const TURN_MS = 100
/** Patients have the follow-up stopped after this long. */
const FOLLOWED_MS = 1.5 * DAY_MS
/** How often in a row nothing must be under way before the clock jumps, and how far it must be worth it. */
const QUIET_TURNS = 3
const JUMP_MS_MIN = 30 * MINUTE_MS
/** Before what is due: it is done at the clock's own rate. */
const JUMP_MARGIN_MS = 2 * MINUTE_MS

interface OpenRun {
  id: string
  pathway: string
  patient: string | null
  startedAt: number
  instance: Instance | null
}

export interface FlowOptions {
  hospital: WholeHospital
  seed: number
  patients: number
  /**
   * Hospital milliseconds in a millisecond, while patients arrive and after. The identity service has ten minutes to answer: at 1,200 they
   * are half a second, and where many arrive at once it is never in time.
   */
  rates: { arriving: number; after: number }
  /** Called at every turn. */
  onTurn?: (flow: Flow) => Promise<void> | void
}

export class Flow {
  readonly arriving: ArrivingPatient[]
  /** Completions that the API refused: `element problem`. */
  readonly refused: string[] = []
  /** Turns that came to nothing because somebody did not answer. */
  interrupted = 0
  jumps = 0
  readonly #options: FlowOptions
  readonly #people: People
  readonly #staff: SyntheticStaff
  readonly #waiting: ArrivingPatient[]
  readonly #stopped = new Set<string>()
  #measuredUntil = OPENING_HOSPITAL_MS
  #arriving = true
  #quietTurns = 0

  constructor(options: FlowOptions) {
    const { api, records, scenario } = options.hospital
    this.#options = options
    this.#people = new People(scenario, options.seed)
    this.arriving = arrivals(scenario, this.#people, options.patients)
    this.#waiting = [...this.arriving]
    this.#staff = new SyntheticStaff(api, {
      site: scenario.site,
      seed: options.seed,
      programOf: (hash) => loadProgram(records, hash),
      onRefused: (element, problem) => this.refused.push(`${element} ${problem}`),
    })
  }

  get completed(): number {
    return this.#staff.completed
  }

  get arrived(): number {
    return this.arriving.length - this.#waiting.length
  }

  /** Goes on until every run has ended. @throws when it takes longer than that. */
  async untilAllIsDone(msMax: number): Promise<void> {
    const { hospital, rates, onTurn } = this.#options
    await startClock(hospital.records, rates.arriving, { from: OPENING_HOSPITAL_MS, heartbeats: false })
    for (const until = Date.now() + msMax; Date.now() < until; await delay(TURN_MS)) {
      await onTurn?.(this)
      try {
        if (await this.#turn()) return
      } catch {
        // Somebody is down: that is what some of these tests are about. Whoever stays down is found out by the time limit.
        this.interrupted++
      }
    }
    throw new Error(`After ${msMax / 1000} s there are runs that have not ended`)
  }

  async #turn(): Promise<boolean> {
    const { records } = this.#options.hospital
    const now = await hospitalNow(records)
    while (this.#waiting[0] && this.#waiting[0].at <= now) {
      await this.#admit(this.#waiting[0])
      this.#waiting.shift()
    }
    if (this.#arriving && now > this.arriving.at(-1)!.at + HOUR_MS) {
      await startClock(records, this.#options.rates.after, { heartbeats: false })
      this.#arriving = false
    }
    await this.#staff.work(now)
    const open = await this.#openRuns()
    const followed = open.filter(({ pathway }) => pathway === 'telesurveillance')
    await this.#measure(followed, now)
    await this.#stop(followed, now)
    if (open.length === 0 && this.#waiting.length === 0 && (await this.#undelivered()) === 0) return true
    await this.#jump(open, now)
    return false
  }

  async #admit({ pathway, patient, variables, key, at }: ArrivingPatient): Promise<void> {
    const { api, records } = this.#options.hospital
    const { generalPractitioner, ins, sex, birthFamily, birthGivens, firstBirthGiven, usedFamily, birthDate, birthPlace } =
      patient.identity
    const traits = { birthFamily, birthGivens, firstBirthGiven, usedFamily, sex, birthDate, birthPlace, ins }
    await createPatient(records, { id: patient.id, traits, generalPractitioner, insStatus: 'PROV', at })
    const { status } = await api.post('/api/runs', { pathway, patient: patient.id, variables }, `arrival-${key}`)
    if (status !== 200) throw new Error(`An arrival was answered ${status}`)
  }

  async #openRuns(): Promise<OpenRun[]> {
    const { sql, encryption } = this.#options.hospital.records
    const rows = await sql<(OpenRun & { instance: Uint8Array | null })[]>`
      select id, pathway, patient, started_at as "startedAt", instance from runs where ended_at is null`
    return rows.map((row) => ({ ...row, instance: row.instance && encryption.decryptJson<Instance>(row.instance) }))
  }

  async #undelivered(): Promise<number> {
    const [row] = await this.#options.hospital.records.sql<{ count: number }[]>`
      select count(*)::int as count from outbox where wall_delivered is null`
    return row!.count
  }

  async #measure(followed: OpenRun[], now: number): Promise<void> {
    const { api, scenario } = this.#options.hospital
    if (now - this.#measuredUntil < 15 * MINUTE_MS) return
    const due = followed.flatMap(({ patient }) =>
      measurementsBetween(scenario.home, this.#people, patient!, this.#measuredUntil, now, scenario.site).map((measured) => ({
        patient: patient!,
        ...measured,
      })),
    )
    await eachOf(due, 4, async ({ patient, at, day, payload }) => {
      const { kind, value, ...answers } = payload
      const body = { patient, kind, value, answers, at: isoOf(at, scenario.site) }
      await api.post('/api/measurements', body, `measurement-${patient}-${day}`)
    })
    this.#measuredUntil = now
  }

  async #stop(followed: OpenRun[], now: number): Promise<void> {
    for (const { id, startedAt } of followed) {
      if (this.#stopped.has(id) || startedAt + FOLLOWED_MS > now) continue
      const body = { name: 'telesurveillance.stop', payload: {} }
      const { status } = await this.#options.hospital.api.post(`/api/runs/${id}/messages`, body, `stop-${id}`)
      if (status !== 200) throw new Error(`A stop was answered ${status}`)
      this.#stopped.add(id)
    }
  }

  /** Moves the clock to what comes next, when nothing is under way. */
  async #jump(open: OpenRun[], now: number): Promise<void> {
    const { records, scenario } = this.#options.hospital
    const waits = open.flatMap(({ instance }) => instance?.marking.waits ?? [])
    const timers = waits.flatMap(({ kind, due }) => (kind === 'timer' ? [due] : []))
    const busy =
      open.some(({ instance }) => !instance) || waits.some(({ kind }) => kind === 'task') || timers.some((due) => due <= now)
    this.#quietTurns = busy || (await this.#undelivered()) > 0 ? 0 : this.#quietTurns + 1
    if (this.#quietTurns < QUIET_TURNS) return
    const next = [...timers, ...this.#waiting.slice(0, 1).map(({ at }) => at)]
    if (waits.some(({ kind }) => kind === 'request')) next.push(await keepCalendars(records))
    for (const { id, pathway, patient, startedAt } of open) {
      if (pathway !== 'telesurveillance') continue
      if (!this.#stopped.has(id)) next.push(startedAt + FOLLOWED_MS)
      const coming = measurementsBetween(
        scenario.home,
        this.#people,
        patient!,
        this.#measuredUntil,
        now + 2 * DAY_MS,
        scenario.site,
      )
      next.push(...coming.slice(0, 1).map(({ at }) => at))
    }
    const to = Math.min(...next) - JUMP_MARGIN_MS
    if (!Number.isFinite(to) || to - now < JUMP_MS_MIN) return
    await advanceClock(records, to)
    this.#quietTurns = 0
    this.jumps++
  }
}
