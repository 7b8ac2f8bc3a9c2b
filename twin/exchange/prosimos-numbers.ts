/** Distributions as Prosimos writes them, in seconds: the way back of `prosimosDistribution`. */
import type { ProgramDuration } from '../../pathways/language/program.ts'

export interface Drawn {
  distribution_name: string
  distribution_params: { value: number }[]
  histogram_data?: { cdf: number[]; bin_midpoints: number[] }
}

/** Above it nothing is left out. */
const MOST_SECONDS = 1e10

/** Null for one that Prosimos has in neither version. Version 2 is written wherever it can say it, else the numbers of version 1. */
export const prosimosNumbers = ({ distribution, parameters, values = [] }: ProgramDuration): Drawn | null => {
  const seconds = (name: string, otherwise = 0) => (parameters[name] === undefined ? otherwise : parameters[name] / 1_000)
  const [shift, least, most] = [seconds('shift'), seconds('atLeast'), seconds('atMost', MOST_SECONDS)]
  const isLimited = parameters.atLeast !== undefined || parameters.atMost !== undefined
  const isPlain = shift === 0
  switch (distribution) {
    case 'fixed':
      return isLimited ? null : drawn('fix', seconds('value') + shift)
    case 'exponential':
      return shift === least
        ? drawn('expon', seconds('mean') + shift, least, most)
        : drawn('expon', shift, seconds('mean'), least, most)
    case 'normal':
      return isPlain ? drawn('norm', seconds('mean'), seconds('sd'), least, most) : null
    case 'uniform': {
      const [from, to] = [seconds('min') + shift, seconds('max') + shift]
      return isLimited ? drawn('uniform', from, to - from, least, most) : drawn('uniform', from, to)
    }
    case 'triangular': {
      const [from, mode, to] = [seconds('min') + shift, seconds('mode') + shift, seconds('max') + shift]
      if (!isLimited) return drawn('triang', from, mode, to)
      return to > from ? drawn('triang', (mode - from) / (to - from), from, to - from, least, most) : null
    }
    case 'lognormal':
      return isPlain ? drawn('lognorm', seconds('mean'), seconds('sd') * seconds('sd'), least, most) : null
    case 'gamma': {
      const [shape, scale] = [parameters.shape!, seconds('scale')]
      return isPlain
        ? drawn('gamma', shape * scale, shape * scale * scale, least, most)
        : drawn('gamma', shape, shift, scale, least, most)
    }
    case 'exgaussian': {
      const [mean, sd, tail] = [seconds('mean'), seconds('sd'), seconds('tail')]
      return isPlain && sd > 0 ? drawn('exponnorm', tail / sd, mean, sd, least, most) : null
    }
    case 'empirical': {
      if (isLimited) return null
      const total = values.reduce((sum, { share }) => sum + share, 0)
      let before = 0
      const cdf = values.map(({ share }) => {
        before += share / total
        return before
      })
      return {
        ...drawn('histogram_sampling'),
        histogram_data: { cdf, bin_midpoints: values.map(({ value }) => value / 1_000 + shift) },
      }
    }
    default:
      return null
  }
}

const drawn = (name: string, ...numbers: number[]): Drawn => ({
  distribution_name: name,
  distribution_params: numbers.map((value) => ({ value })),
})
