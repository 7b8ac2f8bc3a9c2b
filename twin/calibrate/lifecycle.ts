/** The words that logs have for the steps of work: IEEE 1849 (XES), Parcours' own facts, and what people write. */
import type { Step } from './assemble.ts'

const STEPS: Record<string, Step> = {}
for (const [step, words] of [
  ['asked', 'schedule scheduled enabled enable enqueue queued ready created requested asked assign assigned demande'],
  ['start', 'start started begin begun granted inprogress resume debut'],
  ['end', 'complete completed end ended finish finished done closed autoskip fin termine'],
] as const)
  for (const word of words.split(' ')) STEPS[word] = step

/** Null for what says neither: suspended, withdrawn, aborted. */
export const stepOf = (word: string): Step | null => {
  const key = word
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z]/g, '')
  return Object.hasOwn(STEPS, key) ? STEPS[key]! : null
}
