// Goal: docs/conformance.md says what is in the table, and how much. Method: it is made here from both halves of it; `npx vitest run test/conformance/published.test.ts --update` writes it again.
import { expect, it } from 'vitest'
import { cases } from './cases/index.ts'
import { illegal } from './illegal/index.ts'

const cell = (text: string) => text.replaceAll('|', '\\|')
const groupedBy = <Item>(items: readonly Item[], keyOf: (item: Item) => string): [string, Item[]][] => {
  const groups = new Map<string, Item[]>()
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item])
  return [...groups]
}

it('the published table is the one that is played', async () => {
  const refused = Object.values(illegal).flat()
  const legal = groupedBy(cases, ({ concept }) => concept).map(
    ([concept, own]) => `| ${cell(concept)} | ${own.length} | ${own.map(({ name }) => cell(name)).join('; ')} |`,
  )
  const rules = groupedBy(refused, ([rule]) => rule).map(
    ([rule, own]) => `| \`${rule}\` | ${own.length} | ${[...new Set(own.map(([, section]) => section))].join(', ')} |`,
  )
  await expect(
    `# The conformance table

${cases.length} cases are played and compared line by line with what must happen: in memory, in memory with the instance saved and loaded at every step, and on Temporal
(a sample by \`npm test\`, all of them by \`npm run test:long\`). ${refused.length} illegal files are refused, each by its rule and element, in French and English, and as many legal twins
are not: ${cases.length + 2 * refused.length} models in all. They stand in \`test/conformance/cases/\` and \`test/conformance/illegal/\`; this page is made from them.

| | models | what must come of them |
| --- | --- | --- |
| legal, played on both hosts | ${cases.length} | the expected trace, outcome and variables |
| illegal | ${refused.length} | refused: the rule, the element, what to do |
| legal twins of the illegal ones | ${refused.length} | not refused |

## Legal: what is played
| concept | cases | |
| --- | --- | --- |
${legal.join('\n')}

## Illegal: what is refused
The rules are told in [rules.md](rules.md).

| rule | files | sections |
| --- | --- | --- |
${rules.join('\n')}
`,
  ).toMatchFileSnapshot('../../docs/conformance.md')
})
