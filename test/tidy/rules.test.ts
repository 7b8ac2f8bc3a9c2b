// Goal: whoever reads a finding can look its rule up. Method: every rule that the code names has a line in docs/rules.md or docs/lint.md, and every line a rule.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ROOT, sources } from './sources.ts'

/** Names of packages look like names of rules; three rules are put together from what they ask for. */
const NO_RULES = new Set(['bpmn-auto-layout', 'bpmn-moddle'])
const OF_PARTS = ['signal-missing', 'error-missing', 'escalation-missing']

const code = sources(/\.ts$/)
  .filter(({ path }) => /^pathways\/language\/((bpmn|lint)\/|finding\.ts$|compile\.ts$)/.test(path))
  .map(({ text }) => text.replace(/^import .*$/gm, ''))

const namedIn = (text: string) => [...text.matchAll(/'([a-z]+(?:-[a-z]+)+)'/g)].map(([, name]) => name!)
const documented = ['docs/rules.md', 'docs/lint.md'].flatMap((path) =>
  [...readFileSync(join(ROOT, path), 'utf8').matchAll(/^\| (`.*?) \|/gm)].flatMap(([, names]) =>
    [...names!.matchAll(/`([a-z-]+)`/g)].map(([, name]) => name!),
  ),
)
/** Of decision tables: docs/lint.md has them too. */
const OF_DECISIONS = ['table-gap', 'table-overlap']

it('every rule has a line in docs/rules.md or docs/lint.md', () => {
  const named = new Set([...code.flatMap(namedIn), ...OF_PARTS].filter((name) => !NO_RULES.has(name)))
  expect([...named].filter((name) => !documented.includes(name))).toEqual([])
})

it('every line of them is of a rule, and of another one', () => {
  const all = code.join('\n')
  expect(documented.filter((name) => ![...OF_PARTS, ...OF_DECISIONS].includes(name) && !all.includes(`'${name}'`))).toEqual([])
  expect(new Set(documented).size).toBe(documented.length)
})
