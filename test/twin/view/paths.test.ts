// Goal: people walk the shortest way. Method: every way from one room of the demonstration hospital, against relaxing every edge until nothing changes.
import { expect, it } from 'vitest'
import { layOut } from '../../../twin/hospital/layout.ts'
import { Paths } from '../../../twin/view/paths.ts'
import { readHospital } from '../hospital/read-hospital.ts'

const { units, places: file } = readHospital('hopital-demo')
const places = layOut(units, file)
const { x, z, floor, edges } = places.graph
const FLOOR_METRES = 24
const lengthOf = (one: number, other: number) =>
  Math.hypot(x[one]! - x[other]!, z[one]! - z[other]!) + FLOOR_METRES * Math.abs(floor[one]! - floor[other]!)

it('is the shortest, from everywhere, and its steps lead there', () => {
  const destination = places.rooms.find(({ kind }) => kind === 'theatre')!.node
  const shortest = x.map(() => Number.POSITIVE_INFINITY)
  shortest[destination] = 0
  for (let isChanged = true; isChanged; ) {
    isChanged = false
    for (const [one, other] of edges)
      for (const [from, to] of [
        [one, other],
        [other, one],
      ] as const) {
        const through = shortest[from]! + lengthOf(one, other)
        if (through >= shortest[to]! - 1e-9) continue
        shortest[to] = through
        isChanged = true
      }
  }
  const paths = new Paths(places)
  for (const node of x.keys()) {
    expect(paths.metres(node, destination)).toBeCloseTo(shortest[node]!, 2)
    let [at, metres] = [node, 0]
    for (let next = paths.toward(at, destination); next >= 0; next = paths.toward(at, destination)) {
      metres += lengthOf(at, next)
      at = next
    }
    expect(at).toBe(destination)
    expect(metres).toBeCloseTo(shortest[node]!, 2)
  }
})
