/** The worker that checks drawings, as the page asks it: one for all, begun with the first question. */
import type { Answer, Question, Questions } from './contract.ts'

interface Asked {
  resolve: (answer: never) => void
  reject: (error: Error) => void
}

let worker: Worker | null = null
const asked = new Map<number, Asked>()
let questions = 0

/** @throws Error with what the worker says, or when it is lost; the next question begins it anew. */
export function prove<Kind extends keyof Questions>(
  kind: Kind,
  question: Questions[Kind]['asked'],
): Promise<Questions[Kind]['answer']> {
  worker ??= begun()
  const id = ++questions
  const answered = new Promise<Questions[Kind]['answer']>((resolve, reject) =>
    asked.set(id, { resolve: resolve as Asked['resolve'], reject }),
  )
  worker.postMessage({ id, kind, asked: question } as Question)
  return answered
}

function begun(): Worker {
  const made = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
  made.onmessage = ({ data }: MessageEvent<Answer>) => {
    const waiting = asked.get(data.id)
    asked.delete(data.id)
    if ('error' in data) waiting?.reject(new Error(data.error))
    else waiting?.resolve(data.answer as never)
  }
  made.onerror = ({ message }) => {
    worker = null
    made.terminate()
    for (const { reject } of asked.values()) reject(new Error(message))
    asked.clear()
  }
  return made
}
