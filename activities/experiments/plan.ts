/** How the replications that come next are shared out. */

const CHUNKS_MIN = 8
/** At once in Temporal: few enough for its history. */
const CHUNKS_MAX = 512
/** For each thread of the last round: enough to keep all busy, and few enough that others' experiments, and chunks that a killed worker left, come soon. */
const CHUNKS_PER_THREAD = 4
const CHUNK_MS = 2_000
const CHUNK_REPLICATIONS_MAX = 1_000

/** How many replications go together, so that a chunk takes about two seconds; one, before it is known how long one takes. */
export const chunkSize = (finished: number, simulatedMs: number): number =>
  finished === 0 ? 1 : Math.min(CHUNK_REPLICATIONS_MAX, Math.max(1, Math.floor((CHUNK_MS * finished) / Math.max(1, simulatedMs))))

/** Of a round. @param threads of the workers that took part in the last one. */
export const chunksMax = (threads: number): number => Math.min(CHUNKS_MAX, Math.max(CHUNKS_MIN, threads * CHUNKS_PER_THREAD))

/** Runs of consecutive numbers, none longer than `size`, `most` of them. @param numbers in order. */
export const chunksOf = (numbers: number[], size: number, most: number): [first: number, count: number][] => {
  const chunks: [number, number][] = []
  for (const number of numbers) {
    const last = chunks.at(-1)
    if (last && last[0] + last[1] === number && last[1] < size) last[1]++
    else chunks.push([number, 1])
  }
  return chunks.slice(0, most)
}
