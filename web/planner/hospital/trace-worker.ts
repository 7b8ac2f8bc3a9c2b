/** A worker that plays one replication of a scenario and gives back its trace. */
import { prepareReady, type ReadyScenario } from '../../../twin/experiment/ready.ts'
import { recordTrace } from '../../../twin/experiment/recorded.ts'
import { encodeTrace } from '../../../twin/trace/file.ts'

export type TraceReport =
  | { say: 'share'; share: number }
  | { say: 'trace'; bytes: ArrayBuffer }
  | { say: 'failed'; message: string }

const post = (report: TraceReport, transfer: Transferable[] = []) => self.postMessage(report, { transfer })

self.onmessage = ({ data }: MessageEvent<ReadyScenario>) => {
  try {
    const experiment = prepareReady(data)
    const trace = recordTrace(experiment, 0, (at) => {
      post({ say: 'share', share: at / experiment.end })
      return false
    })
    const bytes = encodeTrace(trace!).buffer as ArrayBuffer
    post({ say: 'trace', bytes }, [bytes])
  } catch (error) {
    post({ say: 'failed', message: error instanceof Error ? error.message : String(error) })
  }
}
