/** m1 as nothing but m1: a heap of departures, a queue, a loop. What any general simulator costs is seen against it. */
import { chanceOf, openUniform, Purpose, within } from '../../twin/simulate/chance.ts'

/** The mean wait, minutes, of customers of an M/M/5 at 0.9. */
export const handWrittenM1 = (customers: number, seed: number): number => {
  const key = chanceOf(seed, 0)
  const free = new Float64Array(5)
  let [at, waited] = [0, 0]
  for (let customer = 0; customer < customers; customer++) {
    const own = within(key, customer)
    at -= Math.log(openUniform(own, Purpose.arrival, 0)) / 4.5
    let first = 0
    for (let server = 1; server < 5; server++) if (free[server]! < free[first]!) first = server
    const begins = Math.max(at, free[first]!)
    waited += begins - at
    free[first] = begins - Math.log(openUniform(own, Purpose.duration, 0))
  }
  return waited / customers
}
