/** A worker that plays one replication of a scenario and gives back its trace. */
import { prepareReady, type ReadyScenario } from '../../../twin/experiment/ready.ts'
import { recordTrace } from '../../../twin/experiment/recorded.ts'
import { encodeTrace } from '../../../twin/trace/file.ts'
import { answering } from '../../shared/worker.ts'

export type TraceReport = { say: 'share'; share: number } | { say: 'trace'; bytes: ArrayBuffer }

answering<ReadyScenario, TraceReport>((ready, say) => {
  const experiment = prepareReady(ready)
  const trace = recordTrace(experiment, 0, (at) => {
    say({ say: 'share', share: at / experiment.end })
    return false
  })
  const bytes = encodeTrace(trace!).buffer as ArrayBuffer
  say({ say: 'trace', bytes }, [bytes])
})
