/** Builds the workflow bundles, in a process of its own because the bundler's memory is not given back. */
import { buildExperimentBundle, buildWorkflowBundle } from '../workflows/bundle.ts'

await buildWorkflowBundle()
await buildExperimentBundle()
