/** Who comes by a stream, one after the other. */
import type { Variables } from '../../pathways/language/feel/value.ts'
import { type ArrivalPosition, nextArrival } from './arrivals.ts'
import { ArrivingByRates } from './arriving.ts'
import { type ChanceKey, within, wordOf } from './chance.ts'
import type { HospitalOptions, Stream } from './options.ts'

export class Source {
  readonly stream: Stream
  /** The stream's chance. */
  readonly key: ChanceKey
  /** The next arrival: when, and its number. */
  at = 0
  index = 0
  /** It has been planned, and has not come yet. */
  isPlanned = false
  readonly #site: HospitalOptions['site']
  readonly #byRates: ArrivingByRates | null
  readonly #position: ArrivalPosition
  #planned: number

  /** @param chance of the replication. @param position where it stands, in a hospital that goes on from another. */
  constructor(
    stream: Stream,
    chance: ChanceKey,
    { site, start }: Pick<HospitalOptions, 'site' | 'start'>,
    position: ArrivalPosition = { index: 0, at: start },
  ) {
    const { arrivals } = stream
    this.stream = stream
    this.key = within(chance, wordOf(stream.id))
    this.#site = site
    this.#byRates = 'rates' in arrivals ? new ArrivingByRates(arrivals.rates, this.key, site, position) : null
    this.#position = position
    this.#planned = position.patients ?? 0
  }

  /** What comes next has been planned already, as arrival number `index`. */
  expect(index: number): void {
    this.index = index
    this.isPlanned = true
  }

  /** Goes on to the next arrival; false when none comes until then, and the next call tries again. */
  plan(until: number): boolean {
    this.isPlanned = this.#goOn(until)
    return this.isPlanned
  }

  #goOn(until: number): boolean {
    const { stream } = this
    const byRates = this.#byRates
    if (stream.limit !== undefined && this.#planned >= stream.limit) return false
    if (byRates) {
      if (!byRates.advance(until)) return false
      this.at = Math.round(byRates.at)
      this.index = byRates.index
    } else {
      const arrival = nextArrival(stream.arrivals, this.#position, this.key, this.#site, until)
      if (!arrival) return false
      this.at = arrival.at
      this.index = arrival.index
    }
    this.#planned++
    return true
  }
}

/** The pathway that those take who come at a time. */
export const pathwayAt = ({ changes, pathway }: Stream, at: number): string =>
  changes?.find(({ from, until }) => at >= from && at < until)?.pathway ?? pathway

/**
 * Tells of each who comes with one arrival: nobody where they are turned away, several where they come together.
 * @param key the stream's chance. @param take is given a name, the chance and the variables of each.
 */
export const eachArriving = (
  stream: Stream,
  index: number,
  at: number,
  key: ChanceKey,
  take: (patient: string, own: ChanceKey, variables: Variables) => void,
): void => {
  const { id } = stream
  const arrival = within(key, index)
  const together = stream.admits?.(at, arrival) === false ? 0 : (stream.together?.(arrival) ?? 1)
  for (let place = 0; place < together; place++) {
    // The first of a group is who comes where nobody else does.
    const own = place === 0 ? arrival : within(arrival, place)
    take(place === 0 ? `${id}-${index}` : `${id}-${index}.${place}`, own, stream.variables(index, at, own))
  }
}
