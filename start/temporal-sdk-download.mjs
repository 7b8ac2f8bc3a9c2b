/** Makes Temporal's SDK download the CLI it recommends into the folder given: it does so when its test environment starts. */

// Whoever wanted it is gone: neither this process nor the server that the SDK tries out may stay. Loading the SDK takes a while: this comes first.
const end = () => process.kill(-process.pid, 'SIGKILL')
if (process.connected === false) end()
process.on('disconnect', end)
process.channel?.unref()

const { TestWorkflowEnvironment } = await import('@temporalio/testing')
const environment = await TestWorkflowEnvironment.createLocal({
  server: { executable: { type: 'cached-download', downloadDir: process.argv[2] } },
})
await environment.teardown()
