/** One replication, recorded to be looked at. */
import { type Tracing, traceOf } from '../trace/simulated.ts'
import type { Trace } from '../trace/trace.ts'
import type { Experiment } from './prepare.ts'
import { type Progress, replicate } from './replicate.ts'
import { closuresOf, tracedInterventions } from './traced-interventions.ts'

/**
 * The trace of a replication, by the general simulator; the measures of others stay what they are.
 * @returns null when `progress` stopped it.
 */
export const recordTrace = (experiment: Experiment, replication: number, progress?: Progress): Trace | null => {
  const { scenario, options, end } = experiment
  const tracing: Tracing = traceOf({ ...options, replication }, scenario.name, scenario.hospital.places)
  if (!replicate(experiment, replication, progress, tracing.observer)) return null
  const trace = tracing.finish(end)
  trace.interventions = tracedInterventions(scenario)
  trace.closures = closuresOf(options.unitChanges ?? [], trace.units)
  return trace
}
