/** What patients send from home: one measurement a day, most of them within the thresholds, by (seed, patient, day) alone. */
import { base, en, Faker, fr } from '@faker-js/faker'
import type { Variables } from '../pathways/language/feel/value.ts'
import type { Scenario } from './read.ts'
import type { conditions } from './schema.ts'

type Condition = (typeof conditions)[number]
export type Level = 'green' | 'orange' | 'red'

export interface DailyMeasurement {
  /** Minutes after local midnight. */
  minuteOfDay: number
  /** The payload of the message `measurement`. */
  payload: Variables
}

/** Values by condition and level; weights are differences from the patient's own. */
const values: Record<Condition, { kind: string; ranges: Record<Level, [low: number, high: number]>; decimals: number }> = {
  HF: { kind: 'weight', ranges: { green: [-0.5, 0.5], orange: [2.6, 2.9], red: [3.6, 4.5] }, decimals: 1 },
  diabetes: { kind: 'glucose', ranges: { green: [0.9, 1.9], orange: [2.55, 2.95], red: [3.1, 4] }, decimals: 2 },
  COPD: { kind: 'oxygenSaturation', ranges: { green: [91, 96], orange: [87, 89], red: [82, 86] }, decimals: 0 },
  implant: { kind: 'deviceAlert', ranges: { green: [0, 0], orange: [1, 1], red: [2, 2] }, decimals: 0 },
}

/**
 * The measurement of one patient on one day, or null when none is sent.
 * @param day counted from the scenario's first day.
 */
export function dailyMeasurement(
  home: Scenario['home'],
  seed: number,
  patient: number,
  condition: Condition,
  day: number,
): DailyMeasurement | null {
  const faker = new Faker({ locale: [fr, en, base] })
  faker.seed([seed, patient])
  const ownWeight = faker.number.int({ min: 55, max: 95 })
  faker.seed([seed, patient, day])
  if (faker.number.float() >= home.dailyReturn) return null
  const luck = faker.number.float()
  const level: Level = luck < home.redShare ? 'red' : luck < home.redShare + home.orangeShare ? 'orange' : 'green'
  const { kind, ranges, decimals } = values[condition]
  const [low, high] = ranges[level]
  const drawn = low + (high - low) * faker.number.float() + (condition === 'HF' ? ownWeight : 0)
  const { from, to } = home.hours
  return {
    minuteOfDay: faker.number.int({ min: from * 60, max: to * 60 - 1 }),
    payload: { kind, value: Number(drawn.toFixed(decimals)), symptoms: level === 'red' && faker.number.float() < 0.3 ? 2 : 0 },
  }
}
