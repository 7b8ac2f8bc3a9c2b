// Goal: chunks cover what is missing, in order, and are as long as they should be. Method: random gaps.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { chunkSize, chunksMax, chunksOf } from '../../../activities/experiments/plan.ts'

it('chunks are the missing numbers in order, as far as they go, none longer than it may be', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.nat(60)),
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 20 }),
      (numbers, size, most) => {
        const missing = numbers.sort((one, other) => one - other)
        const chunks = chunksOf(missing, size, most)
        const covered = chunks.flatMap(([first, count]) => Array.from({ length: count }, (_, index) => first + index))
        expect(covered).toEqual(missing.slice(0, covered.length))
        expect(chunks.length === most || covered.length === missing.length).toBe(true)
        for (const [, count] of chunks) expect(count).toBeLessThanOrEqual(size)
      },
    ),
  )
})

it('a chunk takes about two seconds, once it is known how long a replication does', () => {
  expect([chunkSize(0, 0), chunkSize(10, 200), chunkSize(10, 100_000), chunkSize(5, 0.01)]).toEqual([1, 100, 1, 1_000])
})

it('a round keeps the threads of the last one busy, within what Temporal bears', () => {
  expect([chunksMax(0), chunksMax(1), chunksMax(16), chunksMax(1_000)]).toEqual([8, 8, 64, 512])
})
