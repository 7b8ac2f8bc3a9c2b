// Goal: a gateway left to chance, thrown by a task before it, has the same probabilities and is no chance gateway any more. Method: two thousand patients through a drawing, in the twin.
import { expect, it } from 'vitest'
import { contentHash } from '../../../pathways/language/canonical.ts'
import { isLeftToChance } from '../../../pathways/language/program.ts'
import { withDrawnWays } from '../../../twin/replay/drawn-ways.ts'
import { createHospital } from '../../../twin/simulate/index.ts'
import { site, snapshot } from '../../pathways/resources/build.ts'
import { byChance, oneTask } from '../simulate/models.ts'

it('goes each way as often as the drawing says', async () => {
  const program = withDrawnWays(await byChance('visit', 0.3, 'exclusive'), contentHash)
  expect(program.nodes.some((node) => isLeftToChance(program, node))).toBe(false)
  const nodes = program.nodes
  const reached: Record<string, number> = {}
  const hospital = createHospital({
    ...{ programs: [program], ledger: snapshot({}), site, seed: 3, start: 0 },
    observer: {
      recorded: (_, { event, element }) => {
        const { id } = nodes[element] ?? { id: '' }
        if (event === 'entered') reached[id] = (reached[id] ?? 0) + 1
      },
    },
  })
  for (let patient = 0; patient < 2_000; patient++) hospital.admit('visit', patient, `p${patient}`, {})
  hospital.run(1e6)
  expect(reached['Way.throw']).toBe(2_000)
  // Three standard errors: 0.031.
  expect(Math.abs(reached.Work! / 2_000 - 0.3)).toBeLessThan(0.031)
  expect(reached.Work! + reached.Out!).toBe(2_000)
})

it('leaves what is not left to chance as it is', async () => {
  const program = await oneTask('visit', '')
  expect(withDrawnWays(program, contentHash)).toBe(program)
  const inclusive = await byChance('visit', 0.3, 'inclusive')
  expect(withDrawnWays(inclusive, contentHash)).toBe(inclusive)
})
