// Goal: parameters written into a drawing are those of the scenario, and not a byte of the rest changes. Method: exact texts, and the same simulation from both.
import { describe, expect, it } from 'vitest'
import { compile } from '../../../pathways/language/compile.ts'
import { nestingOf } from '../../../pathways/language/nesting.ts'
import { attributesOf, tagsOf } from '../../../pathways/language/tags.ts'
import { annotated } from '../../../twin/exchange/annotate.ts'
import { importProsimos } from '../../../twin/exchange/prosimos.ts'
import { spliced } from '../../../twin/exchange/splice.ts'
import { prepareExperiment } from '../../../twin/experiment/prepare.ts'
import { replicate } from '../../../twin/experiment/replicate.ts'
import { ScenarioFile } from '../../../twin/experiment/schema.ts'
import { drawing, prosimos } from './fixtures.ts'

const programsOf = async (bpmn: string) => {
  const { programs, drawings, findings } = await compile({ bpmn })
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([])
  return [...programs, ...drawings]
}
const imported = async (bpmn: string, changes = {}) =>
  importProsimos(prosimos(changes), 'visit.bpmn', await programsOf(bpmn), 'P5D').scenario!

describe('a drawing with its parameters', () => {
  it('is simulated as the scenario says', async () => {
    const scenario = await imported(drawing())
    const { bpmn } = annotated(drawing(), scenario, await programsOf(drawing()))
    const measured = (text: typeof scenario, programs: Awaited<ReturnType<typeof programsOf>>) =>
      replicate(prepareExperiment(ScenarioFile.parse(text), new Map([['visit.bpmn', programs]])), 0)
    expect(bpmn).not.toBe(drawing())
    expect(measured({ ...scenario, pathways: ['visit.bpmn'] }, await programsOf(bpmn))).toEqual(
      measured(scenario, await programsOf(drawing())),
    )
  })

  it('keeps what it said itself, and says what only a scenario can say', async () => {
    const own = drawing('', { Triage: '', Imaging: '' }).replace(
      '<task id="Imaging"></task>',
      '<task id="Imaging"><extensionElements><h:duration xmlns:h="urn:parcours:hospital:1" value="PT1M"/></extensionElements></task>',
    )
    const two = (first: number, second: number) => ({
      task_resource_distribution: [
        {
          task_id: 'Triage',
          resources: [
            { resource_id: 'r1', distribution_name: 'fix', distribution_params: [first] },
            { resource_id: 'r2', distribution_name: 'fix', distribution_params: [second] },
          ],
        },
        { task_id: 'Imaging', resources: [{ resource_id: 'r1', distribution_name: 'fix', distribution_params: [9] }] },
      ],
    })
    const { bpmn, findings } = annotated(own, await imported(own, two(60, 90)), await programsOf(own))
    expect(findings.map(({ rule, element }) => `${rule} ${element}`)).toEqual([
      'not-carried Triage',
      'stays Imaging',
      'not-carried ',
    ])
    expect(bpmn).toContain('value="PT1M"')
    expect(bpmn).not.toContain('PT9S')
    // Both do triage, one of them imaging: it names which.
    const imaging = (await programsOf(bpmn))[0]!.nodes.find(({ id }) => id === 'Imaging')!
    expect(imaging).toMatchObject({ needs: [{ pool: 'radiology', where: [{ attribute: 'resource', operator: 'in' }] }] })
  })
})

describe('splicing', () => {
  const put = (bpmn: string, ...ids: string[]) =>
    spliced(bpmn, new Map(ids.map((id) => [id, (prefix) => [`<${prefix}:x n="${id}"/>`]])))

  it('keeps formatting: indentation, line ends, comments, quotes, what looks like a tag', () => {
    const file = [
      "<?xml version='1.0'?>",
      '<!-- <task id="a"/> -->',
      "<m:definitions xmlns:m='m' xmlns:o='urn:parcours:hospital:1'>",
      '\t<m:task name=\'> id="a"\' id="a"/>',
      '\t<m:task id="b" ><m:documentation>x</m:documentation>',
      '\t</m:task>',
      '\t<m:task id="c">',
      '\t\t<m:extensionElements>',
      '\t\t\t<k:y/><!-- kept -->',
      '\t\t</m:extensionElements>',
      '\t</m:task>',
      '\t<m:task id="d"><m:extensionElements/></m:task>',
      '\t<![CDATA[<m:task id="a"/>]]>',
      '</m:definitions>',
    ]
    const expected = [...file]
    const filled = (id: string) => ['\t\t<m:extensionElements>', `\t\t\t<o:x n="${id}"/>`, '\t\t</m:extensionElements>']
    expected[3] = ['\t<m:task name=\'> id="a"\' id="a">', ...filled('a'), '\t</m:task>'].join('\r\n')
    expected[4] = ['\t<m:task id="b" ><m:documentation>x</m:documentation>', ...filled('b')].join('\r\n')
    expected[8] = '\t\t\t<k:y/>\r\n\t\t\t<o:x n="c"/><!-- kept -->'
    expected[11] = ['\t<m:task id="d"><m:extensionElements>', '\t\t\t<o:x n="d"/>', '\t\t</m:extensionElements></m:task>'].join(
      '\r\n',
    )
    expect(put(file.join('\r\n'), 'a', 'b', 'c', 'd', 'nowhere')).toBe(expected.join('\r\n'))
  })

  it('declares the prefix on the root, another when ours is taken; a file of one line stays one', () => {
    expect(put('<d><t id="a"/></d>', 'a')).toBe(
      '<d xmlns:hospital="urn:parcours:hospital:1"><t id="a"><extensionElements><hospital:x n="a"/></extensionElements></t></d>',
    )
    expect(put('<d xmlns:hospital="other"><t id="a"></t></d>', 'a')).toBe(
      '<d xmlns:hospital1="urn:parcours:hospital:1" xmlns:hospital="other"><t id="a"><extensionElements><hospital1:x n="a"/></extensionElements></t></d>',
    )
    expect(put('<d/>')).toBe('<d/>')
  })

  it('tags stand where they stand, and nest as deep as they nest', () => {
    const text = '<a x = "1>2" y=\'<b>\'><!-- <c> --><b/></a>'
    expect([...tagsOf(text)].map(({ kind, name, start, end }) => `${kind} ${name} ${text.slice(start, end)}`)).toEqual([
      'open a <a x = "1>2" y=\'<b>\'>',
      'empty b <b/>',
      'close a </a>',
    ])
    expect(attributesOf(text, [...tagsOf(text)][0]!)).toEqual({ x: '1>2', y: '<b>' })
    expect(nestingOf('<a><b><c/></b></a>')).toBe(2)
  })
})
