/** The rules of 10.4 about data and of 10.8 about lanes. A model that breaks each, and its legal twin. */
import { around, definitions, flow, process } from '../small-model.ts'
import type { Row } from './row.ts'

const path = `<startEvent id="s"/>${flow('s', 'a')}<task id="a"/>${flow('a', 'e')}<endEvent id="e"/>`
const lane = (id: string, nodes: string[], inside = '') =>
  `<lane id="${id}">${nodes.map((node) => `<flowNodeRef>${node}</flowNodeRef>`).join('')}${inside}</lane>`
const lanes = (inside: string, second = '') =>
  definitions(`<process id="p" isExecutable="true"><laneSet id="L">${inside}</laneSet>${path}</process>${second}`)
const other = `<process id="q" isExecutable="true">${path.replaceAll(/"([sae])"/g, '"$12"').replaceAll(/"([a-z])_([a-z])"/g, '"$12_$22"')}</process>`
const child = (inside: string) => `<childLaneSet id="K">${inside}</childLaneSet>`
const object = '<dataObject id="o" name="record"/>'
const reference = '<dataObjectReference id="r" dataObjectRef="o"/>'
const sub = (inside: string) =>
  `<subProcess id="b"><startEvent id="s3"/>${flow('s3', 'e3')}<endEvent id="e3"/>${inside}</subProcess>${flow('s', 'b')}${flow('b', 'e')}`
const reads = (association: string, more = object + reference) =>
  around(
    `<task id="a"><ioSpecification><dataInput id="in"/><dataOutput id="out"/><inputSet><dataInputRefs>in</dataInputRefs></inputSet><outputSet><dataOutputRefs>out</dataOutputRefs></outputSet></ioSpecification>${association}</task>`,
    more,
  )
const input = (source: string, target: string) =>
  `<dataInputAssociation id="d">${source && `<sourceRef>${source}</sourceRef>`}${target && `<targetRef>${target}</targetRef>`}</dataInputAssociation>`
const output = (source: string, target: string) =>
  `<dataOutputAssociation id="d">${source && `<sourceRef>${source}</sourceRef>`}${target && `<targetRef>${target}</targetRef>`}</dataOutputAssociation>`

const rows: Row[] = [
  [
    'lane-several',
    '10.8',
    'a',
    lanes(lane('x', ['s', 'a']) + lane('y', ['a', 'e'])),
    lanes(lane('x', ['s', 'a']) + lane('y', ['e'])),
  ],
  [
    'lane-several',
    '10.8',
    'a',
    lanes(lane('x', ['s'], child(lane('y', ['a']) + lane('z', ['a', 'e'])))),
    lanes(lane('x', ['s', 'a'], child(lane('y', ['a']) + lane('z', ['e'])))),
  ],
  ['lane-foreign', '10.8', 'x', lanes(lane('x', ['s', 'a2']), other), lanes(lane('x', ['s', 'a']), other)],
  ['dangling-reference', '10.8', 'x', lanes(lane('x', ['gone'])), lanes(lane('x', ['s']))],
  ['reference-kind', '10.8', 'x', lanes(lane('x', ['s_a'])), lanes(lane('x', ['s', 'a', 'e']))],
  [
    'reference-kind',
    '10.4.1',
    'r',
    process(`${path}<dataObjectReference id="r" dataObjectRef="a"/>`),
    process(path + object + reference),
  ],
  ['dangling-reference', '10.4.1', 'r', process(path + reference), process(path + object + reference)],
  ['data-visible', '10.4.1', 'r', process(path + sub(object) + reference), process(path + sub(reference) + object)],
  [
    'data-visible',
    '10.4.1',
    'd',
    reads(input('r', 'in'), '').replace(
      '</process>',
      `</process>${other.replace('</process>', `${object + reference}</process>`)}`,
    ),
    reads(input('r', 'in')),
  ],
  [
    'data-visible',
    '10.4.1',
    'z',
    around(
      '<task id="a"><ioSpecification><dataInput id="in"/><inputSet id="z"><dataInputRefs>x</dataInputRefs></inputSet><outputSet/></ioSpecification></task>',
      '<ioSpecification><dataInput id="x"/><inputSet/><outputSet/></ioSpecification>',
    ),
    around(
      '<task id="a"><ioSpecification><dataInput id="in"/><inputSet id="z"><dataInputRefs>in</dataInputRefs></inputSet><outputSet/></ioSpecification></task>',
    ),
  ],
  ['missing-reference', '10.4.2', 'd', reads(input('r', '')), reads(input('r', 'in'))],
  ['missing-reference', '10.4.2', 'd', reads(output('out', '')), reads(output('out', 'r'))],
  ['dangling-reference', '10.4.2', 'd', reads(input('gone', 'in')), reads(input('r', 'in'))],
  ['reference-kind', '10.4.2', 'd', reads(input('s', 'in')), reads(input('r', 'a'))],
  ['data-association', '10.4.2', 'a', reads(input('', 'in')), reads(input('r', 'in'))],
]

export const lanesData: Record<string, Row[]> = { 'lanes and data': rows }
