/** What a browser's worker does for `same-bytes.test.ts`: simulates what it is sent, and sends what was measured. */
import type { Program } from '../../pathways/language/program.ts'
import { prepareExperiment } from '../../twin/experiment/prepare.ts'
import { replicate } from '../../twin/experiment/replicate.ts'
import type { ScenarioFile } from '../../twin/experiment/schema.ts'
import { tracing } from '../../twin/experiment/trace.ts'

export interface Simulated {
  scenario: ScenarioFile
  programs: [string, Program[]][]
}

/** Measures of some replications, by whatever simulator is chosen for them, and all that happens in the first. */
export const bytesOf = (given: Simulated[], replications: number): string =>
  JSON.stringify(
    given.map(({ scenario, programs }) => {
      const experiment = prepareExperiment(scenario, new Map(programs))
      const { observer, trace } = tracing(experiment.options.programs)
      replicate(experiment, 0, undefined, observer)
      return { measures: Array.from({ length: replications }, (_, replication) => replicate(experiment, replication)), trace }
    }),
  )

// In a worker there is no document, and in Node there is no `self`.
if (typeof self !== 'undefined' && typeof document === 'undefined' && 'importScripts' in self)
  self.onmessage = ({ data }: MessageEvent<{ given: Simulated[]; replications: number }>) =>
    self.postMessage(bytesOf(data.given, data.replications))
