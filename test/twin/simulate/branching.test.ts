// Goal: what chance decides in a drawing has its probabilities, and belongs to a patient and a step. Method: a thousand patients through one gateway, in the twin.
import { describe, expect, it } from 'vitest'
import { createHospital } from '../../../twin/simulate/hospital.ts'
import { site, snapshot } from '../../pathways/resources/build.ts'
import { byChance } from './models.ts'

const PATIENTS = 1_000

/** For each patient: the flows taken out of the gateway. */
const waysOf = async (probability: number, gateway: 'exclusive' | 'inclusive', seed: number): Promise<string[]> => {
  const program = await byChance('visit', probability, gateway)
  const ways: string[][] = Array.from({ length: PATIENTS }, () => [])
  const hospital = createHospital({
    programs: [program],
    ledger: snapshot({}),
    site,
    seed,
    start: 0,
    observer: {
      recorded: ({ patient }, { event, element }) => {
        const { id } = program.flows[element] ?? { id: '' }
        if (event === 'taken' && id.startsWith('Way_')) ways[Number(patient)]!.push(id.slice(4))
      },
    },
  })
  for (let patient = 0; patient < PATIENTS; patient++) hospital.admit('visit', patient, `${patient}`, {})
  hospital.run(PATIENTS + 1)
  return ways.map((way) => way.join())
}

const shareOf = (ways: string[], way: string) => ways.filter((each) => each === way).length / PATIENTS

describe('a gateway left to chance', () => {
  it.each([0, 0.2, 0.75, 1])('takes a flow of probability %d so often', async (probability) => {
    const ways = await waysOf(probability, 'exclusive', 5)
    const deviation = Math.sqrt((probability * (1 - probability)) / PATIENTS)
    expect(Math.abs(shareOf(ways, 'Work') - probability)).toBeLessThanOrEqual(4 * deviation)
    expect(shareOf(ways, 'Work') + shareOf(ways, 'Out')).toBe(1)
  })

  it('takes inclusive flows independently, and at least one', async () => {
    const ways = await waysOf(0.3, 'inclusive', 5)
    // Both: 0.3 x 0.7. None, 0.7 x 0.3, is decided as an exclusive gateway would.
    expect(Math.abs(shareOf(ways, 'Work,Out') - 0.21)).toBeLessThan(4 * Math.sqrt((0.21 * 0.79) / PATIENTS))
    expect(shareOf(ways, '')).toBe(0)
  })

  it('decides for a patient as it did before, whatever the other flows are', async () => {
    expect(await waysOf(0.4, 'exclusive', 9)).toEqual(await waysOf(0.4, 'exclusive', 9))
    const [fewer, more] = [await waysOf(0.4, 'exclusive', 9), await waysOf(0.6, 'exclusive', 9)]
    // Luck is the same: who went to work at 0.4 goes there at 0.6.
    expect(fewer.flatMap((way, patient) => (way === 'Work' ? more[patient] : []))).not.toContain('Out')
  })
})
