/** Replications of one scenario, side by side; their order is that of their numbers, whoever did them. */
import type { Measure } from '../twin/experiment/measures.ts'
import { replicationsNext } from '../twin/experiment/precision.ts'
import type { Experiment } from '../twin/experiment/prepare.ts'
import type { Replicators } from './replicators.ts'
import type { NamedScenario } from './scenario.ts'

/** Told replications finished, parts of those under way included. */
export type Told = (done: number) => void

/** By replication, after those that are there; what was not finished when it was stopped is missing at the end. */
export async function replicateAll(
  replicators: Replicators,
  named: NamedScenario,
  replications: number,
  tell: Told,
  there: Measure[][] = [],
): Promise<Measure[][]> {
  let finished = there.length
  const shares = new Map<number, number>()
  const told = () => tell(finished + [...shares.values()].reduce((sum, share) => sum + share, 0))
  const results: (Measure[] | null)[] = await Promise.all(
    Array.from({ length: Math.max(0, replications - there.length) }, async (_, index) => {
      const replication = there.length + index
      const measures = await replicators.replicate(named, replication, (share) => {
        shares.set(replication, share)
        told()
      })
      shares.delete(replication)
      if (measures) finished++
      told()
      return measures
    }),
  )
  const firstMissing = results.indexOf(null)
  return [...there, ...((firstMissing < 0 ? results : results.slice(0, firstMissing)) as Measure[][])]
}

/** As many replications as are asked for, or as a measure needs; the same number whoever works on them. @param there those that are finished already. */
export async function replicateEnough(
  replicators: Replicators,
  named: NamedScenario,
  { replications: asked, confidence }: Pick<Experiment, 'replications' | 'confidence'>,
  tell: Told,
  there: Measure[][] = [],
): Promise<Measure[][]> {
  if (typeof asked === 'number') return replicateAll(replicators, named, asked, tell, there)
  let runs = there
  for (;;) {
    const values = runs.map((run) => run.find(({ name }) => name === asked.measure)!.value)
    const next = replicationsNext(values, { ...asked, confidence }, replicators.workers)
    if ('enough' in next) return runs.slice(0, next.enough)
    runs = await replicateAll(replicators, named, next.upTo, tell, runs)
    if (runs.length < next.upTo) return runs
  }
}

/** Does something that Ctrl-C ends early, and says whether it did. Threads end with it. */
export async function interruptible<Result>(use: (stop: AbortSignal) => Promise<Result>): Promise<Result> {
  const stopping = new AbortController()
  const stop = () => stopping.abort()
  process.once('SIGINT', stop)
  try {
    return await use(stopping.signal)
  } finally {
    process.removeListener('SIGINT', stop)
    stopping.abort()
  }
}
