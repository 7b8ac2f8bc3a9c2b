// Goal: `parcours convert` gives every file a diagram and loses nothing of it. Method: the real command, on the library's files and on files as other tools write them.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { InputError } from '../../command/command.ts'
import { command } from '../../command/convert.ts'
import { said } from './terminal.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'parcours-convert-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const convert = (file: string, ...options: string[]) =>
  said((terminal) => command.run([file, '--language', 'en', ...options], terminal))

const given = (text: string): string => {
  const file = join(folder, `${text.length}.bpmn`)
  writeFileSync(file, text)
  return file
}

const library = new URL('../../pathways/library/', import.meta.url).pathname
const files = readdirSync(library, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.bpmn'))
const diagrams = /<bpmndi:BPMNDiagram[\s\S]*<\/bpmndi:BPMNDiagram>\n?/
const ids = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, id]) => id!).sort()

describe('the library', () => {
  it.each(files)('%s: a file with a diagram stays as it is', async (file) => {
    expect((await convert(join(library, file), '--to', 'bpmn')).out).toBe(readFileSync(join(library, file), 'utf8'))
  })

  it.each(files)('%s: without its diagram it gets one of every node and flow, and nothing else changes', async (file) => {
    const bare = readFileSync(join(library, file), 'utf8').replace(diagrams, '')
    const { code, out } = await convert(given(bare), '--to', 'bpmn')
    expect(code).toBe(0)
    expect(out.replace(diagrams, '')).toBe(bare)
    const drawn = new Set(ids(out, /bpmnElement="([^"]*)"/g))
    const flows = ids(bare, /<(?:bpmn:)?sequenceFlow id="([^"]*)"/g)
    expect(flows.filter((flow) => !drawn.has(flow))).toEqual([])
  })
})

const foreign = `<?xml version="1.0" encoding="UTF-8"?>
<!-- exported --><m:definitions xmlns:m="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="d" targetNamespace="t">
  <m:process id="p" isExecutable="true"><m:documentation>Lire <![CDATA[<ceci>]]></m:documentation>
    <m:startEvent id="s"/><m:manualTask id="a" camunda:asyncBefore="true"><m:extensionElements><camunda:properties><camunda:property name="x" value="1"/></camunda:properties></m:extensionElements></m:manualTask><m:endEvent id="e"/>
    <m:sequenceFlow id="f" sourceRef="s" targetRef="a"/><m:sequenceFlow id="g" sourceRef="a" targetRef="e"/>
  </m:process>
</m:definitions>
<!-- end -->
`

describe('files of other tools', () => {
  it('keep extensions, documentation and comments, and are converted once', async () => {
    const { out, err } = await convert(given(foreign), '--to', 'bpmn')
    expect(out.replace(/<bpmndi:BPMNDiagram[\s\S]*<\/bpmndi:BPMNDiagram>\n/, '')).toBe(foreign)
    expect(ids(out, /bpmnElement="([^"]*)"/g)).toEqual(['a', 'e', 'f', 'g', 'p', 's'])
    expect((await convert(given(out), '--to', 'bpmn')).out).toBe(out)
    expect(err).toBe('')
  })

  it('say what the layout leaves out', async () => {
    const lanes =
      '<m:laneSet id="ls"><m:lane id="nurses"><m:flowNodeRef>a</m:flowNodeRef></m:lane></m:laneSet><m:laneSet id="other"><m:lane id="day"/></m:laneSet><m:startEvent'
    const { code, out, err } = await convert(given(foreign.replace('<m:startEvent', lanes)), '--to', 'bpmn')
    expect(code).toBe(0)
    expect(out).toContain('bpmnElement="nurses"')
    expect(err).toContain('leaves out: day.')
  })

  it('get a diagram for each process, and one of pools for a collaboration', async () => {
    const second =
      '<m:process id="q"><m:startEvent id="s2"/><m:sequenceFlow id="h" sourceRef="s2" targetRef="e2"/><m:endEvent id="e2"/></m:process></m:definitions>'
    const apart = await convert(given(foreign.replace('</m:definitions>', second)), '--to', 'bpmn')
    expect(ids(apart.out, /BPMNPlane[^>]*bpmnElement="([^"]*)"/g)).toEqual(['p', 'q'])
    const pools = `<m:collaboration id="c"><m:participant id="ward" processRef="p"/><m:participant id="lab" processRef="q"/><m:participant id="payer"/><m:messageFlow id="asks" sourceRef="a" targetRef="s2"/><m:messageFlow id="bills" sourceRef="payer" targetRef="a"/></m:collaboration>`
    const together = await convert(given(foreign.replace('</m:definitions>', pools + second)), '--to', 'bpmn')
    expect([together.code, together.err]).toEqual([0, ''])
    expect(ids(together.out, /BPMNPlane[^>]*bpmnElement="([^"]*)"/g)).toEqual(['c'])
    const all = ['a', 'asks', 'bills', 'c', 'e', 'e2', 'f', 'g', 'h', 'lab', 'payer', 's', 's2', 'ward']
    expect(ids(together.out, /bpmnElement="([^"]*)"/g)).toEqual(all)
    const boxes = [
      ...together.out.matchAll(/bpmnElement="(ward|lab|payer)"[^>]*>\s*<dc:Bounds x="100" y="(\d+)" width="\d+" height="(\d+)"/g),
    ]
    const spans = boxes.map(([, , y, height]) => [Number(y), Number(y) + Number(height)] as const)
    // No pool overlaps the next.
    spans.slice(1).forEach(([top], index) => {
      expect(top).toBeGreaterThan(spans[index]![1])
    })
    expect(spans).toHaveLength(3)
  })
})

describe('Programs and bad input', () => {
  it('writes what the engine runs, to a file when asked', async () => {
    const to = join(folder, 'program.json')
    expect((await convert(join(library, files[0]!), '--to', 'program', '--out', to)).out).toBe('')
    expect(JSON.parse(readFileSync(to, 'utf8'))).toMatchObject([{ format: 1, hash: expect.stringMatching(/^[0-9a-f]{64}$/) }])
  })

  it.each([
    [['--to', 'visio'], /expected one of bpmn, program/],
    [[], /expected one of bpmn, program/],
    [['--to', 'bpmn', '--out', '/nowhere/at/all.bpmn'], /cannot be written/],
  ])('refuses %j', async (options, message) => {
    await expect(convert(given(foreign), ...options)).rejects.toThrow(message)
  })

  it('refuses what is no BPMN, and what cannot be executed as a Program', async () => {
    await expect(convert(given('<definitions'), '--to', 'bpmn')).rejects.toThrow(InputError)
    await expect(convert(given(foreign.replace('targetRef="e"', 'targetRef="nothing"')), '--to', 'program')).rejects.toThrow(
      /nothing/,
    )
  })
})

describe('parcours convert --to scenario', () => {
  const model = `<?xml version="1.0"?><definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t" id="d"><process id="visit" isExecutable="false"><startEvent id="In"/><task id="Exam"/><endEvent id="Out"/><sequenceFlow id="a" sourceRef="In" targetRef="Exam"/><sequenceFlow id="b" sourceRef="Exam" targetRef="Out"/></process></definitions>`
  const fixed = (value: number) => ({ distribution_name: 'fix', distribution_params: [{ value }] })
  const parameters = (task: string) =>
    JSON.stringify({
      resource_profiles: [
        { id: 'p', name: 'Doctor', resource_list: [{ id: 'r', name: 'Doctor', amount: 1, cost_per_hour: 30 }] },
      ],
      arrival_time_distribution: fixed(600),
      task_resource_distribution: [{ task_id: task, resources: [{ resource_id: 'r', ...fixed(300) }] }],
    })
  const files = (task: string) => {
    const [drawing, beside] = [join(folder, 'exchange.bpmn'), join(folder, 'exchange.json')]
    writeFileSync(drawing, model)
    writeFileSync(beside, parameters(task))
    return [drawing, beside] as const
  }

  it('writes a scenario, and says what is not carried over', async () => {
    const [drawing, beside] = files('Exam')
    const { code, out, err } = await convert(drawing, '--to', 'scenario', '--with', beside, '--horizon', 'P2D')
    expect(code).toBe(0)
    expect(parse(out)).toMatchObject({
      hospital: { pools: [{ id: 'doctor' }] },
      pathways: [{ file: 'exchange.bpmn', elements: { Exam: { duration: 'PT300S', needs: [{ pool: 'doctor' }] } } }],
      demand: [{ pathway: 'visit', interarrival: 'PT600S' }],
      horizon: 'P2D',
    })
    expect(err).toContain('What resources cost is not carried over')
  })

  it('names the drawing from where the scenario stands', async () => {
    const [drawing, beside] = files('Exam')
    mkdirSync(join(folder, 'scenarios'), { recursive: true })
    const out = join(folder, 'scenarios', 'exchange.yaml')
    await convert(drawing, '--to', 'scenario', '--with', beside, '--out', out)
    expect(parse(readFileSync(out, 'utf8'))).toMatchObject({ pathways: [{ file: '../exchange.bpmn' }] })
  })

  it('writes the parameters into the drawing itself, and says what stands in a scenario only', async () => {
    const [drawing, beside] = files('Exam')
    const { code, out, err } = await convert(drawing, '--to', 'bpmn', '--with', beside)
    expect(code).toBe(0)
    expect(out).toContain('<hospital:duration distribution="fixed" value="PT300S"/><hospital:need pool="doctor" quantity="1"/>')
    expect(out).toContain('<bpmndi:BPMNDiagram')
    expect(err).toContain('exchange.json: resource_profiles: What resources cost is not carried over')
    expect(err).toContain('exchange.bpmn: Who comes')
  })

  it('writes a scenario back as the parameters it came from', async () => {
    const [drawing, beside] = files('Exam')
    const scenario = join(folder, 'exchange.yaml')
    await convert(drawing, '--to', 'scenario', '--with', beside, '--out', scenario)
    const { code, out } = await convert(scenario, '--to', 'prosimos')
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({
      resource_profiles: [{ name: 'Doctor', resource_list: [{ id: 'r', amount: 1 }] }],
      arrival_time_distribution: fixed(600),
      task_resource_distribution: [{ task_id: 'Exam', resources: [{ resource_id: 'r', ...fixed(300) }] }],
    })
    await expect(convert(drawing, '--to', 'prosimos')).rejects.toThrow(InputError)
  })

  it('refuses both kinds of parameters at once', async () => {
    const [drawing, beside] = files('Exam')
    await expect(convert(drawing, '--to', 'scenario', '--with', beside, '--scenario', 'x')).rejects.toThrow(
      'leave one of them out',
    )
  })

  it.each([
    ['an element that the drawing has not', 'Examen', [], 'no task "Examen"'],
    ['a horizon that is none', 'Exam', ['--horizon', 'soon'], '--horizon soon'],
  ])('refuses %s', async (_, task, options, expected) => {
    const [drawing, beside] = files(task)
    await expect(convert(drawing, '--to', 'scenario', '--with', beside, ...options)).rejects.toThrow(expected)
    await expect(convert(drawing, '--to', 'program', '--with', beside)).rejects.toThrow(InputError)
  })
})
