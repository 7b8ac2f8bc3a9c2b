/** Checks, proofs and scenario tests in a thread of their own: they may take seconds, for which everybody else is answered as ever. */
import { Worker } from 'node:worker_threads'
import type { CheckedPathway } from '../pathways/check.ts'
import type { Source } from '../pathways/language/compile.ts'
import type { Program } from '../pathways/language/program.ts'
import type { ScenarioFile } from '../twin/rehearse/scenario-file.ts'
import type { Coverage, Unmet } from '../twin/rehearse/scenario-test.ts'

/** A pathway to check and prove, or its scenario tests to play; `known` are the pathways that it may call. */
export type ProvingQuestion =
  | { kind: 'check'; source: Source; budget: number; known: Program[] }
  | { kind: 'play'; file: ScenarioFile; program: Program; known: Program[] }

export interface PlayedScenarios {
  scenarios: { name: string; ok: boolean; outcome: 'completed' | 'failed' | 'stuck' | 'unfinished'; at: string; unmet: Unmet[] }[]
  coverage: Coverage
}

/** `refused` says what in the scenarios cannot be played. */
export type ProvingAnswer =
  | { checked: CheckedPathway }
  | { played: PlayedScenarios }
  | { refused: string }
  | { error: { message: string; stack: string } }

/** Longer than any proof of the budget takes: what is slower is stuck. */
const PATIENCE_MS = 60_000

interface Asked {
  resolve: (answer: ProvingAnswer) => void
  reject: (error: Error) => void
}

/** The thread, from the first question on; begun anew after it was lost. It keeps no process alive. */
let thread: { worker: Worker; asked: Map<number, Asked> } | null = null
let questions = 0

/**
 * What `checkPathway` says, worked out elsewhere; questions are answered one after the other.
 * @param known the pathways that it may call.
 * @throws Error when the thread is lost, or does not answer within a minute.
 */
export async function proveElsewhere(source: Source, budget: number, known: Program[]): Promise<CheckedPathway> {
  const answer = await ask({ kind: 'check', source, budget, known })
  if ('checked' in answer) return answer.checked
  throw faultOf(answer)
}

/**
 * What comes of scenario tests, worked out elsewhere; a text when they cannot be played, which says why.
 * @throws Error when the thread is lost, or does not answer within a minute.
 */
export async function playElsewhere(file: ScenarioFile, program: Program, known: Program[]): Promise<PlayedScenarios | string> {
  const answer = await ask({ kind: 'play', file, program, known })
  if ('played' in answer) return answer.played
  if ('refused' in answer) return answer.refused
  throw faultOf(answer)
}

const faultOf = (answer: ProvingAnswer): Error =>
  'error' in answer
    ? Object.assign(new Error(answer.error.message), { stack: answer.error.stack })
    : new Error('The thread that proves pathways answered another question')

const ask = (question: ProvingQuestion): Promise<ProvingAnswer> =>
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
      resolve: (answer) => {
        settled()
        resolve(answer)
      },
      reject: (error) => {
        settled()
        reject(error)
      },
    })
    worker.ref()
    worker.postMessage({ id, question })
  })

function begun(): NonNullable<typeof thread> {
  const worker = new Worker(new URL('./proving-worker.mjs', import.meta.url))
  const asked = new Map<number, Asked>()
  worker.on('message', ({ id, answer }: { id: number; answer: ProvingAnswer }) => asked.get(id)?.resolve(answer))
  const lose = (error: Error) => {
    if (thread?.worker === worker) thread = null
    for (const waiting of [...asked.values()]) waiting.reject(error)
  }
  worker.on('error', lose)
  worker.on('exit', () => lose(new Error('The thread that proves pathways has ended; ask again')))
  return { worker, asked }
}
