// Goal: no run is lost, no task done twice, no unit held twice or for ever, no deposit missing or doubled, whoever is killed. Method: the whole
// system under a seeded schedule of kill -9, with partners that misbehave by the same seed. PARCOURS_SEED chooses the first seed;
// PARCOURS_LONG=1 goes through twenty, with more patients each.
import { afterEach, describe, expect, it } from 'vitest'
import { account, heldTwice } from '../whole/account.ts'
import { Flow } from '../whole/flow.ts'
import { WholeHospital } from '../whole/hospital.ts'
import { everyProcessOnce, type PartnerPlan, type Strike, scheduleOf } from './schedule.ts'

const first = Number(process.env.PARCOURS_SEED || 7)
const long = process.env.PARCOURS_LONG === '1'
const seeds = Array.from({ length: long ? 20 : 1 }, (_, number) => first + number)
const patients = long ? 6 : 4
const options = long ? everyProcessOnce : { ...everyProcessOnce, spreadMs: 30_000 }
const RATE = 900
const MINUTES_MAX = 10

let hospital: WholeHospital

describe('faults', () => {
  afterEach(() => hospital?.close())

  it.each(seeds)(
    'seed %i',
    async (seed) => {
      const schedule = scheduleOf(seed, options)
      const begin = Date.now()
      try {
        hospital = await WholeHospital.open()
        const flowBegin = Date.now()
        const todo = [...schedule.strikes]
        const struck: Record<string, number> = {}
        const { monEspaceSanteUrl, mailUrl, records } = hospital
        const onTurn = async () => {
          strikeWhatIsDue(todo, Date.now() - flowBegin, struck)
          await misbehave(monEspaceSanteUrl, schedule.monEspaceSante)
          await misbehave(mailUrl, schedule.mail)
          expect((await unlessDown(() => heldTwice(records))) ?? []).toEqual([])
        }
        const flow = new Flow({ hospital, seed, patients, rates: { arriving: RATE, after: RATE }, onTurn })
        await flow.untilAllIsDone(MINUTES_MAX * 60_000)
        const { wrong, figures } = await account(hospital, flow)
        const kills = Object.values(struck).reduce((sum, count) => sum + count, 0)
        const seconds = Math.round((Date.now() - begin) / 1000)
        console.log(JSON.stringify({ ...figures, seed, kills, struck, interrupted: flow.interrupted, seconds }))
        expect(wrong).toEqual([])
        expect(todo).toEqual([])
        expect(figures.letters).toBeGreaterThan(0)
      } catch (error) {
        console.error(`PARCOURS_SEED=${seed} fails; its schedule: ${JSON.stringify(schedule)}`)
        if (hospital) console.error(hospital.said.join('\n'))
        throw error
      }
    },
    (MINUTES_MAX + 2) * 60_000,
  )
})

/** What is down at its time is struck as soon as it is up. */
function strikeWhatIsDue(todo: Strike[], nowMs: number, struck: Record<string, number>): void {
  for (const strike of todo.filter(({ atMs }) => atMs <= nowMs)) {
    if (!hospital.strike(strike.name)) continue
    todo.splice(todo.indexOf(strike), 1)
    struck[strike.name] = (struck[strike.name] ?? 0) + 1
  }
}

/** A partner that was struck comes back without its faults. One that has them is let be: to set them anew would begin its draws again. */
async function misbehave(url: string, plan: PartnerPlan): Promise<void> {
  await unlessDown(async () => {
    const current = (await (await fetch(`${url}/faults`)).json()) as PartnerPlan
    if (current.seed !== plan.seed) await fetch(`${url}/faults`, { method: 'PUT', body: JSON.stringify(plan) })
  })
}

/** What cannot be asked just now is asked at the next turn. */
async function unlessDown<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask()
  } catch {
    return undefined
  }
}
