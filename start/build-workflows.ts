/** Builds the workflow bundle, in a process of its own because the bundler's memory is not given back. */
import { buildWorkflowBundle } from '../workflows/bundle.ts'

await buildWorkflowBundle()
