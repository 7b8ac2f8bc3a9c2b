/** TCP ports: a free one, whether one is taken, whether somebody answers. */
import { randomInt } from 'node:crypto'
import { connect, createServer } from 'node:net'

/**
 * Where free ports are looked for: below those that systems give to outgoing connections (from 32768 on Linux), one of which could take a
 * port between its choice and its use, or while its process is being started again.
 */
const PORT_MIN = 20_000
const PORT_MAX = 32_767
const ATTEMPTS_MAX = 200

/** @returns a port nobody listens on now, never the same twice in one process. @throws Error when none is found. */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
    const port = randomInt(PORT_MIN, PORT_MAX + 1)
    if (given.has(port)) continue
    given.add(port)
    if (!(await isPortBusy(port))) return port
  }
  throw new Error(`No free port between ${PORT_MIN} and ${PORT_MAX} was found.`)
}
const given = new Set<number>()

/** True when nothing could listen there: taken on any address, or not allowed. */
export async function isPortBusy(port: number): Promise<boolean> {
  for (const host of ['127.0.0.1', '0.0.0.0', '::']) {
    const problem = await new Promise<NodeJS.ErrnoException | null>((resolve) => {
      const server = createServer()
      server.on('error', resolve)
      server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(null)))
    })
    if (problem && problem.code !== 'EAFNOSUPPORT' && problem.code !== 'EADDRNOTAVAIL') return true
  }
  return false
}

/** True when a TCP connection is accepted in time. */
export function answers(host: string, port: number, timeMsMax: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port })
    const end = (yes: boolean) => {
      socket.destroy()
      resolve(yes)
    }
    socket.setTimeout(timeMsMax, () => end(false))
    socket.on('connect', () => end(true))
    socket.on('error', () => end(false))
  })
}
