/** `pathways/resources/circular-waits.ts` in counts: how many runs wait for what only others of them have. */
import type { Ask, CompiledProgram, Step } from './program.ts'
import type { Runs } from './runs.ts'

/** @param units by pool. */
export const stuckRuns = (runs: Runs, programs: CompiledProgram[], units: number[], stepOf: (run: number) => Step): number => {
  const stuck = new Set<number>()
  for (let run = 0; run < runs.size; run++) if (runs.serial[run]! >= 0) stuck.add(run)
  /** What is left of each pool if all but the stuck gave back. */
  const possible = [...units]
  const count = (run: number, sign: number) => {
    const { holds } = programs[stepOf(run).program]!
    holds.forEach(({ pool, quantity }: Ask, hold) => {
      if ((runs.held[run]! & (1 << hold)) !== 0) possible[pool]! += sign * quantity
    })
  }
  for (const run of stuck) count(run, -1)
  for (let before = -1; before !== stuck.size; ) {
    before = stuck.size
    for (const run of stuck) {
      if (!stepOf(run).asks.every(({ pool, quantity }) => possible[pool]! >= quantity)) continue
      stuck.delete(run)
      count(run, 1)
    }
  }
  return stuck.size
}
