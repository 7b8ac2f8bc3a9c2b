// Goal: suites get the services they ask for, without further ado.
import { expect, it } from 'vitest'
import { answers } from '../../start/ports.ts'
import { testTemporal } from './index.ts'

it('one Temporal server for all', async () => {
  const [first, second] = await Promise.all([testTemporal(), testTemporal()])
  expect(first).toEqual(second)
  const [host, port] = first.address.split(':')
  expect(await answers(host!, Number(port), 1_000)).toBe(true)
})
