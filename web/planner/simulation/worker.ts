/** A worker that simulates for the planner's page. */
import type { OpenedReplication } from '../../../twin/experiment/going-on.ts'
import type { Question } from './protocol.ts'
import { Simulating } from './simulating.ts'

// A message to oneself comes after those that wait already, and at once: a timer would be held back.
const { port1, port2 } = new MessageChannel()
let goOn: () => void = () => {}
port1.onmessage = () => goOn()

const simulating = new Simulating({
  post: (answer) => self.postMessage(answer),
  breathe: () =>
    new Promise<void>((resolve) => {
      goOn = resolve
      port2.postMessage(null)
    }),
  fetchPrepared: async (address) => {
    try {
      const response = await fetch(address)
      return response.ok ? ((await response.json()) as OpenedReplication) : null
    } catch {
      // The server is away: what it had prepared is made here.
      return null
    }
  },
  now: () => performance.now(),
  measure: (name, start) => void performance.measure(name, { start }),
})
self.onmessage = ({ data }: MessageEvent<Question>) => simulating.hear(data)
