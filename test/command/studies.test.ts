// Goal: what the docs say of their scenarios is what comes out. Method: every scenario file opens; in the long suite, the study's commands are run and its figures looked for in what they print.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { expect, it } from 'vitest'
import type { Terminal } from '../../command/command.ts'
import { experimentOf, readNamedScenario } from '../../command/scenario.ts'
import { command as search } from '../../command/search.ts'
import { command as simulate } from '../../command/simulate.ts'
import { replicate } from '../../twin/experiment/replicate.ts'

const yamlFiles = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => join(folder, file))
const scenarios = yamlFiles('scenarios').filter((file) => /^(pathways|extends):/m.test(readFileSync(file, 'utf8')))

it('finds the scenarios', () => {
  expect(scenarios.length).toBeGreaterThan(6)
})

it.each(scenarios)('%s opens, and its first hours can be simulated', async (file) => {
  const named = await readNamedScenario(file)
  const experiment = experimentOf({ ...named, scenario: { ...named.scenario, warmUp: 'PT0S', horizon: 'PT6H' } })
  expect(replicate(experiment, 0)!.length).toBeGreaterThan(10)
})

const printed = async (command: typeof simulate, args: string[]): Promise<string> => {
  const parts: string[] = []
  const terminal: Terminal = { out: (text) => void parts.push(text), err: () => {}, input: Readable.from([]), colour: false }
  await command.run([...args, '--language', 'en'], terminal)
  return parts.join('')
}

it.runIf(process.env.PARCOURS_LONG === '1')(
  'every figure of the winter study comes from the command above it',
  async () => {
    const sections = readFileSync('docs/study-winter.md', 'utf8').split('```sh\n').slice(1)
    expect(sections).toHaveLength(4)
    for (const section of sections) {
      const [line, ...rest] = section.split('\n')
      const [name, ...args] = line!.replace('npm run --silent parcours -- ', '').split(' ')
      const text = (await printed(name === 'search' ? search : simulate, args)).replaceAll(/[ ]+/g, ' ')
      const tables = rest.filter((each) => each.startsWith('| ')).join('\n')
      for (const [figure] of tables.matchAll(/[+-]?\d+\.\d{2,}/g)) expect(text, line).toContain(figure)
    }
  },
  600_000,
)
