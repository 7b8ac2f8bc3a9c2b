// Goal: a port that was chosen is still free when it is used, whatever else connects meanwhile.
import { createServer } from 'node:net'
import { expect, it } from 'vitest'
import { freePort, isPortBusy } from '../../start/ports.ts'

it('chooses free ports, each once, below those that outgoing connections get', async () => {
  const ports = await Promise.all(Array.from({ length: 50 }, freePort))
  expect(new Set(ports).size).toBe(50)
  expect(Math.min(...ports)).toBeGreaterThan(1_023)
  expect(Math.max(...ports)).toBeLessThan(32_768)
})

it('sees that a port is taken, on any address', async () => {
  const port = await freePort()
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  expect(await isPortBusy(port)).toBe(true)
  await new Promise((resolve) => server.close(resolve))
  expect(await isPortBusy(port)).toBe(false)
})
