/** How a run ended, and after how long, in words. */
import { millisecondsOf } from '../../../pathways/time/duration.ts'
import { type Language, text } from '../../shared/language.ts'
import { durationText } from '../../shared/times.ts'

const OUTCOMES = {
  completed: 'outcome.completed',
  failed: 'outcome.failed',
  stuck: 'outcome.stuck',
  unfinished: 'outcome.unfinished',
} as const
export const outcomeOf = (outcome: string): string => text(OUTCOMES[outcome as keyof typeof OUTCOMES] ?? 'outcome.unfinished')

/** `PT1H30M` as `1 h 30`; what is no such duration stays as it is. */
export const afterText = (duration: string, language: Language): string => {
  const milliseconds = millisecondsOf(duration)
  return milliseconds === null ? duration : durationText(milliseconds, language)
}
