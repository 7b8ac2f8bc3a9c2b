/** The thread that checks and proves: one pathway after the other. */
import { parentPort } from 'node:worker_threads'
import { checkPathway } from '../pathways/check.ts'
import type { ProvingAnswer, ProvingQuestion } from './proving.ts'

const port = parentPort!
const answer = (message: ProvingAnswer) => port.postMessage(message)

port.on('message', ({ id, source, budget }: ProvingQuestion) => {
  checkPathway(source, { budget }).then(
    (checked) => answer({ id, checked }),
    // A fault of ours: told to who asked, as it would be in his own thread.
    (error: Error) => answer({ id, error: { message: error.message, stack: error.stack ?? '' } }),
  )
})
