/** TCP ports: a free one, whether one is taken, whether somebody answers. */
import { connect, createServer } from 'node:net'

/** @returns a port nobody listens on now, never the same twice in one process. */
export async function freePort(): Promise<number> {
  const port = await new Promise<number>((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
  if (given.has(port)) return freePort()
  given.add(port)
  return port
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
