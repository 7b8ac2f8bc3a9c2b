/** Who comes, and when: seeded, with every fate among the first few. */
import { admissionVariables, type SyntheticPatient } from '../../scenarios/patients.ts'
import type { Scenario } from '../../scenarios/read.ts'
import type { ArrivingPatient } from '../../start/demo/arrivals.ts'
import type { People } from '../../start/demo/people.ts'

const HOUR_MS = 3_600_000
/** Tuesday of the second week at eight: theatres work, and planned patients come. */
export const OPENING_HOSPITAL_MS = (8 * 24 + 8) * HOUR_MS
const EVERY_MS = HOUR_MS / 5

type Clinical = SyntheticPatient['clinical']

/** In turn: operated on and followed at home, by the emergency department, planned, by the emergency department and into a bed. */
const WANTED: { stream: string; suits: (clinical: Clinical) => boolean }[] = [
  { stream: 'planned', suits: ({ needsSurgery, condition }) => needsSurgery && condition !== 'none' },
  { stream: 'emergency', suits: () => true },
  { stream: 'planned', suits: ({ condition }) => condition !== 'none' },
  { stream: 'emergency', suits: ({ needsSurgery }) => needsSurgery },
]

export function arrivals(scenario: Scenario, people: People, count: number): ArrivingPatient[] {
  const next = new Map<string, number>()
  return Array.from({ length: count }, (_, number) => {
    const { stream, suits } = WANTED[number % WANTED.length]!
    const index = scenario.arrivals.findIndex(({ id }) => id === stream)
    for (let candidate = next.get(stream) ?? 0; ; candidate++) {
      const patient = people.arriving(index, candidate)
      if (!suits(patient.clinical)) continue
      next.set(stream, candidate + 1)
      return {
        at: OPENING_HOSPITAL_MS + number * EVERY_MS,
        pathway: scenario.arrivals[index]!.pathway,
        key: `${stream}-${candidate}`,
        patient,
        variables: admissionVariables(patient),
      }
    }
  })
}
