/** A demonstration hospital's folder as a scenario: its units, the library's pathways, and the synthetic people who come and who measure at home. */
import type { Program } from '../pathways/language/program.ts'
import { admissionVariables } from '../scenarios/patients.ts'
import type { Scenario } from '../scenarios/read.ts'
import { measurementsBetween } from '../start/demo/opening.ts'
import { People } from '../start/demo/people.ts'
import { RESTOCK_PATHWAY } from '../twin/replay/check.ts'
import type { Extras } from '../twin/replay/lines.ts'
import { type HospitalOptions, ratesOf, standardActivities } from '../twin/simulate/index.ts'

const ENROLLED_EVERY_MS = 60_000
/** Candidates for each patient at the busiest hour. */
const CANDIDATES = 1.5

/** @param until hospital time up to which people at home measure. It opens empty, at hospital time 0; those followed at home are enrolled one each minute. */
export function demoHospital(
  scenario: Scenario,
  programs: Program[],
  seed: number,
  until: number,
): { options: HospitalOptions; extras: Extras } {
  const { site, pools, units, lots, calendars, arrivals, home } = scenario
  const people = new People(scenario, seed)
  const options: HospitalOptions = {
    programs,
    ledger: { pools, units, lots, calendars, requests: [], held: [], nextSequence: 1 },
    site: { epoch: site.epoch, timeZone: site.timeZone },
    seed,
    start: 0,
    activities: standardActivities,
    reorder: { pathway: RESTOCK_PATHWAY },
    streams: arrivals.map(({ id, pathway, perDay, weekdayFactors, hourShares }, stream) => {
      const perHour = hourShares.map((share) => share * perDay)
      const candidatesPerHour = CANDIDATES * Math.max(...perHour) * Math.max(...weekdayFactors)
      return {
        id,
        pathway,
        arrivals: { rates: ratesOf(perHour, weekdayFactors, candidatesPerHour) },
        variables: (index) => admissionVariables(people.arriving(stream, index)),
      }
    }),
  }
  const extras: Required<Extras> = { admitted: [], sent: [] }
  for (let number = 0; number < home.patients; number++) {
    const { id, clinical } = people.atHome(number)
    const { condition, age } = clinical
    const enrolledAt = number * ENROLLED_EVERY_MS
    extras.admitted.push({ pathway: home.pathway, at: enrolledAt, patient: id, variables: { patient: id, condition, age } })
    for (const { at, payload } of measurementsBetween(home, people, id, enrolledAt, until, site))
      extras.sent.push({ at, letter: { name: 'measurement', key: id, payload } })
  }
  return { options, extras }
}
