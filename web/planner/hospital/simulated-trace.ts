/** The trace of a scenario, simulated here, in a worker of its own. */
import { useEffect, useState } from 'react'
import type { ReadyScenario } from '../../../twin/experiment/ready.ts'
import { decodeTrace } from '../../../twin/trace/file.ts'
import type { Trace } from '../../../twin/trace/trace.ts'
import { post } from '../../shared/api.ts'
import { begun } from '../../shared/worker.ts'
import type { TraceReport } from './trace-worker.ts'

export interface TraceState {
  trace: Trace | null
  /** From 0 to 1. */
  share: number
  error: unknown
}

const NOTHING: TraceState = { trace: null, share: 0, error: null }

/** So many days of a scenario that comes with Parcours; '' for none. @param again counts how often it was asked for anew. */
export function useSimulatedTrace(scenario: string, days: number, again: number): TraceState {
  const [state, setState] = useState<TraceState>(NOTHING)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `again` asks for the same once more
  useEffect(() => {
    setState(NOTHING)
    if (scenario === '') return
    let end = () => {}
    let isOver = false
    const fail = (error: unknown) => setState({ trace: null, share: 0, error })
    const begin = async () => {
      const text = `extends: ${JSON.stringify(scenario)}\nhorizon: P${days}D\nwarmUp: PT0S\nstudy: terminating\nreplications: 1\n`
      const model = (await post('/scenarios/ready', { scenario: text })) as unknown as ReadyScenario
      if (isOver) return
      const worker = new Worker(new URL('./trace-worker.ts', import.meta.url), { type: 'module' })
      const hear = (said: TraceReport) => {
        if (said.say === 'share') setState({ trace: null, share: said.share, error: null })
        else setState({ trace: decodeTrace(said.bytes), share: 1, error: null })
      }
      end = begun<ReadyScenario, TraceReport>(worker, model, hear, (message) => fail(new Error(message)))
    }
    begin().catch((error: unknown) => {
      if (!isOver) fail(error)
    })
    return () => {
      isOver = true
      end()
    }
  }, [scenario, days, again])
  return state
}
