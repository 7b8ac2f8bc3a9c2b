/** Where an experiment's workflow is found. */

/** A release's workers work on the experiments of that release alone. @param engine as `experimentEngine` names it. */
export const experimentQueue = (engine: string): string => `experiments-${engine}`

/** The workflow's name. */
export const EXPERIMENT = 'experiment'
