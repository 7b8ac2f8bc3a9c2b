/**
 * Loaded into every process of ours before its own code: when the IPC channel to the supervisor closes, however that came about, the process
 * ends as it would on SIGTERM, and for good after a while. So nothing is left behind even if the supervisor is killed with -9.
 */
const PATIENCE_MS = 15_000

// Worker threads load this too, and have no channel.
if (process.send) {
  const stop = () => {
    process.kill(process.pid, 'SIGTERM')
    setTimeout(() => process.exit(1), PATIENCE_MS).unref()
  }
  // Closed while we were being loaded: nobody will say so again.
  if (process.connected === false) stop()
  process.on('disconnect', stop)
  process.channel?.unref()
}
