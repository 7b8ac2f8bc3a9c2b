// Goal: files of every version and of other tools are read alike; what is no DMN is refused, and nothing makes the reader crash or hang.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileDecisions } from '../../../../pathways/language/dmn/compile.ts'
import { readDmn } from '../../../../pathways/language/dmn/read.ts'
import { compiled, decide, decision, literal, model, rulesOf } from './model.ts'

const namespaces: [string, string, string][] = [
  ['1.1', 'http://www.omg.org/spec/DMN/20151101/dmn.xsd', 'http://www.omg.org/spec/FEEL/20140401'],
  ['1.1 as some tools write it', 'http://www.omg.org/spec/DMN/20151101/dmn11.xsd', 'http://www.omg.org/spec/FEEL/20140401'],
  ['1.2', 'http://www.omg.org/spec/DMN/20180521/MODEL/', 'http://www.omg.org/spec/DMN/20180521/FEEL/'],
  ['1.3', 'https://www.omg.org/spec/DMN/20191111/MODEL/', 'https://www.omg.org/spec/DMN/20191111/FEEL/'],
  ['1.4', 'https://www.omg.org/spec/DMN/20211108/MODEL/', 'https://www.omg.org/spec/DMN/20211108/FEEL/'],
  ['1.5', 'https://www.omg.org/spec/DMN/20230324/MODEL/', 'https://www.omg.org/spec/DMN/20230324/FEEL/'],
]

describe('every version', () => {
  it.each(namespaces)('%s, with a prefix or without', async (_, space, feel) => {
    const body = (p: string) => `<${p}itemDefinition name="tAge"><${p}typeRef>feel:number</${p}typeRef></${p}itemDefinition>
      <${p}inputData id="i" name="Age"><${p}variable name="Age" typeRef="own:tAge"/></${p}inputData>
      <${p}decision id="d" name="Next"><${p}variable name="Next" typeRef="feel:number"/><${p}informationRequirement><${p}requiredInput href="#i"/></${p}informationRequirement>
        <${p}literalExpression><${p}text><![CDATA[if Age < 130 then Age + 1 else null]]></${p}text></${p}literalExpression></${p}decision>`
    for (const prefix of ['', 'dmn:']) {
      const declared = prefix ? `xmlns:dmn="${space}"` : `xmlns="${space}"`
      const xml = `\uFEFF<?xml version="1.0"?><${prefix}definitions ${declared} xmlns:feel="${feel}" xmlns:own="urn:own" namespace="urn:own" name="n">${body(prefix)}</${prefix}definitions>`
      expect(await decide(xml, 'Next', { Age: '41' })).toBe(42)
    }
  })

  it('leaves extensions, drawings and foreign attributes aside', async () => {
    const xml = model(
      `<extensionElements><x:thing xmlns:x="urn:x" id="a"><x:decision name="no"/><text>1 +</text></x:thing></extensionElements>
       ${decision('d', literal('1', 'x:hint="2" xmlns:x="urn:x"'))}<x:DMNDI xmlns:x="urn:drawings"><x:shape id="d_di"/></x:DMNDI>
       <textAnnotation id="note"><text>words</text></textAnnotation>`,
    )
    expect((await compiled(xml)).findings).toEqual([])
    expect(await decide(xml, 'd')).toBe(1)
  })

  it.each([
    ['broken-xml', ''],
    ['broken-xml', '<definitions'],
    ['broken-xml', '<definitions xmlns="urn:else"/>'],
    ['broken-xml', model('<decision id="d">')],
    ['broken-xml', model(decision('d', literal('1'))).replace('<definitions', '<!DOCTYPE d [<!ENTITY e "x">]><definitions')],
    ['broken-xml', model('<x:y/>')],
    ['broken-xml', `${model(decision('d', literal('1')))}<more/>`],
    ['repeated-id', model(decision('d', literal('1')) + decision('d', literal('2')))],
    ['unreadable-element', model('<desicion id="d"/>')],
  ])('%s is refused, in two languages', async (rule, xml) => {
    const { decisions, findings } = await compiled(xml)
    expect(decisions).toEqual([])
    expect(findings.map((finding) => finding.rule)).toContain(rule)
  })

  it('a chain of requirements too long is refused, not overflowed', async () => {
    const chain = Array.from({ length: 400 }, (_, index) =>
      decision(`d${index}`, literal('1'), { requires: index < 399 ? [`d${index + 1}`] : [] }),
    )
    expect(await rulesOf(model(chain.join('')))).toContain('deep-requirements')
  })

  it('of a very long chain each decision that stands on too many is refused by its name, the others are kept, at once', async () => {
    const chain = Array.from({ length: 5_000 }, (_, index) =>
      decision(`d${index}`, literal('1'), { requires: index > 0 ? [`d${index - 1}`] : [] }),
    )
    const before = process.cpuUsage()
    const { decisions, findings } = await compiled(model(chain.join('')))
    const { user } = process.cpuUsage(before)
    expect(decisions.map(({ id }) => id)).toEqual(Array.from({ length: 300 }, (_, index) => `d${index}`))
    expect(findings.map(({ rule, element }) => `${rule} ${element}`)).toEqual(
      Array.from({ length: 4_700 }, (_, index) => `deep-requirements d${index + 300}`),
    )
    // Of the processor, in microseconds: each looked at once, not each for all that it stands on.
    expect(user).toBeLessThan(5_000_000)
  })
})

describe('hostile files', () => {
  const library = new URL('../../../../pathways/library/', import.meta.url).pathname
  const files = readdirSync(library, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.dmn'))
    .map((path) => readFileSync(join(library, path), 'utf8'))

  it('a mutated file ends in findings or decisions, never in an exception', async () => {
    const mutation = fc.record({
      file: fc.nat(files.length - 1),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      cut: fc.nat(40),
      put: fc.constantFrom(
        '',
        '<',
        '>',
        '"',
        '&',
        '&#0;',
        '<decision>',
        '</decision>',
        '-',
        '[',
        '(',
        ' xmlns="urn:x"',
        'null',
        '\u0000',
      ),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 3 }), async (mutations) => {
        let text = files[mutations[0]!.file]!
        for (const { at, cut, put } of mutations) {
          const from = Math.floor(at * text.length)
          text = text.slice(0, from) + put + text.slice(from + cut)
        }
        const { decisions, findings } = compileDecisions(await readDmn(text))
        expect(decisions.length + findings.length).toBeGreaterThan(0)
        for (const finding of findings) expect(finding.message).toMatch(/\S/)
      }),
      { numRuns: 60 },
    )
  })
})
