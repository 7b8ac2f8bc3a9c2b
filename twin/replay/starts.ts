/** Who comes, when, as the twin has it: it depends on nothing that happens in the hospital, so it is known before. */
import type { Variables } from '../../pathways/language/feel/value.ts'
import { nextArrival } from '../simulate/arrivals.ts'
import { type ChanceKey, chanceOf, within, wordOf } from '../simulate/chance.ts'
import { createEventHeap, popEvent, pushEvent } from '../simulate/event-heap.ts'
import type { HospitalOptions, Stream } from '../simulate/index.ts'
import type { Extras } from './lines.ts'

/** A run that begins by itself. */
export interface Start {
  at: number
  pathway: string
  patient: string
  variables: Variables
  key: ChanceKey
}

/** Everybody who comes up to a hospital time, inclusive, in the twin's order: by time, then by when it was planned. */
export const startsOf = (options: HospitalOptions, { admitted = [] }: Extras, until: number): Start[] => {
  const chance = chanceOf(options.seed, options.replication ?? 0)
  const heap = createEventHeap<() => Start[]>()
  let sequence = 0
  const plan = (at: number, item: () => Start[]) => pushEvent(heap, { at, kind: 0, sequence: sequence++, item })
  for (const one of admitted) plan(one.at, () => [{ ...one, key: within(chance, wordOf(one.patient)) }])
  for (const stream of options.streams ?? []) planStream(stream)
  const starts: Start[] = []
  for (let next = popEvent(heap); next !== undefined && next.at <= until; next = popEvent(heap)) starts.push(...next.item())
  return starts

  function planStream(stream: Stream): void {
    const position = { index: 0, at: options.start }
    const key = within(chance, wordOf(stream.id))
    let patients = 0
    const planNext = () => {
      if (stream.limit !== undefined && patients >= stream.limit) return
      const arrival = nextArrival(stream.arrivals, position, key, options.site, until)
      if (!arrival) return
      patients++
      plan(arrival.at, () => {
        const those = groupOf(stream, arrival.at, arrival.index, within(key, arrival.index))
        planNext()
        return those
      })
    }
    planNext()
  }
}

/** Those who come together; nobody, when they are turned away. */
const groupOf = (stream: Stream, at: number, index: number, key: ChanceKey): Start[] => {
  const { id, changes, admits, together, variables } = stream
  const pathway = changes?.find(({ from, until }) => at >= from && at < until)?.pathway ?? stream.pathway
  const count = admits?.(at, key) === false ? 0 : (together?.(key) ?? 1)
  return Array.from({ length: count }, (_, place) => {
    const own = place === 0 ? key : within(key, place)
    const patient = place === 0 ? `${id}-${index}` : `${id}-${index}.${place}`
    return { at, pathway, patient, variables: variables.call(stream, index, at, own), key: own }
  })
}
