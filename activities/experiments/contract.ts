/** What travels between those who simulate and the workflow of one experiment: ids and numbers, never anything of a scenario. */

export interface ExperimentInput {
  id: string
  /** Of the experiment: a stop or an extension ends the one before. */
  generation: number
}

export interface ExperimentSlot extends ExperimentInput {
  /** Of this round, from 0: which chunk it is, the records say. */
  slot: number
}

export interface ExperimentPlan {
  /** The warm-up is to be found before anything is measured. */
  isWarmUpMissing: boolean
  /** How many chunks of replications come next; none when there is no more to do. */
  chunks: number
}

export interface ExperimentEnd extends ExperimentInput {
  state: 'stopped' | 'failed'
  reason: string
}

export interface ExperimentActivities {
  planReplications(input: ExperimentInput): Promise<ExperimentPlan>
  findWarmUp(input: ExperimentInput): Promise<void>
  replicate(slot: ExperimentSlot): Promise<void>
  concludeExperiment(end: ExperimentEnd): Promise<void>
}
