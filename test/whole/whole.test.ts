// Goal: the four pathways carry everybody to the end, and leave nothing behind. Method: the whole system, synthetic staff and people at home
// through the API, the partners' sandboxes asked at the end. PARCOURS_LONG=1: 200 patients.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { account, heldTwice } from './account.ts'
import { Flow } from './flow.ts'
import { WholeHospital } from './hospital.ts'

const long = process.env.PARCOURS_LONG === '1'
const seed = Number(process.env.PARCOURS_SEED || 7)
const patients = long ? 200 : 4
const minutesMax = long ? 60 : 4

let hospital: WholeHospital

beforeAll(async () => {
  hospital = await WholeHospital.open()
})
afterAll(() => hospital?.close())

it(
  `${patients} patients through all four pathways (seed ${seed})`,
  async () => {
    const begin = Date.now()
    const flow = new Flow({
      hospital,
      seed,
      patients,
      rates: { arriving: 450, after: 1_800 },
      onTurn: async () => expect(await heldTwice(hospital.records)).toEqual([]),
    })
    await flow.untilAllIsDone(minutesMax * 60_000)
    const { wrong, figures } = await account(hospital, flow)
    console.log(JSON.stringify({ seed, ...figures, jumps: flow.jumps, seconds: Math.round((Date.now() - begin) / 1000) }))
    expect(wrong).toEqual([])
    expect(flow.interrupted).toBe(0)
    // Who needs what is drawn as they go: of a few, nobody may be followed at home, or want their letter in Mon Espace Santé.
    for (const pathway of [
      'admission',
      'surgery',
      'discharge',
      'bed-cleaning',
      'theatre-cleaning',
      ...(long ? ['telesurveillance'] : []),
    ])
      expect(figures.runs[pathway] ?? 0, pathway).toBeGreaterThan(0)
    expect(figures.letters).toBeGreaterThan(0)
    if (long) expect(figures.deposits).toBeGreaterThan(0)
    expect(figures.deliveries).toBe(figures.mails)
  },
  (minutesMax + 1) * 60_000,
)
