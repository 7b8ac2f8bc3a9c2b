/** Which series are asked for: by name, by the beginning of one, or as a sum under a name of its own. */
import { nearest } from '../yaml/nearest.ts'
import type { Asked } from './forecast.ts'
import type { SeriesName } from './watch.ts'

/** A series that there is not. */
export class UnknownSeries extends Error {
  constructor(word: string, known: string[]) {
    const near = nearest(word, known)
    super(`there is no series "${word}"; ${near ? `did you mean "${near}"?` : `there is ${known.slice(0, 5).join(', ')}, …`}`)
    this.name = 'UnknownSeries'
  }
}

/**
 * @param words `pool.ward-bed.occupied`, `pool.ward-bed.*`, or `inBeds=pool.ward-bed.occupied+pool.icu-bed.occupied`; none asks for what a hospital is usually asked about.
 * @throws UnknownSeries
 */
export const askedOf = (words: string[], names: SeriesName[]): Asked[] =>
  (words.length > 0 ? words : usual(names)).flatMap((word) => asked(word.trim(), names))

/** Patients inside, arrivals, discharges, and of each pool that anybody waits for or that is cleaned or closes: use, queue, boarding, overruns. Not: single elements. */
const usual = (names: SeriesName[]): string[] =>
  names.map(({ name }) => name).filter((name) => /^pool\./.test(name) || /^[^.]+\.(inside|started|completed)$/.test(name))

const asked = (word: string, names: SeriesName[]): Asked[] => {
  const known = names.map(({ name }) => name)
  if (word.endsWith('*')) {
    const beginning = word.slice(0, -1)
    const places = known.flatMap((name, place) => (name.startsWith(beginning) ? [place] : []))
    if (places.length === 0) throw new UnknownSeries(word, known)
    return places.map((place) => ({ ...names[place]!, places: [place] }))
  }
  const [, name, sum] = /^([^=]+)=(.+)$/.exec(word) ?? [word, word, word]
  const places = sum!.split('+').map((part) => {
    const place = known.indexOf(part.trim())
    if (place < 0) throw new UnknownSeries(part.trim(), known)
    return place
  })
  return [{ name: name!.trim(), kind: names[places[0]!]!.kind, places }]
}
