/** Makes Temporal's SDK download the CLI it recommends into the folder given: it does so when its test environment starts. */
import { TestWorkflowEnvironment } from '@temporalio/testing'

const environment = await TestWorkflowEnvironment.createLocal({
  server: { executable: { type: 'cached-download', downloadDir: process.argv[2] } },
})
await environment.teardown()
