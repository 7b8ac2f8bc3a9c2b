/** How long an element takes: by class where there is one for what FEEL gives, else as for all. */
import type { Closure } from '../../pathways/language/feel/evaluate.ts'
import type { Value } from '../../pathways/language/feel/value.ts'
import type { ProgramNode } from '../../pathways/language/program.ts'
import { type Sampler, samplerOf } from './distributions.ts'

export interface Lasting {
  duration: Sampler | null
  durationBy: { value: Closure; samplers: Map<string, Sampler> } | null
}

/** Work whose duration goes by class, come to by a class that has none: nobody can know how long it takes. */
export class UnnamedClass extends Error {
  /** @param value what the class is, where that is known. */
  constructor({ id, durationBy }: Pick<ProgramNode, 'id' | 'durationBy'>, value?: Value) {
    const named = Object.keys(durationBy?.durations ?? {}).join(', ')
    const what = value === undefined ? 'a class that has none' : `${classOf(value)}, which has none`
    super(`${id}: how long it takes goes by class, and somebody comes of ${what}. There is ${named}: add it, or say "otherwise".`)
    this.name = 'UnnamedClass'
  }
}

/** @param expressions of its program, by index. */
export const lastingOf = (
  node: Pick<ProgramNode, 'id' | 'event' | 'duration' | 'durationBy'>,
  expressions: Closure[],
): Lasting => {
  const { duration, durationBy, event } = node
  // An event waits as it is drawn, then.
  const otherwise = durationBy && event === null ? unnamed(node) : null
  return {
    duration: duration ? samplerOf(duration) : otherwise,
    durationBy: durationBy
      ? {
          value: expressions[durationBy.expression]!,
          samplers: new Map(Object.entries(durationBy.durations).map(([value, each]) => [value, samplerOf(each)])),
        }
      : null,
  }
}

const unnamed = (node: Pick<ProgramNode, 'id' | 'durationBy'>): Sampler => {
  return () => {
    throw new UnnamedClass(node)
  }
}

/** What a value is called among the classes. */
export const classOf = (value: Value): string => (typeof value === 'string' ? value : JSON.stringify(value))
