// Goal: who draws is offered every connector there is, and no other. Method: the catalogue against what the worker makes.
import { expect, it } from 'vitest'
import { CONNECTORS } from '../../activities/catalogue.ts'
import { createActivities } from '../../activities/connectors.ts'
import { dependenciesWith, MemoryRecords } from './memory-records.ts'

it('names the connectors that the worker has', () => {
  const there = Object.keys(createActivities(dependenciesWith(new MemoryRecords())))
  expect(CONNECTORS.map(({ name }) => name).sort()).toEqual(there.sort())
})

it.each(CONNECTORS)('$name asks for what it cannot do without', async ({ name, inputs }) => {
  const given = Object.fromEntries(inputs.map((input) => [input, 'x']))
  const done = createActivities(dependenciesWith(new MemoryRecords()))[name]!({
    run: 'run-1',
    wait: 1,
    element: 'Task',
    inputs: given,
  })
  await done.catch((error: Error) => expect(error.message).not.toContain('gave no'))
})
