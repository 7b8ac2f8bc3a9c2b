/** Times, distributions and FEEL of a scenario, as the simulator takes them. */
import { unknownFunctions } from '../../pathways/language/feel/check.ts'
import { FeelError, parseFeel } from '../../pathways/language/feel/parse.ts'
import type { FeelTree } from '../../pathways/language/feel/tree.ts'
import type { ProgramDuration } from '../../pathways/language/program.ts'
import { millisecondsOf } from '../../pathways/time/duration.ts'
import { ImpossibleScenario } from './impossible.ts'
import type { Distribution } from './schema.ts'

/** Milliseconds of an ISO 8601 duration. */
export const msOf = (text: string): number => millisecondsOf(text) ?? 0

/** In milliseconds. */
export const durationOf = (distribution: Distribution): ProgramDuration => {
  if (typeof distribution === 'string') return { distribution: 'fixed', parameters: { value: msOf(distribution) } }
  if (distribution.distribution === 'empirical') {
    const { distribution: name, values, ...limits } = distribution
    return {
      distribution: name,
      parameters: msOfEach(limits),
      values: values.map(({ value, share: each }) => ({ value: msOf(value), share: each })),
    }
  }
  const { distribution: name, ...parameters } = distribution
  return { distribution: name, parameters: msOfEach(parameters) }
}

const msOfEach = (parameters: Record<string, string | number>): Record<string, number> =>
  Object.fromEntries(Object.entries(parameters).map(([key, value]) => [key, typeof value === 'number' ? value : msOf(value)]))

/** @throws ImpossibleScenario, naming the place, for what is no FEEL. */
export const treeOf = (text: string, place: string): FeelTree => {
  try {
    const tree = parseFeel(text)
    const [unknown] = unknownFunctions(tree)
    if (unknown !== undefined) throw new ImpossibleScenario(place, `there is no function "${unknown}"`, 'Correct its name.')
    return tree
  } catch (error) {
    if (!(error instanceof FeelError)) throw error
    throw new ImpossibleScenario(place, error.message.replace(/\.$/, ''), 'Correct the FEEL.')
  }
}
