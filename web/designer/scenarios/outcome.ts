/** How a run ended, in words. */
import { text } from '../../shared/language.ts'

const OUTCOMES = {
  completed: 'outcome.completed',
  failed: 'outcome.failed',
  stuck: 'outcome.stuck',
  unfinished: 'outcome.unfinished',
} as const
export const outcomeOf = (outcome: string): string => text(OUTCOMES[outcome as keyof typeof OUTCOMES] ?? 'outcome.unfinished')
