// Goal: what changed between two versions of decisions and of forms is told, and nothing else. Method: one small change each.
import { describe, expect, it } from 'vitest'
import type { Change } from '../../../../pathways/language/diff/change.ts'
import { diffDmn } from '../../../../pathways/language/diff/dmn.ts'
import { diffForm } from '../../../../pathways/language/diff/form.ts'

const model = (body: string) =>
  `<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="defs" name="defs" namespace="urn:test">${body}</definitions>`
const rule = (id: string, test: string, output: string, note = '') =>
  `<rule id="${id}"><inputEntry><text>${test}</text></inputEntry><outputEntry><text>${output}</text></outputEntry>${note && `<annotationEntry><text>${note}</text></annotationEntry>`}</rule>`
const table = (rules: string, { policy = 'UNIQUE', input = 'age', values = '' } = {}) =>
  `<decision id="d" name="Level"><variable name="Level" typeRef="string"/><decisionTable id="t" hitPolicy="${policy}"><input id="i"><inputExpression><text>${input}</text></inputExpression>${values && `<inputValues><text>${values}</text></inputValues>`}</input><output id="o" name="level"/>${rules}</decisionTable></decision>`
const literal = (text: string, id = 'd', name = 'Level') =>
  `<decision id="${id}" name="${name}"><literalExpression><text>${text}</text></literalExpression></decision>`
const [one, two, three] = [rule('r1', '[0..17]', '"child"'), rule('r2', '[18..64]', '"adult"'), rule('r3', '[65..120]', '"old"')]

/** As `change property: from → to`, without the element. */
const told = (changes: Change[] | null) =>
  changes!.map(({ change, element, property, from, to }) => [change, element, property ?? '', from ?? '', to ?? ''].join(' / '))
const dmn = async (older: string, newer: string) => told((await diffDmn(model(older), model(newer))).changes)

describe('decisions', () => {
  it.each<[string, string, string, string[]]>([
    ['nothing', table(one + two), table(one + two), []],
    ['a decision added', literal('1'), literal('1') + literal('2', 'e', 'Other'), ['added / e /  /  / ']],
    ['a decision removed', literal('1') + literal('2', 'e', 'Other'), literal('1'), ['removed / e /  /  / ']],
    ['a decision renamed', literal('1'), literal('1', 'd', 'Grade'), ['changed / d / name / Level / Grade']],
    ['a new id is no change', literal('1'), literal('1', 'x'), []],
    ['an expression', literal('1'), literal('2'), ['changed / d / logic / 1 / 2']],
    ['a hit policy', table(one), table(one, { policy: 'FIRST' }), ['changed / t / hitPolicy / UNIQUE / FIRST']],
    ['a rule added', table(one), table(one + two), ['added / t / rule 2 /  / [18..64] | "adult"']],
    ['a rule removed', table(one + two), table(two), ['removed / t / rule 1 / [0..17] | "child" / ']],
    [
      'a cell',
      table(one + two),
      table(one + rule('r2', '[18..70]', '"adult"')),
      ['changed / t / rule 2: age / [18..64] / [18..70]'],
    ],
    ['a rule moved', table(one + two + three), table(three + one + two), ['moved / t / rule 1 / 3 / 1']],
    [
      'a rule moved that has a new id',
      table(one + two + three),
      table(rule('x', '[65..120]', '"old"') + one + two),
      ['moved / t / rule 1 / 3 / 1'],
    ],
    [
      'a rule moved and changed',
      table(one + two + three),
      table(two + three + rule('r1', '[0..15]', '"child"')),
      ['moved / t / rule 3 / 1 / 3', 'changed / t / rule 3: age / [0..17] / [0..15]'],
    ],
    ['an annotation', table(one), table(rule('r1', '[0..17]', '"child"', 'law')), ['changed / t / rule 1: annotation /  / law']],
    ['a column', table(one), table(one, { input: 'years' }), ['changed / t / input years: expression / age / years']],
    ['input values', table(one), table(one, { values: '[0..120]' }), ['changed / t / input age: values /  / [0..120]']],
    [
      'a requirement',
      literal('1'),
      literal('1').replace('<literal', '<informationRequirement><requiredInput href="#age"/></informationRequirement><literal'),
      ['changed / d / requires /  / age'],
    ],
    [
      'a type',
      '<itemDefinition id="p" name="P"><itemComponent name="a"><typeRef>number</typeRef></itemComponent></itemDefinition>',
      '<itemDefinition id="p" name="P"><itemComponent name="a"><typeRef>string</typeRef></itemComponent></itemDefinition>',
      ['changed / p / component a / number / string'],
    ],
    [
      'an entry of a context',
      '<decision id="d" name="D"><context><contextEntry><variable name="a"/><literalExpression><text>1</text></literalExpression></contextEntry></context></decision>',
      '<decision id="d" name="D"><context><contextEntry><variable name="a"/><literalExpression><text>2</text></literalExpression></contextEntry></context></decision>',
      ['changed / d / logic: a / 1 / 2'],
    ],
  ])('%s', async (_, older, newer, expected) => {
    expect(await dmn(older, newer)).toEqual(expected)
  })

  it('says which file cannot be read', async () => {
    const { changes, older, newer } = await diffDmn(model(''), '<definitions')
    expect([changes, older.length, newer.length]).toEqual([null, 0, 1])
  })
})

describe('forms', () => {
  const form = (...components: object[]) => JSON.stringify({ id: 'f', components })
  const age = { id: 'a', key: 'age', type: 'number', label: 'Age', layout: { row: 'Row_1' } }
  const name = { id: 'n', key: 'name', type: 'textfield', label: 'Name' }
  it.each<[string, string, string, string[]]>([
    ['layout is no change', form(age), form({ ...age, layout: { row: 'Row_2' } }), []],
    ['a field added', form(age), form(age, name), ['added / n /  /  / ']],
    ['a field removed', form(age, name), form(age), ['removed / n /  /  / ']],
    ['a label', form(age), form({ ...age, label: 'Years' }), ['changed / a / label / Age / Years']],
    ['a rule', form(age), form({ ...age, validate: { required: true } }), ['changed / a / validate.required /  / true']],
    ['a field moved', form(age, name), form(name, age), ['moved / a /  /  / ']],
  ])('%s', (_, older, newer, expected) => {
    expect(told(diffForm(older, newer).changes)).toEqual(expected)
  })
  it('says which form cannot be read', () => {
    expect(diffForm(form(age), '{').newer).toHaveLength(1)
  })
})
