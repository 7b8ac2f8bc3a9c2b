/** A worker that plays one replication of a scenario and gives back its trace. */
import type { Program } from '../../../pathways/language/program.ts'
import { prepareExperiment } from '../../../twin/experiment/prepare.ts'
import { recordTrace } from '../../../twin/experiment/recorded.ts'
import type { ScenarioFile } from '../../../twin/experiment/schema.ts'
import { encodeTrace } from '../../../twin/trace/file.ts'

export interface TraceOrder {
  scenario: ScenarioFile
  programs: [string, Program[]][]
}
export type TraceReport =
  | { say: 'share'; share: number }
  | { say: 'trace'; bytes: ArrayBuffer }
  | { say: 'failed'; message: string }

const post = (report: TraceReport, transfer: Transferable[] = []) => self.postMessage(report, { transfer })

self.onmessage = ({ data: { scenario, programs } }: MessageEvent<TraceOrder>) => {
  try {
    const experiment = prepareExperiment(scenario, new Map(programs))
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
