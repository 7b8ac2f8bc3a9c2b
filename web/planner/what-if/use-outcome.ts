/** A what-if of a model, asked in the page's workers, and all that is known of it so far. */
import { useEffect, useMemo, useState } from 'react'
import type { WentOn } from '../../../twin/experiment/going-on.ts'
import { useText } from '../../shared/language.ts'
import { latestPairs, type Runs, type SimulatorsState } from '../simulation/simulators.ts'
import { movedPhrases } from './lever-words.ts'
import type { LeverValues } from './levers.ts'
import { type Outcome, outcomeOf } from './outcome.ts'
import { type Made, resultsMade, resultsText } from './results.ts'
import { fingerprintOf } from './share.ts'
import { REPLICATIONS, type ReadyModel, useAsked, useSimulators, useSimulatorsState } from './use-what-if.ts'

const NONE: Runs = []

export interface Known {
  state: SimulatorsState
  tidy: LeverValues
  /** Null before the first replication. */
  outcome: Outcome | null
  /** Replications that both have; all of the base where nothing was moved. */
  paired: { base: WentOn[]; changed: WentOn[] }
  /** Once all are there. */
  made: Made | null
  fingerprint: string | null
}

export const useWhatIf = (model: ReadyModel, values: LeverValues, replications = REPLICATIONS): Known => {
  const language = useText()
  const simulators = useSimulators(model, replications)
  const state = useSimulatorsState(simulators)
  const tidy = useAsked(simulators, model, values)
  const isMoved = Object.keys(tidy).length > 0
  const changed = isMoved ? (state.whatIf?.runs[0] ?? NONE) : null
  const { base } = state
  const early = useMemo(() => ({ base: state.early, changed: state.whatIf?.early ?? [] }), [state.early, state.whatIf?.early])
  const isThere = base.some((run) => run !== undefined)
  // biome-ignore lint/correctness/useExhaustiveDependencies: names of measures are in the reader's language
  const outcome = useMemo(
    () => (isThere ? outcomeOf(model, base, changed, early) : null),
    [model, base, changed, early, isThere, language],
  )
  const paired = useMemo(() => {
    const both = changed ? latestPairs(base, changed, early.base, early.changed) : null
    if (both && both.numbers.length > 0) return both
    return { base: base.filter((run) => run !== undefined), changed: [], early: null }
  }, [base, changed, early])
  const isWhole =
    paired.early === null && paired.base.length === replications && (!isMoved || paired.changed.length === replications)
  const what = movedPhrases(model, tidy, language).join(' ; ')
  const made = useMemo(
    () => (isWhole ? resultsMade(model, tidy, what, paired.base, paired.changed) : null),
    [isWhole, model, tidy, what, paired],
  )
  const [fingerprint, setFingerprint] = useState<string | null>(null)
  useEffect(() => {
    setFingerprint(null)
    if (!made) return
    let gone = false
    void fingerprintOf(resultsText(made)).then((found) => {
      if (!gone) setFingerprint(found)
    })
    return () => {
      gone = true
    }
  }, [made])
  return { state, tidy, outcome, paired, made, fingerprint }
}
