import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contentHash } from '../../../../pathways/language/canonical.ts'
import { compile, type Source } from '../../../../pathways/language/compile.ts'
import { EventKind, NodeKind, type Program } from '../../../../pathways/language/program.ts'
import { activity, around, condition, definitions, flow, process } from '../../../conformance/small-model.ts'

const program = async (source: Source): Promise<Program> => {
  const { programs, findings } = await compile(source)
  expect(findings.filter((finding) => finding.severity === 'error')).toEqual([])
  expect(programs).toHaveLength(1)
  return programs[0]!
}
const nodeOf = (from: Program, id: string) => from.nodes.find((node) => node.id === id)!
const expressionOf = (from: Program, index: number) => from.expressions[index]

const dmn = `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="dd" name="dd" namespace="x">
  <decision id="triageLevel" name="Triage"><variable id="v" name="Triage"/><literalExpression id="l"><text>if pain > 7 then 1 else 3</text></literalExpression></decision></definitions>`

const rich = process(`
  <extensionElements>
    <hospital:hold name="bed" pool="ward-bed" quantity="1"><hospital:where attribute="specialty" operator="=" value="=specialty"/></hospital:hold>
    <hospital:priority value="=10 - triage"/>
  </extensionElements>
  <startEvent id="s"/><startEvent id="sm"><extensionElements><hospital:set variable="who" value="=payload.who"/></extensionElements><messageEventDefinition messageRef="m"/></startEvent>
  ${flow('s', 'sort')}${flow('sm', 'sort')}
  <userTask id="sort" name="Trier"><extensionElements>
    <hospital:need pool="nurse" quantity="2"/><hospital:take hold="bed"/><hospital:task role="nurse" form="triage" place="=place" due="PT15M"/>
    <hospital:slot unit="=theatre" start="=plannedStart"/><hospital:duration distribution="lognormal" mean="PT25M" sd="PT15M"/>
    <hospital:outcome variable="admit" value="=luck &lt; 0.3"/></extensionElements></userTask>
  <boundaryEvent id="late1" attachedToRef="sort" cancelActivity="false"><timerEventDefinition><timeDuration xsi:type="tFormalExpression">PT1H</timeDuration></timerEventDefinition></boundaryEvent>
  ${flow('late1', 'e')}${flow('sort', 'rule')}
  <businessRuleTask id="rule"><extensionElements><hospital:decision ref="triageLevel" result="triage"/></extensionElements></businessRuleTask>
  ${flow('rule', 'x')}<exclusiveGateway id="x" default="x_e"/>${flow('x', 'sub', condition('triage &lt; 3'))}${flow('x', 'e')}
  <subProcess id="sub"><extensionElements><hospital:give hold="bed"/></extensionElements>
    <multiInstanceLoopCharacteristics isSequential="true" hospital:collection="=items" hospital:elementVariable="item" hospital:outputCollection="results" hospital:outputElement="=result">
      <completionCondition xsi:type="tFormalExpression">=count(results) > 2</completionCondition></multiInstanceLoopCharacteristics>
    <startEvent id="s2"/>${flow('s2', 'e2')}<endEvent id="e2"><errorEventDefinition errorRef="nogo"/></endEvent>
    <subProcess id="es" triggeredByEvent="true"><startEvent id="s3" isInterrupting="false"><signalEventDefinition signalRef="alarm"/></startEvent>${flow('s3', 'e3')}<endEvent id="e3"/></subProcess>
  </subProcess>
  ${flow('sub', 'call')}
  <callActivity id="call" calledElement="surgery"><extensionElements><hospital:lend hold="bed" as="wardBed"/><hospital:input name="n" value="5"/><hospital:output name="y" value="=z"/></extensionElements></callActivity>
  ${flow('call', 'script')}<scriptTask id="script" scriptFormat="feel"><extensionElements><hospital:result variable="total"/></extensionElements><script>1 + 1</script></scriptTask>
  ${flow('script', 'e')}<endEvent id="e"/>`)
const source: Source = { bpmn: rich, dmn: [dmn], forms: { triage: { id: 'triage' }, unused: { id: 'unused' } } }

describe('a pathway with everything', () => {
  it('numbers its nodes in document order, scopes before what is in them', async () => {
    const compiled = await program(source)
    expect(compiled.nodes.map((node) => node.id)).toEqual('p s sm sort late1 rule x sub s2 e2 es s3 e3 call script e'.split(' '))
    expect(nodeOf(compiled, 'p')).toMatchObject({ kind: NodeKind.process, scope: -1, starts: [1, 2] })
    expect(nodeOf(compiled, 'sub')).toMatchObject({ kind: NodeKind.subProcess, starts: [8], eventSubProcesses: [10], gives: [0] })
    expect(nodeOf(compiled, 's3')).toMatchObject({
      scope: 10,
      interrupting: false,
      event: { kind: EventKind.signal, name: 'alarm' },
    })
  })

  it('compiles a task, its resources and its boundary', async () => {
    const compiled = await program(source)
    const sort = nodeOf(compiled, 'sort')
    expect(sort).toMatchObject({ kind: NodeKind.userTask, takes: [0], boundaries: [4], task: { role: 'nurse', form: 'triage' } })
    expect(sort.duration).toEqual({ distribution: 'lognormal', parameters: { mean: 1_500_000, sd: 900_000 } })
    expect(expressionOf(compiled, sort.needs[0]!.quantity)).toEqual(['value', 2])
    expect(expressionOf(compiled, sort.task!.due)).toEqual(['value', 'PT15M'])
    expect(expressionOf(compiled, sort.outcomes[0]!.expression)).toEqual(['<', ['name', 'luck'], ['value', 0.3]])
    expect(nodeOf(compiled, 'late1')).toMatchObject({
      attachedTo: 3,
      interrupting: false,
      event: { kind: EventKind.timer, timer: 'duration' },
    })
    expect(compiled.holds).toMatchObject([
      { name: 'bed', pool: 'ward-bed', scope: 0, where: [{ attribute: 'specialty', operator: '=' }] },
    ])
  })

  it('compiles the rest', async () => {
    const compiled = await program(source)
    const x = nodeOf(compiled, 'x')
    expect(compiled.flows[x.defaultFlow]!.id).toBe('x_e')
    expect(expressionOf(compiled, compiled.flows[x.outgoing[0]!]!.condition)).toEqual(['<', ['name', 'triage'], ['value', 3]])
    expect(nodeOf(compiled, 'sub').loop).toMatchObject({
      sequential: true,
      elementVariable: 'item',
      outputCollection: 'results',
      cardinality: -1,
    })
    expect(nodeOf(compiled, 'call').call).toMatchObject({
      process: 'surgery',
      lends: [{ hold: 0, as: 'wardBed' }],
      handsOver: [],
    })
    expect(expressionOf(compiled, nodeOf(compiled, 'call').call!.inputs[0]!.expression)).toEqual(['value', 5])
    expect(nodeOf(compiled, 'rule').task).toMatchObject({ decision: 0, resultVariable: 'triage' })
    expect(nodeOf(compiled, 'script').task).toMatchObject({ resultVariable: 'total' })
    expect(Object.keys(compiled.forms)).toEqual(['triage'])
  })

  it('survives JSON unchanged and is named by its content', async () => {
    const compiled = await program(source)
    expect(JSON.parse(JSON.stringify(compiled))).toEqual(compiled)
    const { hash, ...content } = compiled
    expect(hash).toBe(contentHash(content))
    expect((await program(source)).hash).toBe(hash)
    expect((await program({ ...source, bpmn: rich.replace('PT1H', 'PT2H') })).hash).not.toBe(hash)
  })

  it('does not care about the drawing', async () => {
    const drawn = rich
      .replace('id="definitions"', 'id="definitions" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"')
      .replace(
        '</definitions>',
        '<bpmndi:BPMNDiagram id="dia"><bpmndi:BPMNPlane id="pl" bpmnElement="p"/></bpmndi:BPMNDiagram></definitions>',
      )
    expect((await program({ ...source, bpmn: drawn })).hash).toBe((await program(source)).hash)
  })
})

describe('processes', () => {
  const small = (id: string, attributes = '') =>
    `<process id="${id}" ${attributes}><startEvent id="${id}s"/>${flow(`${id}s`, `${id}e`)}<endEvent id="${id}e"/></process>`

  it('gives a Program for each executable one', async () => {
    const { programs, drawings, findings } = await compile({
      bpmn: definitions(small('a') + small('b', 'isExecutable="false"') + small('c')),
    })
    expect(programs.map(({ process }) => process)).toEqual(['a', 'c'])
    expect(drawings.map(({ process }) => process)).toEqual(['b'])
    const found = findings.filter(({ element }) => ['a', 'b', 'c'].includes(element))
    expect(found.map(({ rule, element }) => [rule, element])).toEqual([['not-executable', 'b']])
  })

  it('keeps a sound process apart from one that is refused', async () => {
    const { programs, findings } = await compile({ bpmn: definitions(`${small('a')}<process id="b"/>`) })
    expect(programs.map(({ process }) => process)).toEqual(['a'])
    const errors = findings.filter(({ severity }) => severity === 'error')
    expect(errors).toMatchObject([{ rule: 'missing-start', element: 'b' }])
  })
})

describe('values', () => {
  it.each<[string, unknown]>([
    ['=1 + x', ['+', ['value', 1], ['name', 'x']]],
    ['5', ['value', 5]],
    ['0.5', ['value', 0.5]],
    ['007', ['value', '007']],
    ['true', ['value', true]],
    ['Bloc/Salle 2', ['value', 'Bloc/Salle 2']],
  ])('%s', async (value, expected) => {
    const compiled = await program({ bpmn: around(activity('task', `<hospital:input name="x" value="${value}"/>`)) })
    expect(expressionOf(compiled, nodeOf(compiled, 'a').task!.inputs[0]!.expression)).toEqual(expected)
  })
})

describe('hostile files', () => {
  it('end in a finding, whatever is cut or changed', { timeout: 30_000 }, async () => {
    const mutation = fc.oneof(
      fc.nat(rich.length).map((end) => rich.slice(0, end)),
      fc.tuple(fc.nat(rich.length), fc.nat(40)).map(([from, length]) => rich.slice(0, from) + rich.slice(from + length)),
      fc
        .tuple(fc.nat(rich.length), fc.constantFrom('<', '>', '"', '&', '</process>', '<task/>', '\u0000', '='))
        .map(([at, text]) => rich.slice(0, at) + text + rich.slice(at)),
      fc
        .tuple(fc.nat(rich.length), fc.nat(rich.length), fc.nat(60))
        .map(([from, to, length]) => rich.slice(0, to) + rich.slice(from, from + length) + rich.slice(to)),
    )
    await fc.assert(
      fc.asyncProperty(mutation, async (bpmn) => {
        const { programs, findings } = await compile({ ...source, bpmn })
        expect(programs.length + findings.length).toBeGreaterThan(0)
        expect(findings.map((finding) => finding.rule)).not.toContain('not-compilable')
        for (const { rule, message, help } of findings) expect([rule, message, help].every((text) => text.length > 0)).toBe(true)
      }),
      { numRuns: 200 },
    )
  })

  it.each([
    ['entities', `<!DOCTYPE x [<!ENTITY a "&#38;b;">]>${rich}`],
    ['depth', definitions('<process id="p">'.repeat(500))],
    ['not XML', 'PK\u0003\u0004'],
    ['nothing', ''],
    ['another language', '<html><body/></html>'],
  ])('%s', async (_, bpmn) => {
    const { programs, findings } = await compile({ bpmn })
    expect(programs).toEqual([])
    expect(findings.some((finding) => finding.rule === 'broken-xml')).toBe(true)
  })
})
