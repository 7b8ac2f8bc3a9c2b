// Goal: what a table's rules leave open and where they meet is told exactly, in bounded time, and never invented.
// Method: small tables with known answers, then random ones compared with a search of every combination (the seed is printed by fast-check).
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compiled, decision, escaped, input, literal, model, traceOf } from './model.ts'

interface Given {
  inputs: { name: string; type?: string; values?: string }[]
  rules: string[][]
  policy?: string
  fallback?: string
}

const items = `<itemDefinition name="tLevel"><typeRef>string</typeRef><allowedValues><text>"low","middle","high"</text></allowedValues></itemDefinition>`

/** The last cell of a rule is its output. */
const tableOf = ({ inputs, rules, policy = 'UNIQUE', fallback = '' }: Given) =>
  model(
    `${items}${inputs.map(({ name, type }) => input(name, type)).join('')}${decision(
      'd',
      `<decisionTable id="t" hitPolicy="${policy}">${inputs
        .map(
          ({ name, values }) =>
            `<input><inputExpression><text>${name}</text></inputExpression>${values ? `<inputValues><text>${escaped(values)}</text></inputValues>` : ''}</input>`,
        )
        .join(
          '',
        )}<output name="o">${fallback ? `<defaultOutputEntry><text>${fallback}</text></defaultOutputEntry>` : ''}</output>${rules
        .map(
          (cells) =>
            `<rule>${cells
              .map((cell, at) =>
                at < inputs.length
                  ? `<inputEntry><text>${escaped(cell)}</text></inputEntry>`
                  : `<outputEntry><text>${escaped(cell)}</text></outputEntry>`,
              )
              .join('')}</rule>`,
        )
        .join('')}</decisionTable>`,
      { requires: inputs.map(({ name }) => `input:${name}`) },
    )}`,
  )

const told = async (given: Given) =>
  (await compiled(tableOf(given))).findings.map(({ rule, message }) => `${rule}: ${message.replace(/ of the table "t"/, '')}`)
const age = { name: 'age', type: 'number' }

describe('the analysis of a table', () => {
  it.each<[string, Given, string[]]>([
    [
      'is silent on a whole one',
      {
        inputs: [age],
        rules: [
          ['< 18', '1'],
          ['[18..65)', '2'],
          ['>= 65', '3'],
        ],
      },
      [],
    ],
    [
      'names a gap between numbers',
      {
        inputs: [age],
        rules: [
          ['< 18', '1'],
          ['(18..65)', '2'],
          ['> 65', '3'],
        ],
      },
      ['table-gap: No rule holds when age is 18 or 65. Example: age = 18.'],
    ],
    [
      'names what is between whole numbers, which may be decimals',
      {
        inputs: [age],
        rules: [
          ['<= 17', '1'],
          ['>= 18', '2'],
        ],
      },
      ['table-gap: No rule holds when age is between 17 and 18. Example: age = 17.5.'],
    ],
    [
      'names an overlap of Unique',
      {
        inputs: [age],
        rules: [
          ['< 20', '1'],
          ['> 10', '2'],
        ],
      },
      [
        'table-overlap: Rules 1 and 2 both hold when age is between 10 and 20, and only one may: the result would be empty. Example: age = 15.',
      ],
    ],
    [
      'lets First overlap',
      {
        inputs: [age],
        policy: 'FIRST',
        rules: [
          ['< 20', '1'],
          ['-', '2'],
        ],
      },
      [],
    ],
    [
      'lets Any overlap with equal outputs',
      {
        inputs: [age],
        policy: 'ANY',
        rules: [
          ['< 20', '1'],
          ['-', '1'],
        ],
      },
      [],
    ],
    [
      'names different outputs of Any',
      {
        inputs: [age],
        policy: 'ANY',
        rules: [
          ['< 20', '1'],
          ['-', '2'],
        ],
      },
      [
        'table-overlap: Rules 1 and 2 both hold when age is < 20, and their outputs differ: the result would be empty. Example: age = 19.',
      ],
    ],
    [
      'knows the values of a type',
      {
        inputs: [{ name: 'level', type: 'tLevel' }],
        rules: [
          ['"low","middle"', '1'],
          ['"high"', '2'],
        ],
      },
      [],
    ],
    [
      'names the value of a type that is missing',
      {
        inputs: [{ name: 'level', type: 'tLevel' }],
        rules: [
          ['"low"', '1'],
          ['"high"', '2'],
        ],
      },
      ['table-gap: No rule holds when level is "middle". Example: level = "middle".'],
    ],
    [
      'knows the values of a column',
      {
        inputs: [{ name: 's', type: 'string', values: '"a","b"' }],
        rules: [
          ['"a"', '1'],
          ['not("a")', '2'],
        ],
      },
      [],
    ],
    [
      'names other texts',
      {
        inputs: [{ name: 's', type: 'string' }],
        rules: [
          ['"a"', '1'],
          ['"b"', '2'],
        ],
      },
      ['table-gap: No rule holds when s is any other value. Example: s = "other".'],
    ],
    [
      'knows booleans',
      {
        inputs: [{ name: 'b', type: 'boolean' }],
        rules: [
          ['true', '1'],
          ['false', '2'],
        ],
      },
      [],
    ],
    [
      'names a missing boolean',
      { inputs: [{ name: 'b', type: 'boolean' }], rules: [['true', '1']] },
      ['table-gap: No rule holds when b is false. Example: b = false.'],
    ],
    [
      'knows days',
      {
        inputs: [{ name: 'day', type: 'date' }],
        rules: [
          ['< @"2026-01-01"', '1'],
          ['[date("2026-01-02")..@"2026-12-31"]', '2'],
          ['> @"2026-12-31"', '3'],
        ],
      },
      ['table-gap: No rule holds when day is @"2026-01-01". Example: day = @"2026-01-01".'],
    ],
    [
      'knows that between two days there is none',
      {
        inputs: [{ name: 'day', type: 'date' }],
        rules: [
          ['<= @"2026-01-01"', '1'],
          ['>= @"2026-01-02"', '2'],
        ],
      },
      [],
    ],
    [
      'joins inputs',
      {
        inputs: [age, { name: 'b', type: 'boolean' }],
        rules: [
          ['< 18', '-', '1'],
          ['>= 18', 'true', '2'],
        ],
      },
      ['table-gap: No rule holds when age is >= 18 and b is false. Example: age = 18, b = false.'],
    ],
    ['lets a default fill gaps', { inputs: [age], fallback: '0', rules: [['< 18', '1']] }, []],
    ['lets Collect find nothing', { inputs: [age], policy: 'COLLECT', rules: [['< 18', '1']] }, []],
    [
      'is silent where a test is no comparison',
      {
        inputs: [{ name: 's', type: 'string' }],
        rules: [
          ['starts with(?, "a")', '1'],
          ['"ab"', '2'],
        ],
      },
      [],
    ],
    [
      'is silent where a test looks at another input',
      { inputs: [age, { name: 'limit', type: 'number' }], rules: [['< limit', '-', '1']] },
      [],
    ],
    [
      'reads tests of ? itself',
      {
        inputs: [age],
        rules: [
          ['? < 18', '1'],
          ['? >= 18 and ? <= 65', '2'],
          ['? > 65', '3'],
        ],
      },
      [],
    ],
  ])('%s', async (_, given, expected) => {
    expect(await told(given)).toEqual(expected)
  })

  it('speaks French', async () => {
    const { findings } = await compiled(
      tableOf({
        inputs: [age],
        rules: [
          ['< 20', '1'],
          ['> 10', '2'],
        ],
      }),
    )
    expect(findings[0]!.french?.message).toBe(
      "Les règles 1 et 2 de la table « t » s'appliquent toutes deux quand age vaut entre 10 et 20, alors qu'une seule le peut : le résultat serait vide. Exemple : age = 15.",
    )
  })

  it('finds what a search of every combination finds', async () => {
    const test = fc.oneof(
      fc.constant('-'),
      fc.tuple(fc.constantFrom('<', '<=', '>', '>='), fc.integer({ min: 0, max: 3 })).map(([sign, bound]) => `${sign} ${bound}`),
      fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 2 })).map(([low, more]) => `[${low}..${low + more}]`),
      fc.integer({ min: 0, max: 3 }).map((value) => `not(${value})`),
    )
    const points = [-1, 0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5]
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(test, test), { minLength: 1, maxLength: 5 }), async (rules) => {
        const xml = tableOf({
          inputs: [age, { name: 'n', type: 'number' }],
          policy: 'UNIQUE',
          rules: rules.map((tests, index) => [...tests, String(index)]),
        })
        const { findings } = await compiled(xml)
        const listing = xml.replace('hitPolicy="UNIQUE"', 'hitPolicy="RULE ORDER"')
        const hits: number[] = []
        for (const one of points) {
          for (const other of points) hits.push((await traceOf(listing, 'd', { age: one, n: other })).rules.length)
        }
        expect(findings.some(({ rule }) => rule === 'table-gap')).toBe(hits.includes(0))
        expect(findings.some(({ rule }) => rule === 'table-overlap')).toBe(hits.some((count) => count > 1))
      }),
      { numRuns: 15, examples: [[[['[0..1]', '-']]]] },
    )
  })

  it('takes 200 rules over 6 inputs in its stride', async () => {
    const inputs = Array.from({ length: 6 }, (_, index) => ({ name: `i${index}`, type: 'number' }))
    const rules = Array.from({ length: 200 }, (_, rule) => [
      ...inputs.map((__, index) => `[${(rule * (index + 3)) % 97}..${((rule * (index + 3)) % 97) + 40}]`),
      String(rule),
    ])
    const began = performance.now()
    const { decisions } = await compiled(tableOf({ inputs, rules }))
    expect(decisions).toHaveLength(1)
    expect(performance.now() - began).toBeLessThan(5000)
  })

  it('is asked of literals only: what is no table is left alone', async () => {
    expect((await compiled(model(decision('d', literal('1'))))).findings).toEqual([])
  })
})
