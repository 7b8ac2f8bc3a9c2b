// Goal: suites get the services they ask for, without further ado.
import postgres from 'postgres'
import { expect, it } from 'vitest'
import { answers } from '../../start/ports.ts'
import { testDatabase, testTemporal } from './index.ts'

it('a database each', async () => {
  const [first, second] = await Promise.all([testDatabase(), testDatabase()])
  expect(first.url).not.toBe(second.url)
  const sql = postgres(first.url, { max: 1 })
  expect([...(await sql`select 1 as one`)]).toEqual([{ one: 1 }])
  await sql.end()
  await Promise.all([first.drop(), second.drop()])
})

it('one Temporal server for all', async () => {
  const [first, second] = await Promise.all([testTemporal(), testTemporal()])
  expect(first).toEqual(second)
  const [host, port] = first.address.split(':')
  expect(await answers(host!, Number(port), 1_000)).toBe(true)
})
