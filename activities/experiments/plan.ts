/** How the replications that come next are shared out. */

/** At once in Temporal: enough for many machines, few enough for its history. */
export const CHUNKS_MAX = 64
const CHUNK_MS = 2_000
const CHUNK_REPLICATIONS_MAX = 1_000

/** How many replications go together, so that a chunk takes about two seconds; one, before it is known how long one takes. */
export const chunkSize = (finished: number, simulatedMs: number): number =>
  finished === 0 ? 1 : Math.min(CHUNK_REPLICATIONS_MAX, Math.max(1, Math.floor((CHUNK_MS * finished) / Math.max(1, simulatedMs))))

/** Runs of consecutive numbers, none longer than `size`. @param numbers in order. */
export const chunksOf = (numbers: number[], size: number): [first: number, count: number][] => {
  const chunks: [number, number][] = []
  for (const number of numbers) {
    const last = chunks.at(-1)
    if (last && last[0] + last[1] === number && last[1] < size) last[1]++
    else chunks.push([number, 1])
  }
  return chunks.slice(0, CHUNKS_MAX)
}
