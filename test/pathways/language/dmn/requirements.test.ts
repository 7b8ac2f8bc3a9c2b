// Goal: an element sees what it requires and nothing else; services, knowledge and imports work as DMN 1.5, sections 6.2, 6.3.2 and 10.4, say.
import { describe, expect, it } from 'vitest'
import { compiled, decide, decision, input, knowledge, literal, model, rulesOf, traceOf } from './model.ts'

const service = (
  name: string,
  { outputs = [] as string[], encapsulated = [] as string[], decisions = [] as string[], data = [] as string[] },
) =>
  `<decisionService id="${name}" name="${name}"><variable name="${name}"/>${outputs.map((id) => `<outputDecision href="#${id}"/>`).join('')}${encapsulated
    .map((id) => `<encapsulatedDecision href="#${id}"/>`)
    .join(
      '',
    )}${decisions.map((id) => `<inputDecision href="#${id}"/>`).join('')}${data.map((id) => `<inputData href="#${id}"/>`).join('')}</decisionService>`

describe('scope', () => {
  const xml = model(
    `${input('a', 'number')}${input('b', 'number')}
     ${knowledge('peeks', [['x']], literal('a'))}${knowledge('fact', [['n', 'number']], literal('if n <= 1 then 1 else n * fact(n - 1)'))}
     ${knowledge('outer', [['x', 'number']], literal('inner(x) + 1'), { requires: ['call:inner'] })}${knowledge('inner', [['x', 'number']], literal('x * 2'))}
     ${decision('sees b', literal('b'), { requires: ['input:a'] })}
     ${decision('asks', literal('peeks(1)'), { requires: ['input:a', 'call:peeks'] })}
     ${decision('recurs', literal('fact(a)'), { requires: ['input:a', 'call:fact'] })}
     ${decision('chained', literal('outer(a)'), { requires: ['input:a', 'call:outer'] })}
     ${decision('unreachable', literal('inner(a)'), { requires: ['input:a', 'call:outer'] })}`,
  )
  it.each([
    ['an input that is not required is null', 'sees b', null],
    ['knowledge does not see what its caller sees', 'asks', null],
    ['knowledge calls itself', 'recurs', 24],
    ['knowledge calls the knowledge it requires', 'chained', 9],
    ['what knowledge requires is not its caller’s', 'unreachable', null],
  ])('%s', async (_, name, expected) => {
    expect(await decide(xml, name, { a: 4, b: 9 })).toBe(expected)
  })

  it('a file without input data reads the variables around, as modellers write it', async () => {
    const open = model(`${decision('base', literal('x'))}${decision('d', literal('base + y'), { requires: ['base'] })}`)
    expect(await decide(open, 'd', { x: 1, y: 2 })).toBe(3)
    expect(await decide(open, 'd', { base: 5, y: 2 })).toBeNull()
  })

  it('knowledge may be asked by its parameters, which are converted', async () => {
    expect(await decide(xml, 'fact', { n: '5' }, 'knowledge')).toBe(120)
    expect(await decide(xml, 'outer', { x: 'many' }, 'knowledge')).toBeNull()
  })
})

describe('decision services', () => {
  const xml = model(
    `${input('a', 'number')}${input('b', 'number')}
     ${decision('base', literal('a + 1'), { type: 'number', requires: ['input:a'] })}
     ${decision('sum', literal('base + b'), { requires: ['base', 'input:b'] })}
     ${decision('product', literal('base * b'), { requires: ['base', 'input:b'] })}
     ${service('whole', { outputs: ['sum'], encapsulated: ['base'], data: ['a', 'b'] })}
     ${service('cut', { outputs: ['sum', 'product'], decisions: ['base'], data: ['b'] })}
     ${decision('positional', literal('cut(10, 2)'), { requires: ['call:cut'] })}
     ${decision('named', literal('cut(base: 2, b: 10).sum'), { requires: ['call:cut'] })}
     ${decision('boxed', `<invocation>${literal('whole')}<binding><parameter name="a"/>${literal('1')}</binding><binding><parameter name="b"/>${literal('5')}</binding></invocation>`, { requires: ['call:whole'] })}
     ${decision('converted', literal('whole("1", [2])'), { requires: ['call:whole'] })}
     ${decision('too many', literal('whole(1, 2, 3)'), { requires: ['call:whole'] })}`,
  )
  it('gives one output as its value, several as a context', async () => {
    expect(await decide(xml, 'whole', { a: '1', b: 2 }, 'services')).toBe(4)
    expect(await decide(xml, 'cut', { base: 3, b: 2, a: 100 }, 'services')).toEqual({ sum: 5, product: 6 })
  })

  it.each([
    ['positional', { sum: 12, product: 20 }],
    ['named', 12],
    ['boxed', 7],
    ['converted', null],
    ['too many', null],
  ])('is a function: %s', async (name, expected) => {
    expect(await decide(xml, name)).toEqual(expected)
  })

  it('is refused without output, and in a circle', async () => {
    expect(await rulesOf(model(service('s', {})))).toContain('service-outputs')
    const circle = model(`${decision('d', literal('s()'), { requires: ['call:s'] })}${service('s', { outputs: ['d'] })}`)
    expect(await rulesOf(circle)).toContain('circular-requirement')
  })
})

describe('imports', () => {
  const base = model(
    `<itemDefinition name="tAge"><typeRef>number</typeRef><allowedValues><text>[0..130]</text></allowedValues></itemDefinition>
     ${input('the age', 'tAge')}${knowledge(
       'older by',
       [
         ['years', 'number'],
         ['age', 'tAge'],
       ],
       literal('age + years'),
     )}
     ${decision('next year', literal('the age + 1'), { requires: ['input:the_age'] })}`,
    { namespace: 'urn:base', space: '20180521/MODEL/' },
  )
  const using = (name: string) =>
    model(
      `<import ${name ? `name="${name}"` : 'name=""'} namespace="urn:base" importType="http://www.omg.org/spec/DMN/20180521/MODEL/"/>
       ${input('own', `${name ? `${name}.` : ''}tAge`)}
       ${decision(
         'd',
         literal(
           name ? `${name}.next year + ${name}.older by(10, own) + ${name}.the age` : 'next year + older by(10, own) + the age',
         ),
         {
           requires: ['urn:base#next_year', 'call:urn:base#older_by', 'input:own', 'input:urn:base#the_age'],
         },
       )}
       ${decision('typed', literal(`131 instance of ${name ? `${name}.` : ''}tAge`))}`,
      { namespace: 'urn:using' },
    )

  it.each(['base', 'my base', ''])('binds what "%s" brings', async (name) => {
    const xml = using(name)
    const given = name ? { own: 1, [name]: { 'the age': 30 } } : { own: 1, 'the age': 30 }
    expect(await decide(xml, 'd', given, 'decisions', [base])).toBe(72)
  })

  it('reads an imported input by its dotted name, or by its own', async () => {
    expect(await decide(using('base'), 'd', { own: 1, 'base.the age': 30 }, 'decisions', [base])).toBe(72)
    expect(await decide(using('base'), 'd', { own: 1, 'the age': 30 }, 'decisions', [base])).toBe(72)
  })

  it('holds imported types to their constraints', async () => {
    const { value, warnings } = await traceOf(using('base'), 'd', { own: 200, base: { 'the age': 30 } }, 'decisions', [base])
    expect(value).toBeNull()
    expect(warnings).toEqual(['own: the value does not conform to the type declared, and is null.'])
  })

  it('goes through two files', async () => {
    const outer = model(
      `<import name="mid" namespace="urn:using" importType="x"/>${decision('e', literal('mid.d * 2'), { requires: ['urn:using#d'] })}`,
      { namespace: 'urn:outer' },
    )
    const given = { mid: { own: 1, base: { 'the age': 30 } } }
    expect(await decide(outer, 'e', given, 'decisions', [using('base'), base])).toBe(144)
  })

  it('says which file is missing, and refuses only what needs it', async () => {
    const xml = model(
      `<import name="x" namespace="urn:gone" importType="x"/>${decision('fine', literal('1'))}${decision('lost', literal('x.y'), { requires: ['urn:gone#y'] })}`,
    )
    const { decisions, findings } = await compiled(xml)
    expect(decisions.map(({ name }) => name)).toEqual(['fine'])
    expect(findings.map(({ rule }) => rule)).toEqual(['missing-import', 'dangling-reference'])
    expect(findings[0]!.help).toContain('urn:gone')
  })
})
