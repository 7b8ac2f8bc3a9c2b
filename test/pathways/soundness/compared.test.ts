// Goal: the proof neither misses what is wrong nor finds what is not. Method: random small graphs, most of them wrong, against a token game that shares nothing with the engine.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compile } from '../../../pathways/language/compile.ts'
import { proveProcess } from '../../../pathways/soundness/prove.ts'
import { single } from '../../conformance/model.ts'
import { type Graph, play } from './token-game.ts'

const seed = Number(process.env.PARCOURS_SEED ?? 20_261_126)

/** Every element has a way in, none leads twice to the same. */
const graphs: fc.Arbitrary<Graph> = fc.integer({ min: 2, max: 6 }).chain((size) =>
  fc
    .record({
      kinds: fc.array(fc.constantFrom('task' as const, 'exclusive' as const, 'parallel' as const), {
        minLength: size,
        maxLength: size,
      }),
      targets: fc.array(fc.uniqueArray(fc.integer({ min: 0, max: size }), { minLength: 1, maxLength: 2 }), {
        minLength: size,
        maxLength: size,
      }),
    })
    .filter(({ targets }) => {
      const reached = new Set(targets.flat())
      return targets.every((_, element) => element === 0 || reached.has(element)) && reached.has(size)
    }),
)

const TAGS = { task: 'task', exclusive: 'exclusiveGateway', parallel: 'parallelGateway' }

function bpmnOf({ kinds, targets }: Graph): string {
  const name = (element: number) => (element === kinds.length ? 'end' : `n${element}`)
  const flows = targets.flatMap((to, source) =>
    to.map((target) => {
      const condition = kinds[source] === 'exclusive' && to.length > 1 ? ' if x' : ''
      return `flow: ${name(source)} > ${name(target)}${condition}`
    }),
  )
  const elements = kinds.map((kind, element) => `<${TAGS[kind]} id="n${element}"/>`)
  return single(['<startEvent id="start"/><endEvent id="end"/>', ...elements, 'flow: start > n0', ...flows].join('\n'))
}

/** Whether gateways alone lead round. */
function hasGatewayLoop({ kinds, targets }: Graph): boolean {
  const reaches = (from: number, to: number, seen: Set<number>): boolean =>
    targets[from]!.some((next) => {
      if (next === kinds.length || kinds[next] === 'task' || seen.has(next)) return false
      return next === to || reaches(next, to, seen.add(next))
    })
  return kinds.some((kind, element) => kind !== 'task' && reaches(element, element, new Set()))
}

describe(`any small graph (seed ${seed})`, () => {
  it('is judged as the token game judges it', { timeout: 60_000 }, async () => {
    const met = { sound: 0, stuck: 0, improper: 0, dead: 0 }
    await fc.assert(
      fc.asyncProperty(graphs, async (graph) => {
        const played = play(graph)
        const { programs, drawings } = await compile({ bpmn: bpmnOf(graph) })
        const program = programs[0] ?? drawings[0]
        if (!played || !program) return
        const { optionToComplete, properCompletion, deadActivities, complete } = proveProcess(program, { budget: 5_000 })
        if (!complete) return
        const dead = played.dead.map((element) => `n${element}`)
        expect(optionToComplete).toBe(played.optionToComplete)
        // A run that goes round without waiting is stopped whole, so that what is beside the loop does not go on.
        const isStopped = !optionToComplete && hasGatewayLoop(graph)
        if (!isStopped)
          expect({ properCompletion, deadActivities }).toEqual({
            properCompletion: played.properCompletion,
            deadActivities: dead,
          })
        if (!optionToComplete) met.stuck++
        else if (!properCompletion) met.improper++
        else if (dead.length > 0) met.dead++
        else met.sound++
      }),
      { numRuns: 600, seed },
    )
    expect(Object.entries(met).filter(([kind, count]) => kind !== 'dead' && count < 10)).toEqual([])
  })
})
