/** Checks and proofs in a thread of their own: a proof may take seconds, for which everybody else is answered as ever. */
import { Worker } from 'node:worker_threads'
import type { CheckedPathway } from '../pathways/check.ts'
import type { Source } from '../pathways/language/compile.ts'

export interface ProvingQuestion {
  id: number
  source: Source
  budget: number
}

export type ProvingAnswer = { id: number; checked: CheckedPathway } | { id: number; error: { message: string; stack: string } }

/** Longer than any proof of the budget takes: what is slower is stuck. */
const PATIENCE_MS = 60_000

interface Asked {
  resolve: (checked: CheckedPathway) => void
  reject: (error: Error) => void
}

/** The thread, from the first question on; begun anew after it was lost. It keeps no process alive. */
let thread: { worker: Worker; asked: Map<number, Asked> } | null = null
let questions = 0

/**
 * What `checkPathway` says, worked out elsewhere; questions are answered one after the other.
 * @throws Error when the thread is lost, or does not answer within a minute.
 */
export const proveElsewhere = (source: Source, budget: number): Promise<CheckedPathway> =>
  new Promise((resolve, reject) => {
    thread = thread ?? begun()
    const { worker, asked } = thread
    const id = ++questions
    const late = setTimeout(() => void worker.terminate(), PATIENCE_MS)
    const settled = () => {
      clearTimeout(late)
      asked.delete(id)
      if (asked.size === 0) worker.unref()
    }
    asked.set(id, {
      resolve: (checked) => {
        settled()
        resolve(checked)
      },
      reject: (error) => {
        settled()
        reject(error)
      },
    })
    worker.ref()
    worker.postMessage({ id, source, budget } satisfies ProvingQuestion)
  })

function begun(): NonNullable<typeof thread> {
  const worker = new Worker(new URL('./proving-worker.mjs', import.meta.url))
  const asked = new Map<number, Asked>()
  worker.on('message', (answer: ProvingAnswer) => {
    const waiting = asked.get(answer.id)
    if ('checked' in answer) waiting?.resolve(answer.checked)
    else waiting?.reject(Object.assign(new Error(answer.error.message), { stack: answer.error.stack }))
  })
  const lose = (error: Error) => {
    if (thread?.worker === worker) thread = null
    for (const waiting of [...asked.values()]) waiting.reject(error)
  }
  worker.on('error', lose)
  worker.on('exit', () => lose(new Error('The thread that proves pathways has ended; ask again')))
  return { worker, asked }
}
