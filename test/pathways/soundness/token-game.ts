/** Tasks, exclusive and parallel gateways played as tokens on flows, one element at a time: what a proof is compared with. It shares nothing with it. */

export interface Graph {
  /** Elements between the start, which is the first's source, and the end. */
  kinds: ('task' | 'exclusive' | 'parallel')[]
  /** For each element, where its flows lead; the number of elements stands for the end. */
  targets: number[][]
}

export interface Played {
  optionToComplete: boolean
  properCompletion: boolean
  dead: number[]
}

interface Position {
  /** Tokens by flow, then tasks under way by element, then how often the end was reached, 2 at most. */
  counts: number[]
  next: number[]
}

const TOKENS_MAX = 3
const POSITIONS_MAX = 3_000

/** Every position there is; null when tokens gather without end, or there are too many positions. */
export function play({ kinds, targets }: Graph): Played | null {
  const end = kinds.length
  const flows = [{ source: -1, target: 0 }, ...targets.flatMap((to, source) => to.map((target) => ({ source, target })))]
  const from = (element: number) => flows.flatMap(({ source }, flow) => (source === element ? [flow] : []))
  const into = (element: number) => flows.flatMap(({ target }, flow) => (target === element ? [flow] : []))
  const busy = (element: number) => flows.length + element
  const changed = (counts: number[], less: number[], more: number[]) => {
    const copy = [...counts]
    for (const place of less) copy[place]!--
    for (const place of more) copy[place]!++
    const ends = busy(end)
    copy[ends] = Math.min(2, copy[ends]!)
    return copy
  }
  const moves = (counts: number[]): number[][] => {
    const holds = (place: number) => counts[place]! > 0
    const ended = into(end)
      .filter(holds)
      .map((flow) => changed(counts, [flow], [busy(end)]))
    return kinds.reduce((all, kind, element) => {
      const arrived = into(element).filter(holds)
      if (kind === 'parallel') {
        if (arrived.length === into(element).length) all.push(changed(counts, arrived, from(element)))
      } else if (kind === 'exclusive') {
        for (const flow of arrived) for (const way of from(element)) all.push(changed(counts, [flow], [way]))
      } else {
        for (const flow of arrived) all.push(changed(counts, [flow], [busy(element)]))
        if (holds(busy(element))) all.push(changed(counts, [busy(element)], from(element)))
      }
      return all
    }, ended)
  }

  const begin = [1, ...new Array<number>(flows.length + end).fill(0)]
  const numbers = new Map([[begin.join(), 0]])
  const positions: Position[] = [{ counts: begin, next: [] }]
  for (let at = 0; at < positions.length; at++) {
    const { counts, next } = positions[at]!
    if (counts.some((count) => count > TOKENS_MAX) || positions.length > POSITIONS_MAX) return null
    for (const move of moves(counts)) {
      const key = move.join()
      if (!numbers.has(key)) numbers.set(key, positions.push({ counts: move, next: [] }) - 1)
      next.push(numbers.get(key)!)
    }
  }
  const isOver = ({ counts }: Position) => counts.slice(0, -1).every((count) => count === 0)
  const canEnd = positions.map(isOver)
  for (let isNew = true; isNew; ) {
    isNew = false
    positions.forEach(({ next }, at) => {
      if (canEnd[at] || !next.some((later) => canEnd[later])) return
      canEnd[at] = true
      isNew = true
    })
  }
  return {
    optionToComplete: canEnd.every(Boolean),
    properCompletion: positions.every(({ counts }) => counts.at(-1)! < 2),
    dead: kinds.flatMap((kind, element) =>
      kind === 'task' && positions.every(({ counts }) => counts[busy(element)] === 0) ? [element] : [],
    ),
  }
}
