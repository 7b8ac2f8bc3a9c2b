// Goal: what cannot be replayed is told before anything is started, with place and remedy.
import { expect, it } from 'vitest'
import { InputError } from '../../command/command.ts'
import { command } from '../../command/replay.ts'

const silent = { out: () => {}, err: () => {}, colour: false, input: process.stdin }

it.each([
  ['nothing', [], 'name one scenario'],
  ['no such file', ['no-such.yaml'], 'no-such.yaml: there is no such file'],
  ['a folder that is no hospital', ['docs'], 'demand.yaml: cannot be read'],
  ['a rate of a clock that stands still', ['scenarios/hopital-demo', '--rate', '60'], '--rate: the clock only runs with --free'],
  ['a rate that is none', ['scenarios/hopital-demo', '--free', '--rate', '0'], '--rate 0'],
  ['a length that is none', ['scenarios/hopital-demo', '--for', 'long'], '--for long: expected a duration'],
])('refuses %s', async (_, args, problem) => {
  const refused = await command.run(args, silent).catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(InputError)
  expect((refused as InputError).message).toContain(problem)
})
