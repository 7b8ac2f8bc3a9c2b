/**
 * Runs a program that knows nothing of us (Temporal's server) so that it never outlives its supervisor: the supervisor holds the other end of
 * an IPC channel, which the system closes however the supervisor ends, kill -9 included. Then, or on SIGTERM, the program is asked to
 * end, and killed if it does not. Plain JavaScript without dependencies: it starts in a few hundredths of a second.
 * usage: guard.mjs PROGRAM [ARGUMENT…]
 */
import { spawn } from 'node:child_process'

const PATIENCE_MS = 8_000

const [program, ...args] = process.argv.slice(2)
const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'] })
let stopping = false

const stop = () => {
  if (stopping) return
  stopping = true
  child.kill('SIGTERM')
  setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS)
}

// Closed while we were being loaded: nobody will say so again.
if (process.connected === false) stop()
process.on('disconnect', stop)
process.on('SIGTERM', stop)
process.on('SIGINT', stop)
child.on('error', (error) => {
  console.error(error.message)
  process.exit(1)
})
child.on('exit', (code, signal) => {
  if (signal && !stopping) console.error(`ended by ${signal}`)
  process.exit(stopping ? 0 : (code ?? 1))
})
