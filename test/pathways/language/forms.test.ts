import { describe, expect, it } from 'vitest'
import { validateForm } from '../../../pathways/language/forms.ts'

const schema = {
  type: 'default',
  id: 'triage',
  components: [
    { type: 'text', text: '# Trier' },
    { type: 'number', key: 'age', label: 'Âge', validate: { required: true, min: 0, max: 120 }, decimalDigits: 0 },
    { type: 'textfield', key: 'name', label: 'Nom', validate: { minLength: 2, maxLength: 5, pattern: '^[A-Z]' } },
    { type: 'textfield', key: 'mail', label: 'Courriel', validate: { validationType: 'email' } },
    {
      type: 'select',
      key: 'motive',
      label: 'Motif',
      values: [
        { label: 'A', value: 'a' },
        { label: 'B', value: 'b' },
      ],
    },
    {
      type: 'checklist',
      key: 'signs',
      label: 'Signes',
      values: [
        { label: 'X', value: 'x' },
        { label: 'Y', value: 'y' },
      ],
    },
    { type: 'checkbox', key: 'consent', label: 'Consentement', validate: { required: true } },
    { type: 'datetime', subtype: 'date', key: 'day', label: 'Jour' },
    { type: 'textfield', key: 'reason', label: 'Raison', validate: { required: true }, conditional: { hide: '=motive != "b"' } },
    {
      type: 'group',
      path: 'vitals',
      components: [{ type: 'number', key: 'pulse', label: 'Pouls', validate: { min: '=20 + 1' } }],
    },
    {
      type: 'dynamiclist',
      path: 'drugs',
      components: [{ type: 'textfield', key: 'code', label: 'Code', validate: { required: true } }],
    },
  ],
}
const good = { age: 40, consent: true }

describe('a form', () => {
  it.each<[string, Record<string, unknown>, [string, string][]]>([
    ['complete', good, []],
    [
      'everything filled in',
      {
        ...good,
        name: 'Ada',
        mail: 'a@b.fr',
        motive: 'a',
        signs: ['x', 'y'],
        day: '2026-02-28',
        vitals: { pulse: 70 },
        drugs: [{ code: 'A' }],
      },
      [],
    ],
    [
      'empty',
      {},
      [
        ['age', 'required'],
        ['consent', 'required'],
      ],
    ],
    ['unticked where a tick is required', { age: 1, consent: false }, [['consent', 'required']]],
    ['too low', { ...good, age: -1 }, [['age', 'min']]],
    ['too high', { ...good, age: 121 }, [['age', 'max']]],
    ['too precise', { ...good, age: 1.5 }, [['age', 'decimal-digits']]],
    ['a number as text', { ...good, age: '40' }, [['age', 'type']]],
    ['not a number', { ...good, age: Number.NaN }, [['age', 'type']]],
    [
      'too short, wrong start',
      { ...good, name: 'a' },
      [
        ['name', 'min-length'],
        ['name', 'pattern'],
      ],
    ],
    ['too long', { ...good, name: 'Abcdef' }, [['name', 'max-length']]],
    ['no address', { ...good, mail: 'nobody' }, [['mail', 'email']]],
    ['a value not offered', { ...good, motive: 'c' }, [['motive', 'option']]],
    ['the same value twice', { ...good, signs: ['x', 'x'] }, [['signs', 'option']]],
    ['one value for a list', { ...good, signs: 'x' }, [['signs', 'type']]],
    ['no such month', { ...good, day: '2026-13-01' }, [['day', 'type']]],
    ['required once shown', { ...good, motive: 'b' }, [['reason', 'required']]],
    ['a limit in FEEL', { ...good, vitals: { pulse: 20 } }, [['vitals.pulse', 'min']]],
    ['an item without its code', { ...good, drugs: [{ code: 'A' }, {}] }, [['drugs.1.code', 'required']]],
    ['a key nobody asked for', { ...good, admin: true }, [['admin', 'unknown-key']]],
    ['a key nobody asked for, inside', { ...good, vitals: { mood: 1 } }, [['vitals.mood', 'unknown-key']]],
  ])('%s', (_, data, expected) => {
    expect(validateForm(schema, data).map(({ key, rule }) => [key, rule])).toEqual(expected)
  })

  it('never quotes what was entered', () => {
    const problems = validateForm(schema, { age: 'SECRET', name: 'secret entry', motive: 'SECRET' })
    expect(JSON.stringify(problems)).not.toMatch(/secret/i)
  })

  it.each([null, 'text', [], 3])('refuses %j as data', (data) => {
    expect(validateForm(schema, data)).toMatchObject([{ rule: 'type' }])
  })
})
