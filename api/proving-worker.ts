/** The thread that checks, proves and plays: one pathway after the other. */
import { parentPort } from 'node:worker_threads'
import { checkPathway } from '../pathways/check.ts'
import { coverageOf, testScenarios } from '../twin/rehearse/scenario-test.ts'
import { RehearsalError } from '../twin/rehearse/script.ts'
import type { ProvingAnswer, ProvingQuestion } from './proving.ts'

const port = parentPort!

port.on('message', ({ id, question }: { id: number; question: ProvingQuestion }) => {
  answerTo(question).then(
    (answer) => port.postMessage({ id, answer }),
    // A fault of ours: told to who asked, as it would be in his own thread.
    (error: Error) => port.postMessage({ id, answer: { error: { message: error.message, stack: error.stack ?? '' } } }),
  )
})

async function answerTo(question: ProvingQuestion): Promise<ProvingAnswer> {
  const { known } = question
  if (question.kind === 'check') return { checked: await checkPathway(question.source, { budget: question.budget, known }) }
  const { program, file } = question
  try {
    const results = [...testScenarios([program, ...known], file)]
    const scenarios = results.map(({ name, unmet, end: { outcome, at } }) => ({
      name,
      ok: unmet.length === 0,
      outcome,
      at,
      unmet,
    }))
    return { played: { scenarios, coverage: coverageOf(program, results) } }
  } catch (error) {
    if (error instanceof RehearsalError) return { refused: error.message }
    throw error
  }
}
