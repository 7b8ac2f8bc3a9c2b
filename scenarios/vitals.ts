/** Vital signs of a synthetic patient: near normal when the case is light, further off the graver it is. */
import type { Faker } from '@faker-js/faker'

export interface Vitals {
  /** Breaths a minute. */
  respiratoryRate: number
  /** Per cent. */
  oxygenSaturation: number
  /** mmHg. */
  systolicPressure: number
  /** Beats a minute. */
  heartRate: number
  /** Degrees Celsius, one decimal. */
  temperature: number
  /** ACVPU, as in NEWS2. */
  consciousness: 'A' | 'C' | 'V' | 'P' | 'U'
  /** 0 to 10. */
  pain: number
}

const painful = ['limbTrauma', 'headTrauma', 'abdominalPain', 'chestPain', 'wound']

/** @param severity the CCMU class, 1 (light) to 5 (vital). */
export function vitalsOf(faker: Faker, age: number, severity: number, complaint: string): Vitals {
  const around = (mean: number, spread: number) => Math.round(mean + (faker.number.float() * 2 - 1) * spread)
  // Steps away from normal: nothing for the two lightest classes.
  const strain = Math.max(0, severity - 2)
  const child = age < 12 ? (12 - age) / 12 : 0
  const breathless = complaint === 'dyspnoea' ? 4 : 0
  const feverish = complaint === 'fever' ? 1.8 : 0
  return {
    respiratoryRate: around(15 + 5 * strain + 8 * child * (strain > 0 ? 1 : 0.3) + breathless, 2),
    oxygenSaturation: Math.min(100, around(98 - 4 * strain - breathless / 2, 1)),
    systolicPressure: around(128 - 12 * child - 14 * strain + age / 8, 10),
    heartRate: around(76 + 17 * strain + 14 * child + 8 * feverish, 9),
    temperature: Math.round((36.8 + feverish + faker.number.float() * 0.7) * 10) / 10,
    consciousness: severity >= 5 ? 'P' : severity === 4 && faker.number.float() < 0.4 ? 'C' : 'A',
    pain: painful.includes(complaint) ? Math.min(10, Math.max(0, around(4 + strain, 3))) : faker.number.int({ min: 0, max: 3 }),
  }
}
