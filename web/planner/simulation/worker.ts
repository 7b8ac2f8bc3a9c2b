/** A worker that simulates for the planner's page. */
import type { Question } from './protocol.ts'
import { Simulating } from './simulating.ts'

// A message to oneself comes after those that wait already, and at once: a timer would be held back.
const { port1, port2 } = new MessageChannel()
let goOn: () => void = () => {}
port1.onmessage = () => goOn()
const breathe = () =>
  new Promise<void>((resolve) => {
    goOn = resolve
    port2.postMessage(null)
  })

const simulating = new Simulating((answer) => self.postMessage(answer), breathe)
self.onmessage = ({ data }: MessageEvent<Question>) => simulating.hear(data)
