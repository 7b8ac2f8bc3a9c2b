/** How long an element takes: by class where there is one for what FEEL gives, else as for all. */
import type { Closure } from '../../pathways/language/feel/evaluate.ts'
import type { Value } from '../../pathways/language/feel/value.ts'
import type { ProgramNode } from '../../pathways/language/program.ts'
import { type Sampler, samplerOf } from './distributions.ts'

export interface Lasting {
  duration: Sampler | null
  durationBy: { value: Closure; samplers: Map<string, Sampler> } | null
}

/** @param expressions of its program, by index. */
export const lastingOf = (
  { duration, durationBy }: Pick<ProgramNode, 'duration' | 'durationBy'>,
  expressions: Closure[],
): Lasting => ({
  duration: duration && samplerOf(duration),
  durationBy: durationBy
    ? {
        value: expressions[durationBy.expression]!,
        samplers: new Map(Object.entries(durationBy.durations).map(([value, each]) => [value, samplerOf(each)])),
      }
    : null,
})

/** What a value is called among the classes. */
export const classOf = (value: Value): string => (typeof value === 'string' ? value : JSON.stringify(value))
