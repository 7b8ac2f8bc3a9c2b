/** The conformance suite: the same table for every host; what a host cannot do it lists, with the reason. */
import { describe, expect, it } from 'vitest'
import type { ConformanceCase } from './case.ts'
import { cases } from './cases/index.ts'
import { linesOf, type Trace } from './trace.ts'

export interface HostDriver {
  name: string
  /** Plays a case to its end. */
  play(example: ConformanceCase): Promise<Trace>
  /** Cases by name that this host cannot play, and why. */
  skips?: Record<string, string>
  /** The cases to play, all of them unless given. */
  sample?: (example: ConformanceCase, index: number) => boolean
}

export function conformance(driver: HostDriver): void {
  const { skips = {}, sample = () => true } = driver
  const played = cases.filter((example, index) => sample(example, index) && !(example.name in skips))
  describe(`BPMN on ${driver.name}`, () => {
    it('leaves out only cases that there are', () => {
      expect(cases.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(skips)))
    })
    it.each(played)('$concept: $name', (example) =>
      driver.play(example).then(({ text, variables }) => {
        expect(text).toBe(linesOf(example.expected))
        expect(variables).toMatchObject(example.variables ?? {})
      }),
    )
  })
}
