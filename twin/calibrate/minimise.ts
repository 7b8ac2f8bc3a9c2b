/** The least of a function of a few numbers: J. A. Nelder, R. Mead, "A simplex method for function minimization" (1965). */

const EVALUATIONS_MAX = 400

interface Corner {
  at: number[]
  value: number
}

/** @param step how far the first simplex reaches from `start` along each axis. @param of may be Infinity where there is nothing to look for. */
export const minimise = (of: (at: number[]) => number, start: number[], step: number[]): Corner => {
  let evaluations = 0
  const corner = (at: number[]): Corner => {
    evaluations++
    const value = of(at)
    return { at, value: Number.isNaN(value) ? Number.POSITIVE_INFINITY : value }
  }
  const corners = [
    corner(start),
    ...start.map((_, axis) => corner(start.map((x, each) => (each === axis ? x + step[each]! : x)))),
  ]
  while (evaluations < EVALUATIONS_MAX) {
    corners.sort((one, other) => one.value - other.value)
    const [best, worst] = [corners[0]!, corners.at(-1)!]
    if (worst.value - best.value < 1e-7 * (Math.abs(best.value) + 1e-7)) break
    const others = corners.slice(0, -1)
    const centre = start.map((_, axis) => others.reduce((sum, { at }) => sum + at[axis]!, 0) / others.length)
    const towards = (factor: number) => corner(centre.map((x, axis) => x + factor * (worst.at[axis]! - x)))
    const reflected = towards(-1)
    let next = reflected
    if (reflected.value < best.value) {
      const expanded = towards(-2)
      if (expanded.value < reflected.value) next = expanded
    } else if (reflected.value >= others.at(-1)!.value) {
      next = reflected.value < worst.value ? towards(-0.5) : towards(0.5)
      if (next.value >= Math.min(reflected.value, worst.value)) {
        // No better anywhere around: towards the best corner.
        for (let each = 1; each < corners.length; each++)
          corners[each] = corner(corners[each]!.at.map((x, axis) => (x + best.at[axis]!) / 2))
        continue
      }
    }
    corners[corners.length - 1] = next
  }
  corners.sort((one, other) => one.value - other.value)
  return corners[0]!
}
