// Goal: what a hospital could never give is an error when that hospital is named, and the library asks for nothing that the demonstration lacks.
// Method: a hospital of two pools, one request at a time; then every pathway of the library in the hospital that ships.
import { describe, expect, it } from 'vitest'
import { lintHospital } from '../../../../pathways/language/lint/hospital.ts'
import type { HospitalResources } from '../../../../pathways/language/lint/rule.ts'
import { readScenario } from '../../../../scenarios/read.ts'
import { activity, around } from '../../../conformance/small-model.ts'
import { programs } from '../../library/library.ts'
import { pool, unit } from '../../resources/build.ts'
import { chain, findingsIn, foundBy, holding, task } from './linted.ts'

const hospital: HospitalResources = {
  site: { name: 'Small', epoch: '2026-01-05T00:00:00Z', timeZone: 'Europe/Paris' },
  calendars: [],
  pools: [pool('bed'), pool('gauze', { kind: 'stock' })],
  units: [
    unit('bed-1', 'bed', { attributes: { specialty: 'medicine' } }),
    unit('bed-2', 'bed', { attributes: { specialty: 'medicine' } }),
    unit('bed-3', 'bed', { attributes: { specialty: 'surgery' } }),
  ],
  lots: [],
}

const needing = (need: string) =>
  around(activity('userTask', `<hospital:task role="nurse"/><hospital:duration value="PT10M"/>${need}`))
const where = (text: string) => `<hospital:where attribute="specialty" operator="=" value="${text}"/>`
const UNKNOWN = 'resource-unknown'
const IMPOSSIBLE = 'resource-impossible'

describe('a request that this hospital refuses', () => {
  it.each([
    ['a resource that it does not have', UNKNOWN, '<hospital:need pool="theatre"/>'],
    ['more than there are', IMPOSSIBLE, '<hospital:need pool="bed" quantity="4"/>'],
    ['a kind that there is not', IMPOSSIBLE, `<hospital:need pool="bed">${where('psychiatry')}</hospital:need>`],
    ['two of which there is one', IMPOSSIBLE, `<hospital:need pool="bed" quantity="2">${where('surgery')}</hospital:need>`],
    [
      'two requests that share the last one',
      IMPOSSIBLE,
      `<hospital:need pool="bed" quantity="2"/><hospital:need pool="bed" quantity="2"/>`,
    ],
    ['a choice among stock', IMPOSSIBLE, `<hospital:need pool="gauze">${where('surgery')}</hospital:need>`],
  ])('%s', async (_, rule, need) => {
    expect(await findingsIn(needing(need), hospital)).toMatchObject([{ rule, severity: 'error', element: 'a' }])
    expect(await findingsIn(needing(need))).toEqual([])
  })

  it.each([
    ['what there is', '<hospital:need pool="bed" quantity="3"/>'],
    ['one of its kind', `<hospital:need pool="bed">${where('surgery')}</hospital:need>`],
    ['what depends on the patient', `<hospital:need pool="bed" quantity="=n">${where('=specialty')}</hospital:need>`],
    ['stock that is ordered again', '<hospital:need pool="gauze" quantity="3"/>'],
  ])('not %s', async (_, need) => {
    expect(await findingsIn(needing(need), hospital)).toEqual([])
  })

  it('names what is asked for and the hospital, in both languages', async () => {
    const [found] = await findingsIn(needing('<hospital:need pool="theatre"/>'), hospital)
    expect(found!.message).toContain('asks for "theatre", which the hospital "Small" does not have')
    expect(found!.french.message).toContain('demande « theatre », que l’établissement « Small » n’a pas')
  })

  it('a hold is told once, where it is declared', async () => {
    const taken = `${task('a', '<hospital:take hold="room"/>')}${chain('s', 'a', 'e')}`
    expect(await foundBy(UNKNOWN, holding([['room', 'theatre']], taken), hospital)).toEqual(['error p'])
    expect(await foundBy(UNKNOWN, holding([['room', 'bed']], taken), hospital)).toEqual([])
  })
})

it('plain BPMN is looked at too when a hospital is named', async () => {
  expect(await foundBy('task-role', around('<userTask id="a"/>'), hospital)).toEqual(['warning a'])
})

describe('the library in the demonstration hospital', () => {
  const demonstration = readScenario('scenarios/hopital-demo')
  it.each([...programs.keys()])('%s has nothing against it', (id) => {
    expect(lintHospital(programs.get(id)!, demonstration)).toEqual([])
  })
})
