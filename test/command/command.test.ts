// Goal: the contract of the command line: exit codes, what goes to stdout and what to stderr. Method: the real program, on real files.

import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { DANGLING, file, folder, GOOD, parcours, parcoursProgram, parcoursReading, pathway } from './parcours.ts'

describe('the program itself', () => {
  it('answers on stdout, exit 0; a no, exit 1', async () => {
    const good = await parcoursProgram('', 'check', file('program/good.bpmn', GOOD))
    expect(good).toMatchObject({ code: 0, err: '' })
    expect(good.out).toMatch(/can be run/)
    expect(await parcoursProgram('', 'check', file('program/bad.bpmn', DANGLING))).toMatchObject({ code: 1, err: '' })
  })
  it('says on stderr what it cannot use, exit 2', async () => {
    const { code, out, err } = await parcoursProgram('', 'simulate', 'nowhere.yaml')
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain('nowhere.yaml')
  })
  it('reads what is piped into it', async () => {
    const table = 'pathways/library/admission/triage.dmn'
    expect(await parcoursProgram('{}\n', 'decide', table)).toMatchObject({ code: 2, out: '' })
  })
})

describe('parcours', () => {
  it('without a command: says how, exit 2', async () => {
    const { code, out, err } = await parcours()
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain('usage: parcours COMMAND')
  })
  it('--help lists the commands, exit 0', async () => {
    const { code, out } = await parcours('--help')
    expect(code).toBe(0)
    expect(out).toMatch(/^ {2}check +\S/m)
  })
  it.each(['chekc', 'toString', '--json'])('%s: no such command, exit 2', async (name) => {
    const { code, out, err } = await parcours(name)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain('--help')
  })
})

describe('parcours check', () => {
  it('--help, exit 0', async () => {
    const { code, out } = await parcours('check', '--help')
    expect(code).toBe(0)
    expect(out).toContain('usage: parcours check [--json] [--budget STATES] [--hospital FOLDER] [--language fr|en] FILE…')
  })

  it('passes a good pathway, and proves it sound', async () => {
    const path = file('good.bpmn', GOOD)
    const { code, out, err } = await parcours('check', '--json', path)
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(JSON.parse(out)).toMatchObject([
      { file: path, ok: true, executable: true, findings: [], processes: [{ id: 'p', sound: true, complete: true, states: 1 }] },
    ])
    expect((await parcours('check', path)).out).toMatch(/^✓ .*can be run\n {2}✓ p: sound/)
    expect((await parcours('check', '--language', 'fr', path)).out).toMatch(/peut être exécuté\n {2}✓ p: sain/)
  })

  it('passes the whole library, decisions and forms read from beside', async () => {
    const { code, out } = await parcours(
      'check',
      '--json',
      'pathways/library/admission/admission.bpmn',
      'pathways/library/admission/triage.dmn',
    )
    expect(code).toBe(0)
    expect((JSON.parse(out) as { executable: boolean }[]).map(({ executable }) => executable)).toEqual([true, true])
  })

  it('fails a pathway with an error, naming the element and the remedy, exit 1', async () => {
    const { code, out, err } = await parcours('check', '--json', file('bad.bpmn', DANGLING), file('good2.bpmn', GOOD))
    expect({ code, err }).toEqual({ code: 1, err: '' })
    const [bad, good] = JSON.parse(out) as {
      ok: boolean
      executable: boolean
      findings: { severity: string; element: string; help: string }[]
    }[]
    expect(bad).toMatchObject({ ok: false, executable: false })
    expect(bad!.findings.filter(({ severity }) => severity === 'error').every(({ help }) => help.length > 0)).toBe(true)
    expect(good).toMatchObject({ ok: true, executable: true })
    expect((await parcours('check', join(folder, 'bad.bpmn'))).out).toMatch(/^✗ .*cannot be run\n {2}error/)
  })

  it('an unsound pathway is no, with the shortest way to what is wrong; beyond the budget nothing is claimed', async () => {
    const flows = ['s>x', 'x>A', 'x>B', 'A>j', 'B>j', 'j>e'].map((flow) => flow.split('>'))
    const drawn = flows.map(
      ([from, to]) =>
        `<sequenceFlow id="${from}-${to}" sourceRef="${from}" targetRef="${to}">${from === 'x' ? '<conditionExpression>=y</conditionExpression>' : ''}</sequenceFlow>`,
    )
    const path = file(
      'stuck.bpmn',
      pathway(
        `<startEvent id="s"/><exclusiveGateway id="x"/><task id="A"/><task id="B"/><parallelGateway id="j"/><endEvent id="e"/>${drawn.join('')}`,
      ),
    )
    const { code, out } = await parcours('check', '--json', path)
    expect(code).toBe(1)
    const [{ ok, processes }] = JSON.parse(out)
    expect(ok).toBe(true)
    expect(processes[0]).toMatchObject({
      sound: false,
      optionToComplete: false,
      safe: true,
      properCompletion: true,
      deadActivities: [],
    })
    expect(processes[0].counterexample.at(-1)).toEqual({ element: 'A-j', event: 'taken' })
    const cut = JSON.parse(
      (
        await parcours(
          'check',
          '--json',
          '--budget',
          '1',
          file(
            'good3.bpmn',
            GOOD.replace('<endEvent', '<task id="t"/><endEvent').replace(
              'targetRef="e"/>',
              'targetRef="t"/><sequenceFlow id="g" sourceRef="t" targetRef="e"/>',
            ),
          ),
        )
      ).out,
    )
    expect(cut[0].processes[0]).toMatchObject({ sound: null, optionToComplete: null, complete: false })
    expect(await parcours('check', '--budget', 'many', path)).toMatchObject({ code: 2, out: '' })
  })

  it('names a broken form beside the pathway', async () => {
    file('forms-broken/forms/a.form', '{ "id": ')
    const { code, out } = await parcours('check', file('forms-broken/p.bpmn', GOOD))
    expect(code).toBe(1)
    expect(out).toContain('a.form: the form is not JSON.')
  })

  it.each([
    { what: 'no file', args: () => ['check'], err: 'no file was named' },
    { what: 'a missing file', args: () => ['check', join(folder, 'none.bpmn')], err: 'there is no such file' },
    { what: 'a folder', args: () => ['check', file('folder.bpmn/x', '') && join(folder, 'folder.bpmn')], err: 'it is a folder' },
    { what: 'another kind of file', args: () => ['check', 'package.json'], err: 'neither .bpmn nor .dmn' },
    { what: 'an unknown flag', args: () => ['check', '--fast', 'x.bpmn'], err: "Unknown option '--fast'" },
    { what: 'an empty file', args: () => ['check', file('empty.bpmn', '\n')], err: 'empty.bpmn: it is empty' },
    { what: 'a binary file', args: () => ['check', file('binary.bpmn', '\0\u0001<a')], err: 'binary.bpmn: it is no text' },
    {
      what: 'a decision beside it that is no DMN',
      args: () => ['check', file('dmn-broken/d.dmn', '<a') && file('dmn-broken/p.bpmn', GOOD)],
      err: 'p.bpmn: d.dmn: The file is not readable DMN',
    },
    {
      what: 'what is no XML',
      args: () => ['check', file('broken.bpmn', '<a')],
      err: 'broken.bpmn: The file is not readable BPMN',
    },
  ])('$what: one line on stderr, exit 2', async ({ args, err: expected }) => {
    const { code, err } = await parcours(...args())
    expect(code).toBe(2)
    expect(err).toContain(expected)
    expect(err.trim().split('\n')).toHaveLength(1)
  })
})

describe('parcours decide', () => {
  const model = () =>
    file(
      'fee.dmn',
      `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="http://parcours">
  <inputData id="i1" name="day"><variable id="v1" name="day" typeRef="date"/></inputData>
  <inputData id="i2" name="amount"><variable id="v2" name="amount" typeRef="number"/></inputData>
  <decision id="next" name="Next day"><variable id="v3" name="Next day"/>
    <informationRequirement id="r1"><requiredInput href="#i1"/></informationRequirement>
    <literalExpression id="l1"><text>day + duration("P1D")</text></literalExpression></decision>
  <decision id="double" name="Double"><variable id="v4" name="Double"/>
    <informationRequirement id="r2"><requiredInput href="#i2"/></informationRequirement>
    <literalExpression id="l2"><text>amount * 2</text></literalExpression></decision>
</definitions>`,
    )

  it('answers each line, dates and numbers as texts in and out', async () => {
    const day = await parcoursReading(
      '{"inputs":{"day":"2028-02-28"}}\n\n{"inputs":{}}\n',
      'decide',
      model(),
      '--decision',
      'Next day',
      '--json',
    )
    expect(day).toEqual({ code: 0, out: '{"value":"2028-02-29"}\n{"value":null}\n', err: '' })
    const amount = await parcoursReading(
      '{"inputs":{"amount":"0.1"}}\n{"inputs":{"amount":4}}\n',
      'decide',
      model(),
      '--decision',
      'double',
    )
    expect(amount).toEqual({ code: 0, out: '0.2\n8\n', err: '' })
  })

  it('asks services and knowledge by name, reads the files imported, says why a value is null', async () => {
    const imported = file(
      'lib.dmn',
      `<definitions xmlns="https://www.omg.org/spec/DMN/20180521/MODEL/" id="l" name="l" namespace="urn:lib">
  <businessKnowledgeModel id="twice" name="twice"><variable name="twice"/><encapsulatedLogic><formalParameter name="n" typeRef="number"/>
    <literalExpression><text>n * 2</text></literalExpression></encapsulatedLogic></businessKnowledgeModel></definitions>`,
    )
    const main = file(
      'main.dmn',
      `<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="m" name="m" namespace="urn:main">
  <import name="lib" namespace="urn:lib" importType="https://www.omg.org/spec/DMN/20180521/MODEL/"/>
  <inputData id="n" name="n"><variable name="n" typeRef="number"/></inputData>
  <decision id="d" name="Four times"><variable name="Four times" typeRef="number"/><informationRequirement><requiredInput href="#n"/></informationRequirement>
    <knowledgeRequirement><requiredKnowledge href="urn:lib#twice"/></knowledgeRequirement>
    <literalExpression><text>lib.twice(lib.twice(n))</text></literalExpression></decision>
  <decisionService id="s" name="Serve"><outputDecision href="#d"/><inputData href="#n"/></decisionService>
  <decision id="bad" name="Bad"><literalExpression><text>1 +</text></literalExpression></decision>
</definitions>`,
    )
    const asked = (line: string, ...args: string[]) =>
      parcoursReading(`${line}\n`, 'decide', main, '--model', imported, '--json', ...args)
    expect(await asked('{"inputs":{"n":3}}', '--service', 'Serve')).toEqual({ code: 0, out: '{"value":12}\n', err: '' })
    expect(await asked('{"inputs":{"n":"0.1"}}', '--decision', 'Four times')).toEqual({
      code: 0,
      out: '{"value":0.4}\n',
      err: '',
    })
    const warned = JSON.parse((await asked('{"inputs":{"n":"many"}}', '--decision', 'Four times')).out) as unknown
    expect(warned).toEqual({ value: null, warnings: ['n: the value does not conform to the type declared, and is null.'] })
    const bad = await asked('{"inputs":{}}', '--decision', 'Bad')
    expect(bad.code).toBe(2)
    expect(JSON.parse(bad.out)).toMatchObject({ error: { element: 'bad' } })
    expect(await parcoursReading('{"inputs":{"n":4}}\n', 'decide', imported, '--bkm', 'twice')).toMatchObject({
      code: 0,
      out: '8\n',
    })
  })

  it('names each line it cannot use, answers the others, exit 2', async () => {
    const { code, out, err } = await parcoursReading(
      '4\n{"inputs":{"amount":4}}\n{',
      'decide',
      model(),
      '--decision',
      'double',
      '--json',
    )
    expect(code).toBe(2)
    expect(
      out
        .trim()
        .split('\n')
        .map((line) => Object.keys(JSON.parse(line) as object)[0]),
    ).toEqual(['error', 'value', 'error'])
    expect(err).toBe(
      'parcours decide: line 1: it has no "inputs"; write { "inputs": { "<name>": value } }\nparcours decide: line 3: it is not JSON; write { "inputs": { "<name>": value } }\n',
    )
  })

  it.each([
    { what: 'no file', args: () => ['--decision', 'x'], err: 'name one DMN file' },
    { what: 'no decision', args: () => [model()], err: 'say which decision' },
    {
      what: 'an unknown decision',
      args: () => [model(), '--decision', 'x'],
      err: 'there is no decision "x"; there is Next day, Double',
    },
    { what: 'what is no DMN', args: () => [file('b.dmn', '<a'), '--decision', 'x'], err: 'b.dmn: ' },
  ])('$what: exit 2, said on stderr', async ({ args, err: expected }) => {
    const { code, out, err } = await parcours('decide', ...args())
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(expected)
  })
})

it('a reader that has read enough is no error', async () => {
  const child = execFile(process.execPath, ['command/parcours.mjs', 'check', '--json', file('head/p.bpmn', GOOD)])
  child.stdout!.destroy()
  let err = ''
  child.stderr!.on('data', (text: string) => {
    err += text
  })
  const code = await new Promise((resolve) => child.on('exit', resolve))
  expect({ code, err }).toEqual({ code: 0, err: '' })
})
