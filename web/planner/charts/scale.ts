/** From values to pixels, and the round values that an axis shows. */

export interface Scale {
  (value: number): number
  low: number
  high: number
}

/** @param from, to pixels. */
export const scaleOf = (low: number, high: number, from: number, to: number): Scale => {
  const span = high > low ? high - low : 1
  return Object.assign((value: number) => from + ((value - low) / span) * (to - from), { low, high })
}

/** About so many round values from low to high, ends included where they are round. */
export const ticksOf = (low: number, high: number, about = 4): number[] => {
  const span = high - low
  if (!(span > 0)) return [low]
  const rough = span / about
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((each) => each >= rough) ?? rough
  const ticks: number[] = []
  for (let tick = Math.ceil(low / step) * step; tick <= high + step * 1e-9; tick += step)
    ticks.push(Math.abs(tick) < step * 1e-9 ? 0 : tick)
  return ticks
}

/** A line through points, as the `d` of a path. */
export const lineOf = (points: readonly (readonly [number, number])[]): string =>
  points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${x.toFixed(1)},${y.toFixed(1)}`).join('')

/** What lies between two lines over the same places. */
export const bandOf = (upper: readonly (readonly [number, number])[], lower: readonly (readonly [number, number])[]): string =>
  upper.length === 0 ? '' : `${lineOf(upper)}L${lineOf([...lower].reverse()).slice(1)}Z`
