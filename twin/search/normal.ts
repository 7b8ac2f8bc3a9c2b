/** The normal distribution function, with the arithmetic that every machine rounds alike. */
import { exp } from '../simulate/arithmetic.ts'

/** P(Z <= z): the series of G. Marsaglia, "Evaluating the normal distribution" (2004), about 1e-15 absolute. */
export const normalProbability = (z: number): number => {
  if (z < -8) return 0
  if (z > 8) return 1
  let [sum, term] = [z, z]
  for (let odd = 3; sum + term !== sum || odd === 3; odd += 2) {
    term *= (z * z) / odd
    if (sum + term === sum) break
    sum += term
  }
  return 0.5 + sum * exp(-0.5 * z * z) * 0.3989422804014327
}
