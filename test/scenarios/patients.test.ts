/** Synthetic patients: the same for the same seed, plausible together, and nobody real. */
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { hasRightInsKey } from '../../pathways/identity/ins.ts'
import { dailyMeasurement } from '../../scenarios/measurements.ts'
import { admissionVariables, referenceDate, type SyntheticPatient, syntheticPatient } from '../../scenarios/patients.ts'
import { readScenario } from '../../scenarios/read.ts'

const { mixes, home } = readScenario(fileURLToPath(new URL('../../scenarios/hopital-demo', import.meta.url)))
const many = (mix: string, count = 2000): SyntheticPatient[] =>
  Array.from({ length: count }, (_, index) => syntheticPatient(7, index, mixes[mix]))
const share = (patients: SyntheticPatient[], holds: (patient: SyntheticPatient) => boolean) =>
  patients.filter(holds).length / patients.length

describe('synthetic patients', () => {
  const emergency = many('emergency')

  it('are the same to the byte, whoever was made before', () => {
    const alone = JSON.stringify(syntheticPatient(7, 1234, mixes.emergency))
    expect(JSON.stringify(emergency[1234])).toBe(alone)
    expect(JSON.stringify(syntheticPatient(8, 1234, mixes.emergency))).not.toBe(alone)
    expect(new Set(emergency.map(({ id }) => id)).size).toBe(emergency.length)
  })

  it('have an INS of the test domain that agrees with their traits', () => {
    for (const { identity } of emergency) {
      const { ins, sex, birthDate, birthPlace } = identity
      expect(ins.oid).toBe('1.2.250.1.213.1.4.10')
      expect(hasRightInsKey(ins.value)).toBe(true)
      expect(ins.value.slice(0, 10)).toBe(
        `${sex === 'M' ? 1 : 2}${birthDate.slice(2, 4)}${birthDate.slice(5, 7)}${birthPlace.insee}`,
      )
    }
  })

  it('are as old as their birth date says on the reference day', () => {
    for (const { identity, clinical } of emergency) {
      const had = identity.birthDate.slice(5) <= referenceDate.slice(5)
      const age = Number(referenceDate.slice(0, 4)) - Number(identity.birthDate.slice(0, 4)) - (had ? 0 : 1)
      expect(age).toBe(clinical.age)
    }
  })

  it('follow their mix: ages, surgery, and more illness with age', () => {
    expect(share(emergency, ({ clinical }) => clinical.age < 18)).toBeCloseTo(0.25, 1)
    expect(share(emergency, ({ clinical }) => clinical.age >= 75)).toBeCloseTo(0.15, 1)
    expect(share(many('planned', 500), ({ clinical }) => clinical.needsSurgery)).toBeCloseTo(0.75, 1)
    const old = emergency.filter(({ clinical }) => clinical.age >= 75)
    const young = emergency.filter(({ clinical }) => clinical.age < 45)
    expect(share(old, ({ clinical }) => clinical.condition !== 'none')).toBeGreaterThan(
      4 * share(young, ({ clinical }) => clinical.condition !== 'none'),
    )
    expect(share(many('home', 200), ({ clinical }) => clinical.condition === 'none')).toBe(0)
  })

  it('give the pathway what it needs and no trait of identity', () => {
    const patient = emergency[3]!
    const text = JSON.stringify(admissionVariables(patient))
    for (const trait of [patient.identity.birthFamily, patient.identity.ins.value, patient.identity.birthDate]) {
      expect(text).not.toContain(trait)
    }
  })

  it('can be nobody: numbers kept for fiction, mail domains that do not exist', () => {
    for (const { identity } of emergency.slice(0, 200)) {
      expect(identity.phone).toMatch(/^063998\d{4}$/)
      expect(identity.email).toMatch(/^[a-z-]+\.[a-z-]+@patient\.example$/)
      expect(identity.generalPractitioner.mailbox).toMatch(/^[a-z-]+\.[a-z-]+@medecin\.mssante\.example$/)
    }
  })
})

describe('measurements from home', () => {
  const days = Array.from({ length: 400 }, (_, day) => dailyMeasurement(home, 7, 3, 'COPD', day))

  it('are the same for the same day, missing as often as the scenario says', () => {
    expect(dailyMeasurement(home, 7, 3, 'COPD', 12)).toEqual(days[12])
    expect(days.filter((day) => day !== null).length / days.length).toBeCloseTo(home.dailyReturn, 1)
  })

  it('come in the morning, most of them within the thresholds', () => {
    const sent = days.filter((day) => day !== null)
    for (const { minuteOfDay } of sent) {
      expect(minuteOfDay).toBeGreaterThanOrEqual(home.hours.from * 60)
      expect(minuteOfDay).toBeLessThan(home.hours.to * 60)
    }
    const low = sent.filter(({ payload }) => (payload.value as number) < 90).length / sent.length
    expect(low).toBeGreaterThan(0.02)
    expect(low).toBeLessThan(0.13)
  })
})
